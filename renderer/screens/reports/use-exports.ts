/** Files and the clipboard: which of them a report has, and the calls behind their buttons and keys. */
import { findReportDef, holdsNames } from '../../../shared/catalogue/report-defs.ts';
import { type ReportWanted, reportFormats } from '../../../shared/contract/ipc/report.ts';
import { useCopyReport, useSaveReport } from '../../data/report.ts';
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
  /** null: names of people go to no clipboard. */
  readonly onCopy: ((what: Copied) => void) | null;
  readonly keys: Readonly<Record<string, () => void>>;
}

export function useExports(wanted: ReportWanted, ready: boolean): Exports {
  const save = useSaveReport();
  const copy = useCopyReport();
  const def = findReportDef(wanted.report);
  const withNames = def !== undefined && holdsNames(def);
  const formats: readonly Format[] = withNames ? ['pdf'] : reportFormats;
  const onSave = (format: Format) => {
    if (save.isPending || !ready) return;
    const onSuccess = ({ saved }: { saved: boolean }) => {
      if (saved) notice(t('report.saved', { format: t(`report.export.${format}`) }));
    };
    save.mutate({ ...wanted, format }, { onSuccess });
  };
  const onCopy = (what: Copied) => {
    if (copy.isPending || !ready) return;
    copy.mutate({ ...wanted, what }, { onSuccess: () => notice(t(`report.copied.${what}`)) });
  };
  const saveKeys = formats.map((format) => [t(`report.key.${format}`).toLowerCase(), () => onSave(format)]);
  return {
    busy: save.isPending || copy.isPending,
    ready,
    error: save.error ?? copy.error,
    formats,
    onSave,
    onCopy: withNames ? null : onCopy,
    keys: {
      ...Object.fromEntries(saveKeys),
      ...(!withNames && {
        [t('report.key.copy').toLowerCase()]: () => onCopy('table'),
        [t('report.key.paragraph').toLowerCase()]: () => onCopy('paragraph'),
      }),
    },
  };
}
