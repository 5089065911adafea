/** Files with personal data that leave the machine. */
import { inTransaction } from '../../db/handle.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { TaskCtx } from '../context.ts';
import { kindOf } from './file.ts';

/** In a transaction of its own: where the log takes nothing (a full disk), no file leaves. */
export function logExport(ctx: TaskCtx, { what, about, owner, guard }: Input<'export.log'>): null {
  const why = guard.way === 'plain' ? cleanText(guard.why) : null;
  if (why === '') fail('REASON_REQUIRED');
  inTransaction(ctx.db, (tx) =>
    ctx.desk.access.within(tx, {
      action: 'export.log',
      ...(owner !== null && { subject: { kind: kindOf(owner), id: owner } }),
      ...(why !== null && { why }),
      facts: { paper: what, about, guard: guard.way },
    }),
  );
  return null;
}
