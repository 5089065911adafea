/** Targets that this office sets: one by one, or as a file in and out. */
import { localView } from '../../db/local-view.ts';
import { targetsOf } from '../../db/queries/report.ts';
import type { Writer } from '../../db/write.ts';
import { isWithin } from '../../shared/catalogue/units.ts';
import { MAX_IMPORT_BYTES } from '../../shared/contract/ipc/count.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { type TargetBody, targetId, targetKey, targetProblem } from '../../shared/domain/target.ts';
import { readTargetTable, targetTable } from '../../shared/domain/target-table.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail, problemSentence } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type TaskCtx, type WriteCtx } from '../context.ts';
import { tableFile } from '../files/count-file.ts';
import { readTable } from '../files/read-table.ts';

export function listTargets({ db }: ReadCtx): Output<'target.list'> {
  return targetsOf(db).map(({ verified: _, ...target }) => target);
}

export function setTarget(ctx: WriteCtx, input: Input<'target.set'>): Output<'target.set'> {
  const target = { ...input, source: cleanText(input.source) };
  const problem = targetProblem(target, ctx.identity.office);
  if (problem) fail(problem.code, problem.details);
  return { revision: recordTarget(ctx, target) };
}

function recordTarget({ tx, record }: Writer, target: TargetBody): number {
  const id = targetId(target.unit);
  const { revision, base } = localView(tx, 'target', id);
  record({ verb: 'target.set', subject: { kind: 'target', id }, base, body: target });
  return revision + 1;
}

/** What the import reads again: targets of this office and of the units below it. */
export async function makeTargetFile(
  ctx: TaskCtx,
  { format }: Input<'target.file'>,
): Promise<Output<'target.file'>> {
  const { office } = requireIdentity(ctx.identity);
  const own = listTargets(ctx).filter((t) => isWithin(t.unit, office, t.from));
  return { name: `chi-tieu.${format}`, bytes: await tableFile(targetTable(own), format) };
}

export async function importTargets(
  ctx: TaskCtx,
  { bytes, dryRun }: Input<'target.import'>,
): Promise<Output<'target.import'>> {
  const identity = requireIdentity(ctx.identity);
  if (bytes.byteLength > MAX_IMPORT_BYTES) fail('FILE_TOO_LARGE', { max: MAX_IMPORT_BYTES / 1024 / 1024 });
  const { rows, problems } = readTargetTable(await readTable(bytes), identity.office);
  const held = new Map(listTargets(ctx).map((t) => [`${t.unit}/${targetKey(t)}`, t]));
  const changes = rows.filter((row) => {
    const { value, to, source } = held.get(`${row.unit}/${targetKey(row)}`) ?? {};
    return value !== row.value || to !== row.to || source !== row.source;
  });
  if (!dryRun) {
    if (problems.length > 0) fail('IMPORT_HAS_PROBLEMS', { count: problems.length });
    ctx.write((writer) => {
      for (const row of changes) recordTarget(writer, row);
    });
  }
  return {
    rows: rows.length,
    changed: changes.length,
    problems: problems.slice(0, SHOWN_PROBLEMS).map(({ code, details, ...at }) => ({
      ...at,
      problem: { code, sentence: problemSentence(code, details), details: { ...details } },
    })),
  };
}

const SHOWN_PROBLEMS = 500;
