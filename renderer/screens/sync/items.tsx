/** One of the three lists of changes. */
import { findCategory } from '../../../shared/catalogue/categories.ts';
import type { SyncItem } from '../../../shared/contract/ipc/sync.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSession } from '../../data/session.ts';
import { type SyncList, useSyncItems } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { useAsOf } from '../../state/as-of.ts';
import { usePlace } from '../../state/place.ts';
import { named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { fieldsNamed, whatToDo, whyReturned } from '../../ui/came-back.ts';
import { deliveryText, shortReceipt } from '../../ui/delivery-word.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

function useOpenItem() {
  const go = usePlace((s) => s.go);
  const { setAsOf, want } = useAsOf();
  return ({ subject, asOf, delivery }: SyncItem, fix: boolean) => {
    const [field] = fieldsNamed(delivery);
    if (subject.kind === 'sheet') {
      if (asOf) setAsOf(asOf);
      if (field) want({ unit: subject.id.split(':')[0] ?? '', category: field.split('/')[0] ?? '' });
      go({ room: 'counts' });
      return;
    }
    if (subject.kind === 'setting') {
      go({ room: 'settings' });
      return;
    }
    // Two versions are looked at side by side, on the page of the dossier.
    if (fix && delivery.state !== 'conflict')
      go({ room: 'dossiers', view: 'correct', id: subject.id, ...(field && { field }) });
    else go({ room: 'dossiers', view: 'detail', id: subject.id });
  };
}

/** The figures that this machine wrote, by category: "Hội Nông dân 20, Người có công –". */
function figures(cells: SyncItem['cells']): string {
  return cells
    .map(({ category, value }) => {
      const figure = value === null ? t('counts.dash') : showCount(value);
      return `${findCategory(category)?.name ?? category} ${figure}`;
    })
    .join(', ');
}

function Why({ item }: { readonly item: SyncItem }) {
  const { actor } = useSession();
  const { subject, delivery } = item;
  const isConflict = delivery.state === 'conflict';
  const todo =
    subject.kind === 'sheet' && isConflict
      ? t('returned.todo.sheet')
      : isConflict
        ? t('returned.todo.open')
        : whatToDo(delivery);
  return (
    <>
      <div className="bad-text">{whyReturned({ ...item, role: actor?.role })}</div>
      {item.cells.length > 0 && <div>{t('returned.wrote', { figures: figures(item.cells) })}</div>}
      <div>{todo}</div>
    </>
  );
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

/** One thing that came back: what it is, why, what to do, and the key that begins it. */
function Card({ item, today }: ItemProps) {
  const open = useOpenItem();
  const isTwo = item.subject.kind === 'dossier' && item.delivery.state === 'conflict';
  const facts = [item.subject.kind === 'dossier' ? item.code : '', moment(item.at, today)];
  return (
    <li className="card bad row came-back">
      <div className="grow">
        <p>
          <span className="strong">{item.title}</span>
          <span className="dim">
            {' · '}
            {[named('verb', item.verb), ...facts].filter(Boolean).join(' · ')}
          </span>
        </p>
        <Why item={item} />
      </div>
      <Button look="primary" onClick={() => open(item, true)}>
        {t(isTwo ? 'returned.compare' : 'action.fix')}
      </Button>
    </li>
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

export function Items({ list }: { readonly list: SyncList }) {
  const { today } = useSession();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useSyncItems(list);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error) return <ProblemNote problem={asProblem(error, 'sync.items')} />;
  if (data && items.length === 0) return <p className="empty">{t(`sync.empty.${list}`)}</p>;
  return (
    <>
      {list === 'returned' ? (
        <ul>
          {items.map((item) => (
            <Card key={item.eventId} item={item} today={today} />
          ))}
        </ul>
      ) : (
        <Table items={items} today={today} />
      )}
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('sync.more')}
        </Button>
      )}
    </>
  );
}
