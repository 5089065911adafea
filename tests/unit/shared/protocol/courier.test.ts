/** Which receipts of a file from a stick count, for every way in which desk and city may stand apart. */
import { expect, test } from 'vitest';
import type { Receipt } from '../../../../shared/contract/sync/messages.ts';
import { Problem } from '../../../../shared/problem.ts';
import { type Answer, loadOf, takeReceipts } from '../../../../shared/protocol/courier.ts';
import type { DeskStore } from '../../../../shared/protocol/desk-ports.ts';

const hash = (seq: number) => String(seq).padStart(64, '0');
const link = (seq: number) => ({ seq, id: `event-${seq}`, hash: hash(seq), raw: '{}' });

/** Ten places on stream `now`, three on the older `old`; receipts up to `acked`. */
function storeAt(acked = 0, recovering: ReturnType<DeskStore['recovering']> = null) {
  const kept: string[] = [];
  const lengths: Readonly<Record<string, number>> = { now: 10, old: 3 };
  const tip = (stream: string) => lengths[stream] ?? 0;
  const store = {
    ...{ device: 'me', stream: () => 'now', epoch: () => 'epoch', recovering: () => recovering },
    tip: (stream: string) => ({ seq: tip(stream), hash: hash(tip(stream)) }),
    hashAt: (stream: string, seq: number) => (seq <= tip(stream) ? hash(seq) : undefined),
    links: (stream: string, after: number, limit: number) =>
      Array.from({ length: Math.max(0, Math.min(limit, tip(stream) - after)) }, (_, i) =>
        link(after + 1 + i),
      ),
    acked: (stream: string) => (stream === 'now' ? acked : 0),
    keepReceipt: (_: Receipt, jws: string) => kept.push(jws),
  };
  return { store: store as unknown as DeskStore, kept };
}
function receipt(from: number, to: number, more: Partial<Receipt> = {}): Answer['opened'][number] {
  const verdicts = Array.from({ length: to - from + 1 }, (_, i) => ({
    ...{ kind: 'accepted' as const, revision: 1, seq: from + i, id: `event-${from + i}`, hub: from + i },
  }));
  const head = { v: 1 as const, epoch: 'epoch', device: 'me', stream: 'now', from, to, head: hash(to) };
  const rest = { batch: hash(99), hub: { first: from, last: to }, verdicts, at: '2026-11-20T02:00:00.000Z' };
  return { receipt: { ...head, ...rest, ...more }, jws: `${from}-${to}` };
}
function answer(opened: Answer['opened'], more: Partial<Answer> = {}): Answer {
  const acked = opened.at(-1)?.receipt.to ?? 0;
  return {
    ...{
      v: 1,
      device: 'me',
      stream: 'now',
      epoch: 'epoch',
      since: 0,
      frozen: false,
      receipts: [],
      stopped: null,
    },
    ...{ acked: { seq: acked, hash: hash(acked) }, at: '2026-11-20T02:00:00.000Z', opened, ...more },
  };
}
const past = (epoch: string) => epoch === 'before';
const take = (given: Answer, acked = 0, recovering: ReturnType<DeskStore['recovering']> = null) => {
  const { store, kept } = storeAt(acked, recovering);
  try {
    return { ...takeReceipts(store, given, past), kept };
  } catch (error) {
    return { code: error instanceof Problem ? error.code : String(error), kept };
  }
};

test.each<[string, Answer, number, object]>([
  [
    'all of it',
    answer([receipt(1, 4), receipt(5, 10)]),
    0,
    { fresh: 10, known: 0, apart: null, kept: ['1-4', '5-10'] },
  ],
  ['the rest of it', answer([receipt(1, 4), receipt(5, 10)]), 4, { fresh: 6, known: 4, apart: null }],
  ['known already', answer([receipt(1, 4)]), 10, { fresh: 0, known: 4, apart: null }],
  ['nothing in it', answer([]), 0, { fresh: 0, known: 0, apart: null, kept: [] }],
  ['no repeat of what overlaps', answer([receipt(1, 6), receipt(4, 10)]), 0, { fresh: 10, apart: null }],
  ['frozen there', answer([receipt(1, 4)], { frozen: true }), 0, { fresh: 4, apart: 'frozen' }],
  [
    'further there than here',
    answer([receipt(1, 10)], { acked: { seq: 12, hash: hash(12) } }),
    0,
    { fresh: 10, apart: 'behind' },
  ],
  [
    'another past there',
    answer([receipt(1, 4)], { acked: { seq: 4, hash: hash(77) } }),
    0,
    { fresh: 4, apart: 'forked' },
  ],
  [
    'a clone wrote there',
    answer([receipt(1, 4, { head: hash(77) })], { acked: { seq: 4, hash: hash(77) } }),
    0,
    { fresh: 0, apart: 'forked', kept: [] },
  ],
  [
    'an older stream of this machine',
    answer([receipt(1, 3, { stream: 'old' })], { stream: 'old' }),
    0,
    { fresh: 3, apart: null },
  ],
  [
    'an older stream that was lost here',
    answer([receipt(1, 5, { stream: 'old' })], { stream: 'old' }),
    0,
    { fresh: 0, apart: 'behind', kept: [] },
  ],
])('taken: %s', (_, given, acked, result) => {
  expect(take(given, acked)).toMatchObject(result);
});
test.each<[string, Answer, string]>([
  ['another machine', answer([receipt(1, 4)], { device: 'you' }), 'COURIER_OTHER_DEVICE'],
  ['an epoch that is over', answer([receipt(1, 4)], { epoch: 'before' }), 'COURIER_OLD'],
  ['an epoch that is new', answer([receipt(1, 4)], { epoch: 'after' }), 'COURIER_NEEDS_NETWORK'],
  ['a receipt is missing between', answer([receipt(1, 3), receipt(5, 10)]), 'COURIER_RECEIPTS_GAP'],
  ['a receipt for other events', answer([receipt(1, 4, { head: hash(5) })]), 'CITY_SIGNATURE'],
  ['a receipt of another machine in it', answer([receipt(1, 4, { device: 'you' })]), 'CITY_SIGNATURE'],
  ['a receipt of another epoch in it', answer([receipt(1, 4, { epoch: 'before' })]), 'CITY_SIGNATURE'],
  [
    'a receipt with a verdict less',
    answer([{ ...receipt(1, 4), receipt: { ...receipt(1, 3).receipt, to: 4, head: hash(4) } }]),
    'CITY_SIGNATURE',
  ],
])('refused, and nothing kept: %s', (_, given, code) => {
  expect(take(given)).toEqual({ code, kept: [] });
});
test('a machine that was put back keeps what fits and is told to go by network', () => {
  expect(take(answer([receipt(1, 4)]), 0, 'put_back')).toMatchObject({ fresh: 4, apart: 'put_back' });
  const lost = answer([receipt(1, 5, { stream: 'old' })], { stream: 'old' });
  expect(take(lost, 0, 'put_back')).toMatchObject({ fresh: 0, apart: 'put_back', kept: [] });
});
test('a bundle carries every place without a receipt', () => {
  expect(loadOf(storeAt(0).store)).toEqual({ stream: 'now', from: 1, to: 10 });
  expect(loadOf(storeAt(7).store)).toEqual({ stream: 'now', from: 8, to: 10 });
  expect(loadOf(storeAt(10).store)).toBeNull();
});
