/** A dossier received before a merger of wards and finished after it: who may still touch it. */
import { expect, test } from 'vitest';
import type { Event } from '../../../../shared/domain/event.ts';
import { fold } from '../../../../shared/domain/project.ts';
import { judge, type Verdict } from '../../../../shared/domain/verdict.ts';
import { EMPTY_FORM_RECEIVE, event, received } from '../../../support/events.ts';

// Phường Cầu Ông Lãnh, Quận 1, until 30/06/2025: split between Phường Bến Thành (26743) and the new Phường Cầu Ông Lãnh (26758).
const OLD_WARD = '26752';
const reception = received(
  {
    ...EMPTY_FORM_RECEIVE,
    regime: 'nd63-2024',
    receivedOn: '2025-06-20',
    commune: `${OLD_WARD}@2021-01-01`,
    components: [{ code: 'K1', due: '2025-06-20', waitsFor: null }],
    due: '2025-06-25',
    form: {
      ...(received().body.form as object),
      'child.birth': '2025-06-15',
    },
  },
  { office: OLD_WARD, at: '2025-06-20T02:30:00.000Z' },
);
const by = (office: string, e: Partial<Event>): Verdict =>
  judge({
    event: event({ base: 1, office, ...e }),
    sender: { role: 'officer', office },
    current: fold([reception]),
    applied: [reception],
  });
const result = (on: string) => ({
  verb: 'dossier.act',
  at: `${on}T03:00:00.000Z`,
  body: { action: 'result_received', components: ['K1'], on, time: '10:00', dues: [] },
});

test('the reception itself stands', () => {
  const sender = { role: 'clerk', office: OLD_WARD } as const;
  expect(judge({ event: reception, sender, current: undefined, applied: [] }).kind).toBe('accepted');
});

test.each([
  ['the old ward', OLD_WARD, '2025-06-21'],
  ['its district', '760', '2025-06-21'],
  ['the city', '79', '2025-06-21'],
  ['one successor', '26743', '2025-07-02'],
  ['the other successor', '26758', '2025-07-02'],
  ['the city after the merger', '79', '2026-11-20'],
  ['a machine of the old ward that sends after the merger', OLD_WARD, '2025-07-02'],
  ['a successor whose clock runs behind', '26743', '2025-06-29'],
])('%s may go on with it', (_, office, on) => {
  expect(by(office, result(on))).toEqual({ kind: 'accepted', revision: 2 });
});

const correction = { verb: 'dossier.correct', body: { changes: { 'child.sex': 'nu' }, reason: 'gõ nhầm' } };
test('a successor corrects and annotates too', () => {
  const note = { verb: 'dossier.annotate', body: { changes: { 'link.dossier': 'T-7-250620-002' } } };
  expect(by('26758', correction)).toEqual({ kind: 'accepted', revision: 2 });
  expect(by('26758', note)).toEqual({ kind: 'accepted', revision: 2 });
});

test.each([
  ['a ward of the old district', '26740'],
  ['another district', '764'],
  ['an unknown office', '99999'],
])('%s may not', (_, office) => {
  for (const e of [correction, result('2025-07-02')])
    expect(by(office, e)).toMatchObject({ kind: 'rejected', code: 'EVENT_WRONG_OFFICE', field: 'office' });
});
