/** Where a report's figures come from, and asking the city for those that only it has. */
import { inTransaction } from '../../db/handle.ts';
import { keepCityReport } from '../../db/queries/city-report.ts';
import { isAboveCommunes } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { fail } from '../../shared/problem.ts';
import { listsDossiers } from '../../shared/report/dossier-needs.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { cityAnswer, needsCity, questionOf } from './city-answer.ts';
import { requireDef } from './report-make.ts';

export function getSource(ctx: ReadCtx, wanted: Input<'report.source'>): Output<'report.source'> {
  const def = requireDef(wanted);
  if (needsCity(ctx, def, wanted)) return { from: 'city', at: cityAnswer(ctx, def, wanted)?.at ?? null };
  const above = isAboveCommunes(requireIdentity(ctx.identity).office, wanted.to);
  return { from: above && listsDossiers(def) ? 'wards' : 'desk', at: null };
}

/** The last answer stays where the city cannot be asked. */
export async function askCity(ctx: TaskCtx, wanted: Input<'report.ask'>): Promise<Output<'report.ask'>> {
  const def = requireDef(wanted);
  if (!needsCity(ctx, def, wanted)) fail('REPORT_NOT_COUNTED', { report: def.title });
  const reply = await ctx.sync.figures(questionOf(wanted));
  const { office } = requireIdentity(ctx.identity);
  inTransaction(ctx.db, (tx) => keepCityReport(tx, office, reply));
  ctx.changed('report');
  return { from: 'city', at: reply.at };
}
