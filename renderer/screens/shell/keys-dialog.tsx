/** F1: the keys of the screen that is shown, and those that work everywhere. */
import { type Place, usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import type { TextKey } from '../../text/vi.ts';
import { Dialog } from '../../ui/dialog.tsx';

type Line = readonly [keys: string, text: TextKey];

const everywhere: readonly Line[] = [
  ['Ctrl + 1 … 6', 'keys.rooms'],
  ['Ctrl + K', 'keys.search'],
  ['F6', 'keys.pane'],
  ['F9', 'keys.send'],
  ['Esc', 'keys.close'],
  ['Ctrl + L', 'keys.lock'],
  ['F1', 'keys.help'],
];
const fresh: readonly Line[] = [
  ['N', 'keys.birth'],
  ['M', 'keys.death'],
];
const list: readonly Line[] = [
  ['↑ ↓', 'keys.list.move'],
  ['Page Up, Page Down, Home, End', 'keys.list.page'],
  ['Enter', 'keys.list.open'],
  ['/', 'keys.search'],
  ['F', 'keys.list.filter'],
  ['A', 'keys.list.all'],
  ['L', 'keys.list.keep'],
  ['1 … 9', 'keys.list.saved'],
];
const form: readonly Line[] = [
  ['Enter, Tab', 'keys.form.next'],
  ['Ctrl + Enter', 'keys.form.commit'],
  ['F2', 'keys.form.scan'],
  ['F4', 'keys.form.copyFrom'],
  ['Shift + F4', 'keys.form.copy'],
  ['F7', 'keys.form.papers'],
  ['F8', 'keys.form.more'],
  ['Ctrl + B', 'keys.form.supplement'],
  ['Ctrl + T', 'keys.form.refuse'],
  ['F3', 'keys.form.earlier'],
  ['Ctrl + D', 'keys.form.compare'],
  ['Ctrl + G', 'keys.form.money'],
  ['Ctrl + J', 'keys.form.newborn'],
  ['A-Z, ↑ ↓', 'keys.form.choice'],
];
const correct: readonly Line[] = [
  ['Enter, Tab', 'keys.form.next'],
  ['Ctrl + Enter', 'keys.form.save'],
  ['F2', 'keys.form.scan'],
  ['F8', 'keys.form.more'],
  ['A-Z, ↑ ↓', 'keys.form.choice'],
];
const detail: readonly Line[] = [
  ['S', 'keys.detail.edit'],
  ['A-Z', 'keys.detail.act'],
  ['1 … 4', 'keys.detail.panels'],
  ['F8', 'keys.detail.copy'],
  ['E', 'keys.detail.linked'],
  ['Page Up, Page Down', 'keys.scroll'],
];
const paper: readonly Line[] = [
  ['I', 'keys.paper.print'],
  ['Ctrl + S', 'keys.paper.save'],
  ['4, 5', 'keys.paper.size'],
  ['+, -', 'keys.paper.zoom'],
  ['Page Up, Page Down', 'keys.scroll'],
];
const reports: readonly Line[] = [
  ['X', 'keys.report.xlsx'],
  ['W', 'keys.report.docx'],
  ['C', 'keys.report.csv'],
  ['P', 'keys.report.pdf'],
  ['I', 'keys.report.print'],
  ['B', 'keys.report.copy'],
  ['K', 'keys.report.freeze'],
  ['H', 'keys.report.ask'],
  ['S', 'keys.report.keep'],
  ['1 … 9', 'keys.report.saved'],
  ['↑ ↓ ← →, Enter', 'keys.report.cell'],
  ['Page Up, Page Down', 'keys.scroll'],
];
const sync: readonly Line[] = [
  ['← →', 'keys.sync.tabs'],
  ['Tab, Enter', 'keys.sync.open'],
];
const conflict: readonly Line[] = [
  ['↑ ↓', 'keys.conflict.move'],
  ['← →', 'keys.conflict.side'],
  ['1, 2', 'keys.conflict.all'],
  ['Ctrl + Enter', 'conflict.commit'],
];
const proof: readonly Line[] = [
  ['I', 'keys.paper.print'],
  ['Ctrl + S', 'keys.paper.save'],
  ['Page Up, Page Down', 'keys.scroll'],
];
const close: readonly Line[] = [
  ['Tab', 'keys.close.note'],
  ['Ctrl + Enter', 'day.commit'],
  ['F9', 'day.ask'],
  ['I', 'day.print'],
];
const settings: readonly Line[] = [
  ['Tab, Enter', 'keys.settings'],
  ['Page Up, Page Down', 'keys.scroll'],
];
const today: readonly Line[] = [['Tab, Enter', 'keys.today.open']];
const grid: readonly Line[] = [
  ['↑ ↓ ← →, Tab', 'keys.grid.move'],
  ['0-9', 'keys.grid.type'],
  ['X, K', 'keys.grid.outside'],
  ['F2', 'keys.grid.edit'],
  ['Delete', 'keys.grid.blank'],
  ['Shift + ↑ ↓ ← →', 'keys.grid.select'],
  ['Ctrl + C, Ctrl + V', 'keys.grid.paste'],
  ['Ctrl + D', 'keys.grid.fill'],
  ['Ctrl + R', 'keys.grid.fillRight'],
  ['Ctrl + Z, Ctrl + Y', 'keys.grid.undo'],
  ['F4', 'keys.grid.reason'],
  ['Shift + F4', 'keys.grid.evidence'],
  ['F7', 'keys.grid.file'],
  ['Ctrl + F, A-Z', 'keys.grid.find'],
  ['Space', 'keys.grid.pick'],
  ['Ctrl + A', 'keys.grid.all'],
  ['Ctrl + ↑ ↓ ← →', 'keys.grid.edge'],
  ['Ctrl + O', 'keys.grid.import'],
];

const ofRoom = {
  today: [...today, ...fresh],
  counts: grid,
  reports: [...reports, ...fresh],
  sync: [...sync, ...fresh],
  settings: [...settings, ...fresh],
} as const;
const ofView = {
  list: [...list, ...fresh],
  detail: [...detail, ...fresh],
  form,
  correct,
  slip: paper,
  register: paper,
  conflict,
  proof,
  person: proof,
  close,
} as const;

function keysOf(place: Place): readonly Line[] {
  return 'view' in place ? ofView[place.view] : ofRoom[place.room];
}

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <dl className="facts keys">
      {lines.map(([keys, text]) => (
        <div key={text} style={{ display: 'contents' }}>
          <dt>
            <span className="key">{keys}</span>
          </dt>
          <dd>{t(text)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const here = keysOf(usePlace((s) => s.place));
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <Lines lines={here} />
      <h3>{t('keys.everywhere')}</h3>
      <Lines lines={everywhere} />
    </Dialog>
  );
}
