/** One cell: its figure, its mark, the text being typed. */
import { useEffect, useRef } from 'react';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { t } from '../../text/text.ts';
import { type CellMarks, markText } from './grid-marks.ts';
import type { Editing, Failed, Figure, Position } from './grid-state.ts';

export interface CellHandlers {
  readonly stand: (at: Position, extend: boolean) => void;
  readonly open: (at: Position) => void;
  readonly type: (text: string) => void;
  readonly leave: () => void;
}

interface Props {
  readonly at: Position;
  readonly label: string;
  readonly figure: Figure;
  readonly marks: CellMarks;
  readonly locked: boolean;
  readonly failed: Failed | undefined;
  readonly active: boolean;
  readonly selected: boolean;
  readonly editing: Editing | null;
  readonly handlers: CellHandlers;
}

export function cellId({ r, c }: Position): string {
  return `cell-${r}-${c}`;
}

export function figureText(figure: Figure): string {
  if (figure === null) return t('counts.blank');
  return figure === 'outside' ? t('counts.outside') : showCount(figure);
}

function Editor({
  editing,
  label,
  handlers,
}: Pick<Props, 'label' | 'handlers'> & { readonly editing: Editing }) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    ref.current?.focus();
    ref.current?.setSelectionRange(ref.current.value.length, ref.current.value.length);
  }, []);
  return (
    <input
      ref={ref}
      className="cell-input"
      inputMode="numeric"
      aria-label={label}
      value={editing.text}
      maxLength={60}
      onChange={(event) => handlers.type(event.currentTarget.value)}
      onBlur={handlers.leave}
    />
  );
}

/** What is said of the cell besides its figure: a pointer that rests on it, and a screen reader, get it in words. */
function told({ figure, marks, failed, locked }: Props): string {
  if (failed) return failed.problem.sentence;
  const words = typeof figure === 'number' ? marks.marks.map((mark) => markText(mark, figure)) : [];
  if (marks.open) words.push(t('counts.mark.ask'));
  if (locked) words.push(t('counts.lockedCell'));
  return words.join(' ');
}

export function Cell(props: Props) {
  const { at, label, figure, marks, locked, failed, active, selected, editing, handlers } = props;
  const look = [
    'cell num',
    selected && 'selected',
    active && 'active',
    failed && 'failed',
    editing && 'editing',
    locked && 'locked',
    marks.open && 'asks',
  ]
    .filter(Boolean)
    .join(' ');
  const words = told(props);
  const shown = failed ? failed.text : figureText(figure);
  return (
    <td
      id={cellId(at)}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid
      role="gridcell"
      className={look}
      tabIndex={active ? 0 : -1}
      data-start={active ? '' : undefined}
      aria-selected={selected}
      aria-invalid={failed !== undefined}
      aria-readonly={locked}
      aria-label={`${label}: ${shown}${words ? `, ${words}` : ''}`}
      title={words || (typeof figure === 'number' ? undefined : shown)}
      onMouseDown={(event) => !editing && handlers.stand(at, event.shiftKey)}
      onMouseEnter={(event) => event.buttons === 1 && !editing && handlers.stand(at, true)}
      onDoubleClick={() => handlers.open(at)}
    >
      {editing ? (
        <Editor editing={editing} label={label} handlers={handlers} />
      ) : failed ? (
        failed.text
      ) : (
        <CellFigure figure={figure} marks={marks} />
      )}
    </td>
  );
}

function CellFigure({ figure, marks }: Pick<Props, 'figure' | 'marks'>) {
  if (figure === null) return <span className="dim">{t('counts.dash')}</span>;
  if (figure === 'outside') return <span className="outside">{t('counts.outside.mark')}</span>;
  const sign = marks.marks[0]?.kind;
  return (
    <>
      {showCount(figure)}
      {sign && (
        <span className={marks.open ? 'mark-sign warn-text' : 'mark-sign dim'} aria-hidden="true">
          {t(`counts.sign.${sign}`)}
        </span>
      )}
    </>
  );
}
