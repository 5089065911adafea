/** Files, paper and the clipboard: which of them a report has, and the calls behind their buttons and keys. */
import { type ReportSource, type ReportWanted, reportFormats } from '../../../shared/contract/ipc/report.ts';
import { useCopyReport, usePrintReport, useSaveReport } from '../../data/report.ts';
import { usePrintRegister, useSaveRegister } from '../../data/slip.ts';
import { t } from '../../text/text.ts';
import { notice } from '../../ui/notice.ts';

type Format = (typeof reportFormats)[number];
type Copied = 'table' | 'paragraph';

export interface Exports {
  readonly busy: boolean;
  readonly ready: boolean;
  readonly error: Error | null;
  readonly formats: readonly Format[];
  readonly onSave: (format: Format) => void;
  readonly onPrint: () => void;
  /** null: names of people go to no clipboard. */
  readonly onCopy: ((what: Copied) => void) | null;
  readonly keys: Readonly<Record<string, () => void>>;
}

const keyOf = (what: Format | Copied | 'print') =>
  t(`report.key.${what === 'table' ? 'copy' : what}`).toLowerCase();
const saidSaved =
  (format: Format) =>
  ({ saved }: { saved: boolean }) => {
    if (saved) notice(t('report.saved', { format: t(`report.export.${format}`) }));
  };

export function useExports(source: ReportSource, ready: boolean): Exports {
  const save = useSaveReport();
  const print = usePrintReport();
  const copy = useCopyReport();
  const busy = save.isPending || print.isPending || copy.isPending;
  const may = ready && !busy;
  const onSave = (format: Format) => {
    if (may) save.mutate({ source, format }, { onSuccess: saidSaved(format) });
  };
  const onPrint = () => {
    if (may) print.mutate(source);
  };
  const onCopy = (what: Copied) => {
    if (may) copy.mutate({ source, what }, { onSuccess: () => notice(t(`report.copied.${what}`)) });
  };
  return {
    busy,
    ready,
    error: save.error ?? print.error ?? copy.error,
    formats: reportFormats,
    onSave,
    onPrint,
    onCopy,
    keys: {
      ...Object.fromEntries(reportFormats.map((format) => [keyOf(format), () => onSave(format)])),
      [keyOf('print')]: onPrint,
      [keyOf('table')]: () => onCopy('table'),
      [keyOf('paragraph')]: () => onCopy('paragraph'),
    },
  };
}

/** Sổ theo dõi: paper and PDF only, by the renderer of the printed papers (Mẫu số 07), because it holds names. */
export function useRegisterExports({ from, to }: ReportWanted, ready: boolean): Exports {
  const save = useSaveRegister();
  const print = usePrintRegister();
  const busy = save.isPending || print.isPending;
  const window = ready && !busy && from !== null ? { from, to } : null;
  const onSave = () => {
    if (window) save.mutate(window, { onSuccess: saidSaved('pdf') });
  };
  const onPrint = () => {
    if (window) print.mutate(window);
  };
  return {
    busy,
    ready,
    error: save.error ?? print.error,
    formats: ['pdf'],
    onSave,
    onPrint,
    onCopy: null,
    keys: { [keyOf('pdf')]: onSave, [keyOf('print')]: onPrint },
  };
}
