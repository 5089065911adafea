/** What belongs to a dossier as it stood at the end of a day. */
import { expect, test } from 'vitest';
import { happenedBy } from '../../../../shared/domain/happened-by.ts';

const act = { action: 'result_received', components: ['K1'], time: '10:00', dues: [] };
const added = [{ code: 'T3', due: null, waitsFor: null, startedOn: null }];
const AT = '2026-11-20T02:30:00Z';

test.each([
  ['a step of that day', 'dossier.act', { ...act, on: '2026-11-20' }, AT, true],
  ['a step of the day after', 'dossier.act', { ...act, on: '2026-11-21' }, AT, false],
  ['a step typed later', 'dossier.act', { ...act, on: '2026-11-19' }, '2026-12-01T02:30:00Z', true],
  [
    'a text corrected later',
    'dossier.correct',
    { changes: { a: 'b' }, reason: 'x' },
    '2026-12-01T02:30:00Z',
    true,
  ],
  ['a component added that day', 'dossier.correct', { changes: {}, reason: 'x', added }, AT, true],
  [
    'a component added after midnight here',
    'dossier.correct',
    { changes: {}, reason: 'x', added },
    '2026-11-20T17:00:00Z',
    false,
  ],
  ['the reception', 'dossier.receive', {}, '2026-12-01T02:30:00Z', true],
  ['papers noted later', 'dossier.annotate', { changes: {} }, '2026-12-01T02:30:00Z', true],
] as const)('%s', (_, verb, body, at, expected) => {
  expect(happenedBy({ verb, body: structuredClone(body) as never, at }, '2026-11-20')).toBe(expected);
});
