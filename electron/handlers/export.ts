/** Files with personal data that leave the machine. */
import type { Deed } from '../../db/access.ts';
import { inTransaction } from '../../db/handle.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { takesNotes } from '../../shared/domain/read-only.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { TaskCtx } from '../context.ts';
import { kindOf } from './file.ts';

/**
 * In a transaction of its own: where the log takes nothing (a full disk), no file leaves. Beside a store that is only read it is kept as every
 * look is; what may leave then is judged by the call that asked (read-only-rules.ts).
 */
export function logExport(ctx: TaskCtx, { what, about, owner, guard }: Input<'export.log'>): null {
  const why = guard.way === 'plain' ? cleanText(guard.why) : null;
  if (why === '') fail('REASON_REQUIRED');
  const deed: Deed = {
    action: 'export.log',
    ...(owner !== null && { subject: { kind: kindOf(owner), id: owner } }),
    ...(why !== null && { why }),
    facts: { paper: what, about, guard: guard.way },
  };
  const { access, readOnly } = ctx.desk;
  if (takesNotes(readOnly())) inTransaction(ctx.db, (tx) => access.within(tx, deed));
  else access.note(deed);
  return null;
}
