/** Báo cáo: the annex of one date, as it will be printed, and its exports. */
import './reports.css';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { useCountDates } from '../../data/count.ts';
import { useAnnex, useSaveAnnex } from '../../data/report.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { useAsOf } from '../../state/as-of.ts';
import { t } from '../../text/text.ts';
import { AsOfPicker } from '../../ui/as-of-picker.tsx';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { useReady } from '../../ui/use-ready.ts';
import { useStart } from '../../ui/use-start.ts';
import { AnnexView } from './annex-table.tsx';

type Format = Input<'annex.save'>['format'];
const formats: readonly Format[] = ['xlsx', 'docx', 'csv', 'pdf'];
const keys: Readonly<Record<Format, string>> = { xlsx: 'X', docx: 'W', csv: 'C', pdf: 'P' };

export function ReportsScreen() {
  const { today } = useSession();
  const { asOf: chosen, setAsOf } = useAsOf();
  const dates = useCountDates();
  const asOf = chosen ?? dates.data?.[0] ?? today;
  const annex = useAnnex(asOf);
  const save = useSaveAnnex();
  useReady(annex.data !== undefined || annex.error !== null);
  const error = save.error ?? annex.error;
  const onSave = (format: Format) => {
    if (save.isPending || !annex.data) return;
    save.mutate(
      { asOf, format },
      {
        onSuccess: ({ saved }) => {
          if (saved) notice(t('report.saved', { format: t(`report.export.${format}`) }));
        },
      },
    );
  };
  useStart(annex.data !== undefined);
  usePageKeys(
    Object.fromEntries(formats.map((format) => [keys[format].toLowerCase(), () => onSave(format)])),
  );
  return (
    <>
      <div className="head">
        <h1>{t('room.reports')}</h1>
        <AsOfPicker value={asOf} today={today} dates={dates.data ?? []} onPick={setAsOf} />
        <div className="end">
          <span className="dim">{save.isPending ? t('report.saving') : t('report.export')}</span>
          {formats.map((format) => (
            <Button
              key={format}
              keys={keys[format]}
              disabled={save.isPending || !annex.data}
              onClick={() => onSave(format)}
            >
              {t(`report.export.${format}`)}
            </Button>
          ))}
        </div>
      </div>
      {error && <ProblemNote problem={asProblem(error, 'annex.get')} />}
      {annex.data && (
        <ScrollRegion className="card scroll annex-page" label={t('report.annex')} start>
          <AnnexView annex={annex.data} />
        </ScrollRegion>
      )}
    </>
  );
}
