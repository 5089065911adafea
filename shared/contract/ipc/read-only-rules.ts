/** What a store that may not be written still answers (shared/domain/read-only.ts): every call is judged here, by its kind or by name. */
import { type ReadOnlyReason, takesNotes } from '../../domain/read-only.ts';
import { ipc, type Method } from './registry.ts';

/** Files that carry persons' data out in bulk: only where it will be known later who took them. */
const exporting: readonly Method[] = [
  ...(['count.file', 'count.save', 'target.file', 'target.save', 'register.save', 'register.print'] as const),
  ...(['report.file', 'report.clipping', 'report.save', 'report.copy', 'report.paper'] as const),
  ...(['file.save', 'file.log', 'access.file', 'access.save'] as const),
];
/** Papers of one case, and what is sealed to the city: work at the counter does not wait for a disk. */
const looking: readonly Method[] = [
  ...(['session.may', 'sync.road', 'file.read'] as const),
  ...(['sync.cancel', 'courier.cancel', 'count.cancel-import', 'file.cancel-fetch'] as const),
  ...(['slip.print', 'slip.save', 'slip.log', 'paper.log', 'export.log'] as const),
  ...(['proof.print', 'proof.save', 'receipt.save'] as const),
  ...(['courier.export', 'courier.write'] as const),
];
/** Ways in: they need the files of the keys alone. */
const waysIn: readonly Method[] = [
  ...(['account.state', 'account.sign-in', 'account.sign-in-by-pin', 'account.lock'] as const),
  ...(['account.choose', 'account.recover'] as const),
  ...(['account.ask-city', 'account.write-request', 'account.hear-city', 'account.read-answer'] as const),
];

/** The way out of a copy. */
const ofTwins: readonly Method[] = ['machine.begin-anew'];

/** `kept`: while the access log of the time can be kept on the disk. */
export function whileReadOnly(call: Method, reason: ReadOnlyReason): 'yes' | 'kept' | 'no' {
  if (reason === 'hardware' && ofTwins.includes(call)) return 'yes';
  if (ipc[call].kind === 'read' || looking.includes(call) || waysIn.includes(call)) return 'yes';
  if (!exporting.includes(call)) return 'no';
  return takesNotes(reason) ? 'yes' : 'kept';
}
