/** Reports over dossiers at an office above the communes, which need not have them: what the city last answered. */
import { cityReportOf } from '../../db/queries/city-report.ts';
import { isAboveCommunes } from '../../shared/catalogue/units.ts';
import type { ReportWanted } from '../../shared/contract/ipc/report.ts';
import type { FiguresAsked, FiguresReply } from '../../shared/contract/sync/messages.ts';
import { localTime, showDate } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import type { ReportDef } from '../../shared/report/definition.ts';
import { isCountedByCity } from '../../shared/report/dossier-needs.ts';
import type { PrintedFigure } from '../../shared/report/figures.ts';
import type { Report } from '../../shared/report/model.ts';
import { withPrinted } from '../../shared/report/printed-beside.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';

type Place = Pick<ReadCtx, 'db' | 'identity'>;
type Window = Pick<ReportWanted, 'report' | 'from' | 'to' | 'treeOn'>;

/** Whether this office has to ask the city for this report. */
export function needsCity({ identity }: Place, def: ReportDef, { to }: Pick<Window, 'to'>): boolean {
  return isCountedByCity(def) && isAboveCommunes(requireIdentity(identity).office, to);
}

export function questionOf({ report, from, to, treeOn }: Window): FiguresAsked {
  return { report, from: from ?? fail('REPORT_WINDOW'), to, treeOn: treeOn ?? to };
}

/** null: this office counts by itself, or the city was never asked. */
export function cityAnswer(ctx: Place, def: ReportDef, wanted: Window): FiguresReply | null {
  if (!needsCity(ctx, def, wanted)) return null;
  const answer = cityReportOf(ctx.db, requireIdentity(ctx.identity).office, questionOf(wanted));
  // Another version of the report: its columns would not be those of the definition.
  const columns = (keys: readonly { readonly key: string }[]) => keys.map(({ key }) => key).join();
  return answer && columns(answer.plain.columns) === columns(def.columns) ? answer : null;
}

interface Shown {
  readonly def: ReportDef;
  readonly compare: boolean;
  readonly printed: readonly PrintedFigure[];
}

/** The city's report as this office shows it: with the moment of its figures, beside what is printed elsewhere. */
export function reportOfCity(
  { plain, compared, at }: FiguresReply,
  { def, compare, printed }: Shown,
): Report {
  const report = compare ? compared : plain;
  const { date, time } = localTime(Date.parse(at));
  const note = `Số liệu của Thành phố lúc ${time} ngày ${showDate(date)}, từ hồ sơ mà các phường, xã, đặc khu đã gửi.`;
  return withPrinted({ ...report, notes: [note, ...report.notes] }, def, printed);
}
