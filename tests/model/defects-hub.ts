/** Seeded defects of the hub. */

import type { HubTx, Judged } from '../../shared/protocol/hub-ports.ts';
import { receiveBatch } from '../../shared/protocol/receive-batch.ts';
import type { City, HubParts } from './city.ts';
import type { Deed } from './deeds.ts';
import type { Defect } from './defect.ts';
import { SOUND } from './sound.ts';

type Named = Pick<Defect, 'name' | 'breaks' | 'histories'>;
const hub = (named: Named, parts: Partial<HubParts>): Defect => ({
  ...named,
  parts: { ...SOUND, hub: { ...SOUND.hub, ...parts } },
});
const tx = (named: Named, change: (tx: HubTx, city: City) => Partial<HubTx>): Defect =>
  hub(named, { wrapTx: (sound, city) => ({ ...sound, ...change(sound, city) }) });

/** Events with such a verdict are acknowledged and not kept. */
function dropping(kind: 'rejected' | 'held') {
  return ({ insertEvents }: HubTx, { db }: City): Partial<HubTx> => ({
    insertEvents: async (judged: readonly Judged[], now) => {
      const kept = await insertEvents(
        judged.filter((j) => j.verdict.kind !== kind),
        now,
      );
      return new Map(
        judged.map(({ line: { envelope } }) => [envelope.seq, kept.get(envelope.seq) ?? db.seq + 1]),
      );
    },
  });
}

const count = (desk: number, at: number) => ({ do: 'count' as const, desk, at, value: 0 });
const sync = (desk: number) => ({ do: 'sync' as const, desk, fault: null });
/** The second of two batches comes again to a city that was put back to before the first. */
const GAP: readonly Deed[] = [
  sync(0),
  { do: 'back_up_city' },
  ...[count(0, 0), sync(0), count(0, 1), sync(0)],
  { do: 'restore_city', which: 0, withMark: false },
  { do: 'replay', which: 6 },
];
/** A batch whose receipt was lost goes again, byte for byte, to a city that was put back to after it. */
const RESENT: readonly Deed[] = [
  count(0, 0),
  { do: 'sync', desk: 0, fault: { at: 2, how: 'lost_reply', where: 0 } },
  { do: 'back_up_city' },
  ...[count(1, 1), sync(1)],
  { do: 'restore_city', which: 0, withMark: false },
];
/** A twin brings by stick what it wrote at places that the city holds otherwise, and goes on from there. */
const FORK: readonly Deed[] = [
  { do: 'clone', desk: 0 },
  ...[count(0, 0), sync(0), count(3, 1), count(3, 2)],
  { do: 'usb_out', desk: 3 },
  { do: 'usb_in' },
];

/** The author of what a whole folder put back has lost is gone, a reader is not. */
const READ: readonly Deed[] = [
  { do: 'back_up_city' },
  ...[count(0, 0), sync(0), sync(1)],
  { do: 'wipe', desk: 0 },
  { do: 'restore_city', which: 0, withMark: true },
];

/** Two desks read two branches of one epoch, of which a later restore keeps the other one. */
const BRANCHES: readonly Deed[] = [
  { do: 'back_up_city' },
  ...[count(0, 0), sync(0)],
  { do: 'back_up_city' },
  count(2, 0),
  { do: 'restore_city', which: 0, withMark: true },
  ...[sync(2), sync(0)],
  { do: 'restore_city', which: 1, withMark: false },
  sync(0),
];

export const HUB_DEFECTS: readonly Defect[] = [
  tx({ name: 'no dedupe', breaks: ['P2', 'P6'], histories: 'restored' }, () => ({
    firstCopies: async () => new Map(),
  })),
  tx({ name: 'rejected dropped', breaks: ['P3', 'P6'], histories: 'any' }, dropping('rejected')),
  tx({ name: 'held dropped', breaks: ['P3', 'P6'], histories: 'any' }, dropping('held')),
  hub(
    { name: 'held never judged again', breaks: ['P6', 'P7'], histories: 'any' },
    { judgesAgainAtStart: false, wrapTx: (sound) => ({ ...sound, heldOf: async () => [] }) },
  ),
  tx({ name: 'a new receipt for every repeat', breaks: ['P5'], histories: 'any' }, () => ({
    findReceipt: async () => null,
  })),
  tx({ name: 'receipts without epoch', breaks: ['P6', 'P11'], histories: RESENT }, (_, { db }) => ({
    findReceipt: async (batch) =>
      [...db.receipts.values()].find(({ receipt }) => receipt.batch === batch)?.jws ?? null,
  })),
  hub(
    { name: 'gap accepted', breaks: ['P3'], histories: GAP },
    {
      receiveBatch: (sound, reception) => {
        const { from, prev } = reception.batch.header;
        const lockStream: HubTx['lockStream'] = async (stream, device) => {
          const row = await sound.lockStream(stream, device);
          return row && from > row.acked + 1 ? { ...row, acked: from - 1, head: prev } : row;
        };
        return receiveBatch({ ...sound, lockStream }, reception);
      },
    },
  ),
  hub(
    { name: 'fork accepted', breaks: ['P3'], histories: FORK },
    {
      receiveBatch: (sound, reception) => {
        const mine = new Map(reception.lines.map((l) => [l.envelope.seq, l.envelope.hash]));
        const storedRange: HubTx['storedRange'] = async (stream, range) =>
          new Map(
            [...(await sound.storedRange(stream, range))].map(([seq, known]) => [
              seq,
              { ...known, hash: mine.get(seq) ?? known.hash },
            ]),
          );
        return receiveBatch({ ...sound, storedRange }, reception);
      },
    },
  ),
  hub(
    { name: 'no batch signature check', breaks: ['P10', 'P3'], histories: 'any' },
    { checksBatchSignature: false },
  ),
  hub(
    { name: 'chain of a batch not checked', breaks: ['P10', 'P3'], histories: 'any' },
    { checksHashes: false },
  ),
  hub({ name: 'mark not checked', breaks: ['P10'], histories: 'any' }, { checksMarks: false }),
  hub({ name: 'replaced stream not frozen', breaks: ['P9'], histories: 'restored' }, { freezes: false }),
  hub(
    {
      name: 'epoch unchanged on restore',
      breaks: ['P1', 'P4', 'P6', 'P8', 'P11', 'P13'],
      histories: 'restored',
    },
    { noticesAtStart: false, noticesWitness: false, noticesSeen: false },
  ),
  hub(
    { name: 'what a desk has read proves nothing', breaks: ['P1'], histories: READ },
    { noticesSeen: false },
  ),
  hub(
    { name: 'branches of an older epoch taken for one', breaks: ['P13'], histories: BRANCHES },
    { noticesBranches: false },
  ),
  hub(
    {
      name: 'since without regard to the epoch that the desk knew',
      breaks: ['P1', 'P6', 'P13'],
      histories: 'restored',
    },
    { relativeSince: false },
  ),
  hub({ name: 'reply before commit', breaks: ['P4'], histories: 'any' }, { answersFirst: true }),
];
