/** Finds a unit by the first letters of its name or of a word in it: the grid follows while one types. */
import { useEffect, useRef, useState } from 'react';
import { t } from '../../text/text.ts';
import { rowNamed } from './finder-match.ts';
import { cellId } from './grid-cell.tsx';
import type { GridModel } from './grid-model.ts';
import type { CountGrid } from './use-count-grid.ts';

interface Props {
  readonly model: GridModel;
  readonly grid: CountGrid;
  readonly first: string;
  readonly onClose: () => void;
}

export function Finder({ model, grid, first, onClose }: Props) {
  const [text, setText] = useState(first);
  const ref = useRef<HTMLInputElement>(null);
  const latest = useRef(grid);
  latest.current = grid;
  const r = rowNamed(
    model.rows.map((row) => row.label),
    text,
  );
  useEffect(() => ref.current?.focus(), []);
  useEffect(() => {
    if (r < 0) return;
    const at = { r, c: latest.current.state.active.c };
    latest.current.dispatch({ kind: 'stand', at });
    requestAnimationFrame(() => document.getElementById(cellId(at))?.scrollIntoView({ block: 'nearest' }));
  }, [r]);
  const close = () => {
    onClose();
    document.getElementById(cellId(latest.current.state.active))?.focus();
  };
  return (
    <div className="inline-field finder">
      <input
        ref={ref}
        className={r < 0 && text !== '' ? 'input bad' : 'input'}
        aria-label={t('counts.find')}
        placeholder={t('counts.find')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={onClose}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || !/^(Enter|Escape|Tab)$/.test(event.key)) return;
          event.preventDefault();
          close();
        }}
      />
      <span className="dim small" role="status">
        {text === '' ? '' : r < 0 ? t('counts.find.none') : (model.rows[r]?.label ?? '')}
      </span>
    </div>
  );
}
