/** One of the three lists of changes. */
import type { SyncItem } from '../../../shared/contract/ipc/sync.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { useSession } from '../../data/session.ts';
import { type SyncList, useSyncItems } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { useAsOf } from '../../state/as-of.ts';
import { usePlace } from '../../state/place.ts';
import { codeSentence, fieldLabel, named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryWord } from '../../ui/delivery-word.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

function useOpenItem() {
  const go = usePlace((s) => s.go);
  const setAsOf = useAsOf((s) => s.setAsOf);
  return ({ subject, asOf, delivery }: SyncItem, fix: boolean) => {
    if (subject.kind === 'sheet') {
      if (asOf) setAsOf(asOf);
      go({ room: 'counts' });
      return;
    }
    const field = delivery.field?.split(', ')[0];
    if (fix) go({ room: 'dossiers', view: 'correct', id: subject.id, ...(field && { field }) });
    else go({ room: 'dossiers', view: 'detail', id: subject.id });
  };
}

function reason({ sentence, delivery }: SyncItem): string {
  if (sentence) return sentence;
  const words = delivery.field?.split(', ').map(fieldLabel).join(', ') ?? '';
  return delivery.code ? codeSentence(delivery.code, { field: words, fields: words, code: '' }) : '';
}

function Row({
  item,
  list,
  today,
}: {
  readonly item: SyncItem;
  readonly list: SyncList;
  readonly today: LocalDate;
}) {
  const open = useOpenItem();
  return (
    <tr>
      <td className="tight dim">{moment(item.at, today)}</td>
      <td className="tight">{named('verb', item.verb)}</td>
      <td>
        <button type="button" className="rowlink" onClick={() => open(item, false)}>
          {item.title}
        </button>
        {list === 'returned' && <div className="bad-text">{reason(item)}</div>}
      </td>
      <td className="tight">{item.code}</td>
      <td className="tight">
        {list === 'returned' ? (
          <Button look="tiny" onClick={() => open(item, true)}>
            {t('action.fix')}
          </Button>
        ) : (
          <DeliveryWord delivery={item.delivery} />
        )}
      </td>
    </tr>
  );
}

export function Items({ list }: { readonly list: SyncList }) {
  const { today } = useSession();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useSyncItems(list);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error) return <ProblemNote problem={asProblem(error, 'sync.items')} />;
  if (data && items.length === 0) return <p className="empty">{t(`sync.empty.${list}`)}</p>;
  return (
    <>
      <table className="plain sticky">
        <thead>
          <tr>
            <th className="tight">{t('sync.col.at')}</th>
            <th className="tight">{t('sync.col.verb')}</th>
            <th>{t('sync.col.title')}</th>
            <th className="tight">{t('sync.col.code')}</th>
            <th className="tight">{t('sync.col.state')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.eventId} item={item} list={list} today={today} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('sync.more')}
        </Button>
      )}
    </>
  );
}
