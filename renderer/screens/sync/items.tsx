/** The lists of changes that wait and that were received. */
import type { SyncItem } from '../../../shared/contract/ipc/sync.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSession } from '../../data/session.ts';
import { type SyncList, useSyncItems } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { deliveryText, shortReceipt } from '../../ui/delivery-word.tsx';
import { fieldWords } from '../../ui/field-words.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useOpenItem } from './use-open-item.ts';

/** The figures that this machine wrote, by category: "Hội Nông dân 20, Người có công –". */
export function figuresWritten(cells: SyncItem['cells']): string {
  return cells
    .map(({ category, measure, value }) => {
      const figure = value === null ? t('counts.dash') : showCount(value);
      return `${fieldWords(`${category}/${measure}`)} ${figure}`;
    })
    .join(', ');
}

/** Short, since the tab says it already; the whole sentence for those who hear it. */
function State({ item: { delivery } }: { readonly item: SyncItem }) {
  const isReceived = delivery.state === 'received';
  const short = isReceived ? shortReceipt(delivery.receipt ?? '') : t('delivery.short.waiting');
  return (
    <span className={isReceived ? 'ok' : 'warn-text'} title={deliveryText(delivery)}>
      <span aria-hidden="true">{isReceived ? `✓ ${short}` : short}</span>
      <span className="sr">{deliveryText(delivery)}</span>
    </span>
  );
}

interface ItemProps {
  readonly item: SyncItem;
  readonly today: LocalDate;
}

function Row({ item, today }: ItemProps) {
  const open = useOpenItem();
  return (
    <tr>
      <td className="tight dim">{moment(item.at, today)}</td>
      <td className="tight">{named('verb', item.verb)}</td>
      <td>
        <button type="button" className="rowlink" onClick={() => open(item, false)}>
          {item.title}
        </button>
      </td>
      <td className="tight dim">{item.subject.kind === 'dossier' ? item.code : ''}</td>
      <td className="tight">
        <State item={item} />
      </td>
    </tr>
  );
}

function Table({ items, today }: { readonly items: readonly SyncItem[]; readonly today: LocalDate }) {
  return (
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
          <Row key={item.eventId} item={item} today={today} />
        ))}
      </tbody>
    </table>
  );
}

export function Items({ list }: { readonly list: Exclude<SyncList, 'returned'> }) {
  const { today } = useSession();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useSyncItems(list);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error) return <ProblemNote problem={asProblem(error, 'sync.items')} />;
  if (data && items.length === 0) return <p className="empty">{t(`sync.empty.${list}`)}</p>;
  return (
    <>
      <Table items={items} today={today} />
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('sync.more')}
        </Button>
      )}
    </>
  );
}
