/** The history of corrections: newest first, each with the value that counted at that office just before. */
import { expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { CALENDAR_DAY } from '../../../../shared/domain/corrected.ts';
import { correctionHistory } from '../../../../shared/domain/correction-history.ts';
import { bodyOf, type Event } from '../../../../shared/domain/event.ts';

const WARD = '26743';
const CITY = '79';
const K4 = { key: 'limit.K4', from: '2026-09-01', source: 'CV 12' };
let n = 0;
function event(office: string, at: string, corrections: readonly object[], reason = 'có văn bản'): Event {
  const id = `00000000-0000-4000-8000-${String(++n).padStart(12, '0')}`;
  return {
    ...{ id, schema: 1, stream: id, seq: 1, base: 0, verb: 'catalogue.correct' },
    ...{ subject: { kind: 'setting', id: `catalogue:${office}` }, device: id, office, boot: 'b', mono: 1 },
    ...{ actor: { id: 'x', name: 'Lê Thị Thử', role: 'head' }, prev: '', hash: '' },
    ...{ at: `2026-11-${at}T02:00:00.000Z`, body: bodyOf({ corrections, reason }) },
  };
}
const told = (...events: Event[]) =>
  correctionHistory(catalogue, [WARD, CITY], events).map((s) => [s.event.office, s.before, s.value]);

test('the value before is that of the own office, else of the one above, else the shipped one', () => {
  const events = [
    event(WARD, '05', [{ ...K4, value: '9' }]),
    event(CITY, '01', [{ ...K4, value: '5' }]),
    event(CITY, '04', [{ ...K4, value: '8' }]),
    event(WARD, '03', [{ ...K4, value: '7' }]),
  ];
  expect(told(...events)).toEqual([
    [WARD, '7', '9'],
    [CITY, '5', '8'],
    [WARD, '5', '7'],
    [CITY, '', '5'],
  ]);
});

test('a day that nobody knew was an ordinary one, a shipped one what it was shipped as', () => {
  const day = (from: string, value: string) => ({ key: CALENDAR_DAY, from, value, source: 'QĐ 99' });
  expect(
    told(event(WARD, '01', [day('2027-02-12', 'holiday'), day('2027-02-10', 'ordinary')])).toSorted(),
  ).toEqual([
    [WARD, 'compensatory_off', 'ordinary'],
    [WARD, 'ordinary', 'holiday'],
  ]);
});

test('each step carries its reason and source', () => {
  const [step] = correctionHistory(catalogue, [WARD], [event(WARD, '01', [{ ...K4, value: '5' }], 'vì thế')]);
  expect(step).toMatchObject({ ...K4, value: '5', before: '', reason: 'vì thế' });
});

test.each([
  ['of an office that does not count here', event('26740', '01', [{ ...K4, value: '5' }])],
  ['without corrections', event(WARD, '01', [])],
  ['with a correction that cannot be read', event(WARD, '01', [{ key: 7 }])],
])('an event %s is left out', (_, odd) => {
  expect(told(odd, event(WARD, '02', [{ ...K4, value: '6' }]))).toEqual([[WARD, '', '6']]);
});
