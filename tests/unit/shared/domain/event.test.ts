/** The hash chain: one changed letter anywhere is found, and the place is named. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Event, eventHash, eventSchema, firstBreak, GENESIS } from '../../../../shared/domain/event.ts';
import { canonicalJson } from '../../../../shared/lib/canonical-json.ts';
import { chained, counted, event, received } from '../../../support/events.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const stream = chained([
  received(),
  counted({ hoi_nong_dan: 1 }),
  counted({ hoi_nong_dan: 2 }),
  event({ verb: 'x.y' }),
  counted({ nguoi_co_cong: 0 }),
]);
const spoil = (list: readonly Event[], at: number, change: (e: Event) => Event) =>
  list.map((e, i) => (i === at ? change(e) : e));
const broken = (list: readonly Event[]) => firstBreak(list, GENESIS, sha256)?.seq ?? null;

describe('a chain', () => {
  test('that nobody touched has no break, from its start or from any place', () => {
    expect(broken(stream)).toBeNull();
    expect(firstBreak(stream.slice(2), stream[1]?.hash ?? '', sha256)).toBeNull();
    expect(firstBreak([], GENESIS, sha256)).toBeNull();
  });
  test('breaks at the first event whose content, link or hash was changed', () => {
    const keys = [
      'id',
      'verb',
      'base',
      'body',
      'actor',
      'office',
      'at',
      'boot',
      'mono',
      'seq',
      'prev',
      'hash',
      'subject',
    ] as const;
    fc.assert(
      fc.property(fc.nat(stream.length - 1), fc.constantFrom(...keys), (at, key) => {
        const spoiled = spoil(stream, at, (e) => ({
          ...e,
          [key]: key === 'hash' || key === 'prev' ? 'f'.repeat(64) : `${String(e[key])}x`,
        }));
        expect(broken(spoiled)).toBe(spoiled[at]?.seq);
      }),
    );
  });
  test('breaks where an event is missing, doubled, added or swapped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: stream.length - 2 }), (at) => {
        const next = stream[at + 1]?.seq;
        expect(broken([...stream.slice(0, at), ...stream.slice(at + 1)])).toBe(next);
        expect(broken([...stream.slice(0, at + 1), ...stream.slice(at)])).toBe(stream[at]?.seq);
        expect(
          broken([...stream.slice(0, at), ...stream.slice(at, at + 2).reverse(), ...stream.slice(at + 2)]),
        ).toBe(next);
      }),
    );
  });
  test('breaks after an event that was changed and hashed anew', () => {
    const rehashed = spoil(stream, 1, (e) => ({
      ...e,
      at: '2020-01-01T00:00:00.000Z',
      hash: eventHash({ ...e, at: '2020-01-01T00:00:00.000Z' }, sha256),
    }));
    expect(broken(rehashed)).toBe(3);
  });
  test('that starts anywhere but at the given hash is broken at once', () => {
    expect(firstBreak(stream, 'a'.repeat(64), sha256)?.seq).toBe(1);
  });
});

test('the hash does not depend on the order of keys, nor on itself, and covers fields of newer versions', () => {
  const one = event({ body: { a: 1, b: { c: 2, d: 3 } } });
  const shuffled = Object.fromEntries(
    Object.entries({ ...one, body: { b: { d: 3, c: 2 }, a: 1 } }).reverse(),
  );
  expect(eventHash(shuffled, sha256)).toBe(one.hash);
  expect(eventHash({ ...one, hash: 'x' }, sha256)).toBe(one.hash);
  expect(eventHash({ ...one, colour: 'xanh' }, sha256)).not.toBe(one.hash);
});

test('reading an event keeps what a newer desk wrote, so that its hash still holds', () => {
  const newer = { ...event(), colour: { deep: ['xanh', 1, null] } };
  const sealed = { ...newer, hash: eventHash(newer, sha256) };
  const back = eventSchema.parse(JSON.parse(canonicalJson(sealed)));
  expect(canonicalJson(back)).toBe(canonicalJson(sealed));
  expect(firstBreak([back], GENESIS, sha256)).toBeNull();
});

test.each<[string, object]>([
  ['no id', { id: '1' }],
  ['sequence zero', { seq: 0 }],
  ['a broken hash', { hash: 'F'.repeat(64) }],
  ['a local time', { at: '2026-11-20 09:30' }],
  ['an unknown subject kind', { subject: { kind: 'person', id: 'x' } }],
  ['a strange key in the subject', { subject: { kind: 'dossier', id: 'x', name: 'y' } }],
  ['an unknown role', { actor: { id: 'a', name: 'b', role: 'boss' } }],
  ['a negative base', { base: -1 }],
  ['a body that is a list', { body: [] }],
])('%s is not an event', (_, spoiled) => {
  expect(eventSchema.safeParse({ ...event(), ...spoiled }).success).toBe(false);
});
