/** A grid that draws only the rows in sight, so that 100,000 dossiers scroll like fifty. */
// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid: rows are placed by hand, which table elements cannot be; the grid itself takes focus and keys
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid: rows are placed by hand, which table elements cannot be; the grid itself takes focus and keys
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { DossierFilter } from '../../../../shared/contract/ipc/dossier.ts';
import { useRowsAt } from '../../../data/dossier.ts';
import { useSession } from '../../../data/session.ts';
import { useFilter } from '../../../state/filter.ts';
import { usePlace } from '../../../state/place.ts';
import { t } from '../../../text/text.ts';
import type { TextKey } from '../../../text/vi.ts';
import { isFocusFree } from '../../../ui/use-start.ts';
import { ListRow, rowId } from './list-row.tsx';

export const ROW_HEIGHT = 38;
const columns: readonly TextKey[] = [
  'col.code',
  'col.subject',
  'col.birth',
  'col.requester',
  'col.received',
  'col.nextDue',
  'col.state',
  'col.missing',
  'col.delivery',
];

interface Props {
  readonly index: Uint32Array;
  readonly stamp: number;
  readonly filter: DossierFilter;
}

/** Where a key leads from `current`; undefined = not a key of the list. */
export function nextRow(
  key: string,
  current: number,
  { page, last }: { page: number; last: number },
): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
  };
  const step = steps[key];
  const next = step === undefined ? { Home: 0, End: last }[key] : current + step;
  return next === undefined ? undefined : Math.max(0, Math.min(last, next));
}

export function ListGrid({ index, stamp, filter }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const { current: chosen, setCurrent } = useFilter();
  const go = usePlace((s) => s.go);
  const { today } = useSession();
  const virtual = useVirtualizer({
    count: index.length,
    getScrollElement: () => ref.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const rowAt = useRowsAt({ index, stamp, filter }, items[0]?.index ?? 0, items.at(-1)?.index ?? -1);
  const current = Math.min(chosen, index.length - 1);

  // Coming back from a dossier shows the row it was opened from, ready for the keys.
  useEffect(() => {
    virtual.scrollToIndex(useFilter.getState().current, { align: 'center' });
    if (isFocusFree()) ref.current?.focus();
  }, [virtual]);

  const open = (position: number) => {
    const row = rowAt(position);
    if (!row) return;
    setCurrent(position);
    go({ room: 'dossiers', view: 'detail', id: row.id });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((ref.current?.clientHeight ?? 600) / ROW_HEIGHT) - 2);
    const next = nextRow(event.key, current, { page, last: index.length - 1 });
    if (event.key === 'Enter') open(current);
    else if (next === undefined || event.ctrlKey) return;
    else {
      setCurrent(next);
      virtual.scrollToIndex(next);
    }
    event.preventDefault();
  };
  return (
    <div
      ref={ref}
      id="dossier-list"
      className="list"
      role="grid"
      data-start=""
      tabIndex={0}
      aria-label={t('list.label')}
      aria-rowcount={index.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={rowId(current)}
      onKeyDown={onKeyDown}
    >
      <div className="list-row list-head" role="row" aria-rowindex={1}>
        {columns.map((key) => (
          <div role="columnheader" key={key}>
            {t(key)}
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => (
          <ListRow
            key={item.index}
            position={item.index}
            top={item.start}
            row={rowAt(item.index)}
            today={today}
            selected={item.index === current}
            onOpen={open}
          />
        ))}
      </div>
    </div>
  );
}
