/** Due days worked out by hand on the calendar of the wall, and through the window's own door. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
type Step = Input<'dossier.act'>['step'];
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
  desk.clock.set('2027-01-20T02:30:00Z');
});
afterEach(() => dropTestDesk(desk));

const get = () => desk.call('dossier.get', { id: ID });
async function take(chain: 'birth' | 'death', at: string, more: Record<string, string> = {}): Promise<void> {
  const [date = '', time = ''] = at.split(' ');
  const who = { 'requester.fullName': 'Hồ A Păng', 'requester.relation': chain === 'birth' ? 'me' : 'con' };
  const values = {
    birth: {
      'child.fullName': 'Hồ Thị Sông',
      'child.birth': date,
      'child.sex': 'nu',
      'child.birthPlace': 'Tại nhà',
    },
    death: { 'deceased.fullName': 'Hồ Văn Núi', 'deceased.sex': 'nam', 'death.date': date },
  }[chain];
  await desk.call('dossier.receive', {
    ...reception(ID, chain),
    ...{ commune: '26743', values: { ...who, ...values, ...more }, received: { date, time } },
  });
}
type Said = readonly [action: Step['action'], components: string, at: string, newDue?: string];
async function act([action, components, at, newDue]: Said): Promise<void> {
  const [on = '', time = '09:00'] = at.split(' ');
  const said = {
    reason: 'lý do thử',
    items: ['Nộp giấy chứng sinh'],
    to: 'Công an',
    ...(newDue && { newDue }),
  };
  const step: Step = { action, components: components.split(' '), on, time, ...said };
  await desk.call('dossier.act', { id: ID, base: (await get()).revision, step });
}
/** Day and month of each component and of the chain. */
async function dues(): Promise<string> {
  const { components, due } = await get();
  const short = (day: string | null) => (day ? `${day.slice(8)}/${day.slice(5, 7)}` : '-');
  return [...components.map((c) => c.due), due].map(short).join(' ');
}

describe('at reception: each component, then the chain', () => {
  test.each<[string, string, string]>([
    ['a plain Monday', '2026-11-16 09:00', '16/11 19/11 18/11 19/11'],
    ['at 15:00 it is still that day', '2026-11-16 15:00', '16/11 19/11 18/11 19/11'],
    ['a minute later it is the next one', '2026-11-16 15:01', '17/11 20/11 19/11 19/11'],
    ['before the holiday of 24/11', '2026-11-20 09:00', '20/11 26/11 25/11 26/11'],
    ['Saturday: received, not counted', '2026-11-21 08:00', '23/11 27/11 26/11 26/11'],
    ['before Tết', '2026-02-12 09:00', '12/02 24/02 23/02 24/02'],
    ['the last afternoon before Tết', '2026-02-13 16:00', '23/02 26/02 25/02 25/02'],
    ['before New Year', '2026-12-30 09:00', '30/12 05/01 04/01 05/01'],
    ['a worked Saturday on the way', '2025-04-24 09:00', '24/04 28/04 26/04 28/04'],
    ['on the worked Saturday itself', '2025-04-26 08:00', '26/04 05/05 29/04 05/05'],
    ['a swapped Friday', '2025-12-31 09:00', '31/12 07/01 06/01 07/01'],
    ['before the Saturday that makes up for it', '2026-01-09 09:00', '09/01 13/01 12/01 13/01'],
    ['before the National Day', '2026-08-27 09:00', '27/08 04/09 03/09 04/09'],
    ['the last working day of the roll-out guidance', '2024-06-28 09:00', '28/06 03/07 02/07 26/07'],
    ['the first day of NĐ 63', '2024-07-01 09:00', '01/07 04/07 03/07 04/07'],
  ])('%s', async (_, at, expected) => {
    await take('birth', at);
    expect(await dues()).toBe(expected);
  });
  test.each<[string, string, Record<string, string>, string]>([
    ['two components, no day for the chain', '2026-11-16 09:00', {}, '16/11 18/11 -'],
    [
      'mai táng, the afternoon before 24/11',
      '2026-11-23 16:30',
      { 'request.funeral': '1' },
      '25/11 27/11 30/11 -',
    ],
    ['tử tuất promises no day', '2026-11-16 09:00', { 'request.survivor': '1' }, '16/11 18/11 - -'],
  ])('death: %s', async (_, at, more, expected) => {
    await take('death', at, more);
    expect(await dues()).toBe(expected);
  });
});

describe('after a reception on Monday 16/11/2026', () => {
  test.each<[string, readonly Said[], string]>([
    ['K1 two days late', [['result_received', 'K1', '2026-11-18']], '16/11 23/11 20/11 19/11'],
    [
      'papers asked for at once, there on Wednesday morning',
      [
        ['ask_supplement', 'K1', '2026-11-16 10:00'],
        ['supplement_arrived', 'K1', '2026-11-18 10:00'],
      ],
      '18/11 23/11 20/11 23/11',
    ],
    [
      'there on Wednesday after 15:00',
      [
        ['ask_supplement', 'K1', '2026-11-16 10:00'],
        ['supplement_arrived', 'K1', '2026-11-18 16:00'],
      ],
      '19/11 25/11 23/11 23/11',
    ],
    [
      'there on Saturday',
      [
        ['ask_supplement', 'K1', '2026-11-16 10:00'],
        ['supplement_arrived', 'K1', '2026-11-21'],
      ],
      '23/11 27/11 26/11 26/11',
    ],
    [
      'the police ask, over the holiday',
      [
        ['result_received', 'K1', '2026-11-16 10:00'],
        ['ask_supplement', 'K2', '2026-11-17'],
        ['supplement_arrived', 'K2', '2026-11-25'],
      ],
      '16/11 27/11 18/11 27/11',
    ],
    [
      'asked of two, there one after the other: off the chain once',
      [
        ['result_received', 'K1', '2026-11-16 10:00'],
        ['ask_supplement', 'K2 K3', '2026-11-17'],
        ['supplement_arrived', 'K3', '2026-11-19'],
        ['supplement_arrived', 'K2', '2026-11-20'],
      ],
      '16/11 25/11 20/11 25/11',
    ],
    [
      'more time for K2',
      [
        ['result_received', 'K1', '2026-11-16 10:00'],
        ['extend', 'K2', '2026-11-18', '2026-11-27'],
      ],
      '16/11 27/11 18/11 27/11',
    ],
    [
      'the result of K1 taken back, and there on Friday',
      [
        ['result_received', 'K1', '2026-11-16 10:00'],
        ['take_back', 'K1', '2026-11-17'],
        ['result_received', 'K1', '2026-11-20'],
      ],
      '16/11 26/11 25/11 19/11',
    ],
    [
      'lying at another agency stops no clock',
      [
        ['result_received', 'K1', '2026-11-16 10:00'],
        ['forward', 'K2', '2026-11-17'],
        ['came_back', 'K2', '2026-12-17'],
      ],
      '16/11 19/11 18/11 19/11',
    ],
  ])('%s', async (_, steps, expected) => {
    await take('birth', '2026-11-16 09:00');
    for (const said of steps) await act(said);
    expect(await dues()).toBe(expected);
  });
});
