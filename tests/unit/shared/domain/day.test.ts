/** Chốt ngày: figures that add up, every difference once, and a closing that leaves none unexplained. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CityDay,
  type DayEvent,
  dayDifferences,
  dayFigures,
  digestText,
  isDigestNew,
} from '../../../../shared/domain/day.ts';
import { fold } from '../../../../shared/domain/project.ts';
import { closing, verdict } from '../../../support/judged.ts';

const DAY = '2026-11-20';
const own = (id: string, more: Partial<DayEvent> = {}): DayEvent => ({
  ...{ id, hashes: [`h${id}`], verb: 'dossier.receive', verdict: 'accepted', at: '2026-11-20T09:00:00.000Z' },
  open: false,
  ...more,
});
const city = (ids: readonly string[], at = '2026-11-20T10:00:00.000Z'): CityDay => ({
  at,
  events: ids.map((id) => ({ id, hash: `h${id}`, verb: 'dossier.receive' })),
});
const found = (events: readonly DayEvent[], day: CityDay | null) =>
  Object.fromEntries(dayDifferences(events, day).map((d) => [d.kind, d.events]));

describe('differences', () => {
  test.each<[string, DayEvent[], CityDay | null, object]>([
    ['none where the city names all', [own('a'), own('b')], city(['a', 'b']), {}],
    ['none on a day without a word', [], city([]), {}],
    ['the city was never asked', [own('a')], null, { no_digest: ['a'] }],
    ['never asked, and nothing was written', [], null, { no_digest: [] }],
    [
      'asked before the last sending',
      [own('a'), own('b', { at: '2026-11-20T11:00:00.000Z' })],
      city(['a']),
      { no_digest: ['b'] },
    ],
    ['not sent', [own('a'), own('b', { verdict: null, at: null })], city(['a']), { waiting: ['b'] }],
    ['returned and open', [own('a', { verdict: 'conflict', open: true })], city(['a']), { returned: ['a'] }],
    ['returned and answered', [own('a', { verdict: 'rejected' })], city(['a']), {}],
    ['signed for and not there', [own('a'), own('b')], city(['a']), { digest_lacks: ['b'] }],
    ['there and not here', [own('a')], city(['a', 'z']), { digest_more: ['z'] }],
    ['another content', [own('a', { hashes: ['other'] })], city(['a']), { digest_differs: ['a'] }],
    ['the copy of a later stream', [own('a', { hashes: ['old', 'ha'] })], city(['a']), {}],
    [
      'the closing itself is none of them',
      [own('a'), own('c', { verb: 'day.close', verdict: null })],
      { ...city(['a']), events: [...city(['a']).events, { id: 'd', hash: 'hd', verb: 'day.close' }] },
      {},
    ],
  ])('%s', (_, events, day, expected) => {
    expect(found(events, day)).toEqual(expected);
  });
  test('what the city said is as new as its last receipt, or it is not taken for its word', () => {
    expect(isDigestNew(dayDifferences([own('a')], city(['a'])))).toBe(true);
    expect(isDigestNew(dayDifferences([own('a')], null))).toBe(false);
  });
  test('the digest is the same in any order and without closings', () => {
    const { events } = city(['a', 'b']);
    const more = [...events, { id: 'x', hash: 'hx', verb: 'day.close' }];
    expect(digestText({ events: more.toReversed() })).toBe(digestText({ events }));
  });
});

test('figures add up whatever became of the events, and every difference is of that day', () => {
  const event = fc.record({
    id: fc.uuid(),
    hashes: fc.constantFrom(['h1'], ['h1', 'h2']),
    verb: fc.constantFrom('dossier.receive', 'count.record', 'day.close'),
    verdict: fc.constantFrom(null, 'accepted', 'merged', 'conflict', 'rejected', 'held'),
    at: fc.constant('2026-11-20T09:00:00.000Z'),
    open: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const { entered, sent, waiting, accepted, returned } = dayFigures(DAY, events);
      expect([sent + waiting, accepted + returned]).toEqual([entered, sent]);
      const known = new Set(events.map((e) => e.id));
      for (const { events: ids } of dayDifferences(events, city([])))
        for (const id of ids) expect(known.has(id)).toBe(true);
    }),
  );
});

describe('the closing', () => {
  test('is taken where all is explained; closed again it is a new revision', () => {
    const [first, second] = [closing(), closing({ waiting: 0, sent: 3, accepted: 2 }, { base: 1 })];
    expect(verdict(first)).toEqual({ kind: 'accepted', revision: 1 });
    expect(verdict(second, { applied: [first] })).toEqual({ kind: 'accepted', revision: 2 });
    const day = fold([first, second]);
    expect(day?.kind === 'day' && day.state).toMatchObject({
      revision: 2,
      accepted: 2,
      closedBy: 'Lê Thị Thử',
    });
  });
  test.each([
    [
      'what waits is not explained',
      { differences: [{ kind: 'no_digest', n: 0, note: 'x' }] },
      'DAY_UNEXPLAINED',
    ],
    ['the city was not asked', { differences: [{ kind: 'waiting', n: 1, note: 'x' }] }, 'DAY_UNEXPLAINED'],
    ['a word is blank', { differences: [{ kind: 'waiting', n: 1, note: '' }] }, 'EVENT_BODY_INVALID'],
    [
      'a difference twice',
      {
        differences: [
          { kind: 'waiting', n: 1, note: 'x' },
          { kind: 'waiting', n: 1, note: 'y' },
          { kind: 'no_digest', n: 1, note: 'z' },
        ],
      },
      'EVENT_BODY_INVALID',
    ],
    ['figures do not add up', { entered: 9 }, 'EVENT_BODY_INVALID'],
    ['verdicts do not add up', { accepted: 0 }, 'EVENT_BODY_INVALID'],
    ['a number below nothing', { waiting: -1 }, 'EVENT_BODY_INVALID'],
    ['a strange difference', { differences: [{ kind: 'moon', n: 1, note: 'x' }] }, 'EVENT_BODY_INVALID'],
    ['no day', { day: '2026-02-30' }, 'EVENT_BODY_INVALID'],
    ['the day of another closing', { day: '2026-11-19' }, 'EVENT_BODY_INVALID'],
  ])('is returned: %s', (_, body, code) => {
    expect(verdict(closing(body))).toMatchObject({ kind: 'rejected', code });
  });
  test('is returned for a day that has not come, and for the day of another machine', () => {
    const e = closing();
    expect(verdict({ ...e, at: '2026-11-19T02:30:00.000Z' })).toMatchObject({ code: 'DAY_IN_FUTURE' });
    const other = { ...e, subject: { kind: 'day' as const, id: `26743/x/${DAY}` } };
    expect(verdict(other)).toMatchObject({ code: 'EVENT_BODY_INVALID', field: 'subject' });
  });
});
