/** Steps with their clocks: what each must carry, whom it takes along, which due days it moves, and any legal sequence of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { specialDays } from '../../../../shared/catalogue/holidays.ts';
import { type Action, actions } from '../../../../shared/domain/action-rules.ts';
import { corrected } from '../../../../shared/domain/corrected.ts';
import { chainOutcome, type Dossier } from '../../../../shared/domain/dossier.ts';
import { actWarnings } from '../../../../shared/domain/plan-act.ts';
import { chainTimeClass, timeClass } from '../../../../shared/domain/time-class.ts';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../../../../shared/domain/working-days.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import { Problem } from '../../../../shared/problem.ts';
import { opened, part, planned, rulesOn, type Said, stepped } from '../../../support/steps.ts';

const refusal = (dossier: Dossier, said: Said): string => {
  try {
    planned(dossier, said);
    return 'OK';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
const friday = opened({ date: '2026-11-20' });
const states = (d: Dossier) => d.components.map((c) => `${c.code} ${c.state}`);
const dues = (d: Dossier) => [...d.components.map((c) => c.due), d.due];

describe('what a step must carry', () => {
  const gone = { reason: undefined, items: undefined, to: undefined, newDue: undefined, obstacle: undefined };
  test.each<[Action, string]>([
    ['ask_supplement', 'ITEMS_REQUIRED'],
    ['forward', 'AGENCY_REQUIRED'],
    ['refuse', 'REASON_REQUIRED'],
    ['stop', 'REASON_REQUIRED'],
    ['withdraw', 'REASON_REQUIRED'],
    ['extend', 'REASON_REQUIRED'],
    ['hand_over', 'AGENCY_REQUIRED'],
    ['report_obstacle', 'OBSTACLE_REQUIRED'],
    ['supplement_arrived', 'ACTION_NOT_ALLOWED'],
    ['result_received', 'OK'],
    ['ask_payment', 'OK'],
  ])('%s with nothing said: %s', (action, code) => {
    expect(refusal(friday, { action, on: '2026-11-20', components: ['K1'], ...gone })).toBe(code);
  });
  test('taking back needs a reason', () => {
    const done = stepped(friday, { action: 'result_received', on: '2026-11-20', components: ['K1'] });
    expect(refusal(done, { action: 'take_back', on: '2026-11-23', components: ['K1'], ...gone })).toBe(
      'REASON_REQUIRED',
    );
  });
  test.each([
    [undefined, 'NEW_DUE_REQUIRED'],
    ['2026-11-19', 'NEW_DUE_NOT_LATER'],
    ['2026-11-20', 'NEW_DUE_NOT_LATER'],
    ['2026-11-23', 'OK'],
  ])('an extension to %s: %s', (newDue, code) => {
    expect(refusal(friday, { action: 'extend', on: '2026-11-20', components: ['K1'], newDue })).toBe(code);
  });
  test('the body holds what was said and nothing blank', () => {
    const body = planned(friday, {
      action: 'ask_supplement',
      on: '2026-11-20',
      items: ['a', 'b'],
      papers: ['x'],
      reason: '',
      changes: {},
    });
    expect(body).toMatchObject({
      on: '2026-11-20',
      time: '09:00',
      items: ['a', 'b'],
      papers: ['x'],
      until: '2026-12-02',
    });
    expect(Object.keys(body)).not.toContain('reason');
    expect(Object.keys(body)).not.toContain('changes');
  });
  test('a component named twice is named once', () => {
    expect(
      planned(friday, { action: 'result_received', on: '2026-11-20', components: ['K1', 'K1'] }).components,
    ).toEqual(['K1']);
  });
});

describe('clocks', () => {
  test('K2 and K3 begin when K1 really ends, late or early', () => {
    const wrong: string[] = [];
    for (let ahead = 0; ahead <= 40; ahead++) {
      const end = addDays('2026-11-20', ahead);
      const after = stepped(friday, { action: 'result_received', on: end, components: ['K1'] });
      const [k2, k3] = [part(after, 'K2'), part(after, 'K3')];
      const fine =
        k2.startedOn === end &&
        k2.state === 'processing' &&
        k2.due === addWorkingDays(end, 3, specialDays) &&
        k3.due === addWorkingDays(end, 2, specialDays) &&
        after.due === friday.due &&
        k2.firstDue === '2026-11-26';
      if (!fine) wrong.push(end);
    }
    expect(wrong).toEqual([]);
  });
  test('a component that ended with K1, or before it, does not begin anew', () => {
    const both = stepped(friday, { action: 'result_received', on: '2026-11-23', components: ['K1', 'K2'] });
    expect(part(both, 'K2')).toMatchObject({ state: 'done', due: '2026-11-26', endedOn: '2026-11-23' });
    const first = stepped(
      friday,
      { action: 'withdraw', on: '2026-11-20', components: ['K3'] },
      { action: 'result_received', on: '2026-11-25', components: ['K1'] },
    );
    expect(part(first, 'K3')).toMatchObject({ state: 'withdrawn', endedOn: '2026-11-20', due: '2026-11-25' });
  });
  test('a result taken back sets what waits for it back; the true end starts the clocks', () => {
    const back = stepped(
      friday,
      { action: 'result_received', on: '2026-11-20', components: ['K1'] },
      { action: 'take_back', on: '2026-11-23', components: ['K1'] },
    );
    expect(states(back)).toEqual(['K1 processing', 'K2 waiting', 'K3 waiting']);
    expect(part(back, 'K2').startedOn).toBeNull();
    const again = stepped(back, { action: 'result_received', on: '2026-11-25', components: ['K1'] });
    expect(part(again, 'K2')).toMatchObject({
      startedOn: '2026-11-25',
      due: '2026-11-30',
      state: 'processing',
    });
  });
  test('a result given by mistake is taken back to done, and nothing begins anew', () => {
    const given = stepped(
      friday,
      { action: 'result_received', on: '2026-11-20', components: ['K1'] },
      { action: 'give_result', on: '2026-11-20', components: ['K1'] },
      { action: 'take_back', on: '2026-11-23', components: ['K1'] },
    );
    expect(states(given)).toEqual(['K1 done', 'K2 processing', 'K3 processing']);
    expect(part(given, 'K1').endedOn).toBe('2026-11-20');
  });
  test('a supplement moves K1, its followers and, once, the chain', () => {
    const after = stepped(
      friday,
      { action: 'ask_supplement', on: '2026-11-20' },
      { action: 'supplement_arrived', on: '2026-11-25' },
    );
    expect(dues(after)).toEqual(['2026-11-25', '2026-11-30', '2026-11-27', '2026-11-30']);
    expect(states(after)).toEqual(['K1 processing', 'K2 waiting', 'K3 waiting']);
    expect(after.components.map((c) => c.firstDue)).toEqual(['2026-11-20', '2026-11-26', '2026-11-25']);
  });
  test('papers that come after 15:00 make the same-day component due on the next working day', () => {
    const asked = stepped(friday, { action: 'ask_supplement', on: '2026-11-20', components: ['K1'] });
    const due = (time: string) =>
      part(stepped(asked, { action: 'supplement_arrived', on: '2026-11-23', time, components: ['K1'] }), 'K1')
        .due;
    expect([due('15:00'), due('15:01')]).toEqual(['2026-11-23', '2026-11-25']);
  });
  test('a component asked while it waits has no clock to stop; from the end of K1 on it stands still', () => {
    const after = stepped(
      friday,
      { action: 'ask_supplement', on: '2026-11-20', components: ['K2'] },
      { action: 'result_received', on: '2026-11-23', components: ['K1'] },
      { action: 'supplement_arrived', on: '2026-11-26', components: ['K2'] },
    );
    // Begun on 23/11, three days: 27/11; stood still 25 and 26/11: 01/12.
    expect(part(after, 'K2')).toMatchObject({
      due: '2026-12-01',
      startedOn: '2026-11-23',
      state: 'processing',
    });
    const before = stepped(
      friday,
      { action: 'ask_supplement', on: '2026-11-20', components: ['K2'] },
      { action: 'supplement_arrived', on: '2026-11-26', components: ['K2'] },
    );
    expect(part(before, 'K2')).toMatchObject({ due: '2026-11-26', state: 'waiting' });
  });
  test('the time of a citizen who never came back is taken off the refusal too: it is not the office that was late', () => {
    const refused = stepped(
      friday,
      { action: 'ask_supplement', on: '2026-11-20' },
      { action: 'refuse', on: '2026-12-03' },
    );
    for (const c of refused.components) expect(timeClass(c, '2026-12-31'), c.code).not.toBe('late');
    expect(chainTimeClass(refused, '2026-12-31')).not.toBe('late');
  });
  test('pauses that overlap move the chain once: the union of their working days', () => {
    const day = fc.nat(9).map((n) => addWorkingDays('2026-11-25', n, specialDays));
    fc.assert(
      fc.property(day, day, day, day, (a, b, c, d) => {
        const [askedK2 = '', arrivedK2 = ''] = [a, b].sort();
        const [askedK3 = '', arrivedK3 = ''] = [c, d].sort();
        const begun = stepped(friday, { action: 'result_received', on: '2026-11-25', components: ['K1'] });
        const steps: Said[] = [
          { action: 'ask_supplement' as const, on: askedK2, components: ['K2'] },
          { action: 'supplement_arrived' as const, on: arrivedK2, components: ['K2'] },
          { action: 'ask_supplement' as const, on: askedK3, components: ['K3'] },
          { action: 'supplement_arrived' as const, on: arrivedK3, components: ['K3'] },
        ];
        const order = steps
          .map((step, i) => ({ step, i }))
          .sort((x, y) => (x.step.on < y.step.on ? -1 : x.step.on > y.step.on ? 1 : x.i - y.i));
        const after = stepped(begun, ...order.map((o) => o.step));
        const off = new Set<string>();
        for (let n = 0; n < 12; n++) {
          const at = addWorkingDays('2026-11-25', n, specialDays);
          if ((at > askedK2 && at <= arrivedK2) || (at > askedK3 && at <= arrivedK3)) off.add(at);
        }
        expect(workingDaysBetween(friday.due ?? '', after.due ?? '', specialDays)).toBe(off.size);
        const own = (from: string, to: string) => workingDaysBetween(from, to, specialDays);
        expect(own(part(begun, 'K2').due ?? '', part(after, 'K2').due ?? '')).toBe(own(askedK2, arrivedK2));
        expect(own(part(begun, 'K3').due ?? '', part(after, 'K3').due ?? '')).toBe(own(askedK3, arrivedK3));
      }),
      { numRuns: 300 },
    );
  });
  test('whatever the day: what was late when papers were asked for stays late, what was not may still be on time', () => {
    const start = fc.nat(1500).map((n) => addDays('2023-07-10', n));
    fc.assert(
      fc.property(
        start,
        fc.nat(12),
        fc.nat(12),
        fc.constantFrom('08:00', '15:00', '15:01'),
        (date, wait, length, time) => {
          const dossier = opened({ date, time });
          const [asked, arrived] = [addDays(date, wait), addDays(date, wait + length)];
          const step = (action: Action, on: string): Said => ({ action, on, time, components: ['K1'] });
          const back = stepped(dossier, step('ask_supplement', asked), step('supplement_arrived', arrived));
          const done = stepped(back, step('result_received', arrived));
          const [before, k1] = [part(dossier, 'K1'), part(done, 'K1')];
          const late = (before.due ?? '') < asked;
          expect(timeClass(k1, arrived) === 'late').toBe(late);
          expect(isWorkingDay(k1.due ?? '', specialDays)).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });
  test('no clock moves while the dossier lies at another agency, waits for money, or meets an obstacle', () => {
    const running = stepped(friday, { action: 'result_received', on: '2026-11-20', components: ['K1'] });
    const steps: Said[] = [
      { action: 'forward', on: '2026-11-23', components: ['K2'] },
      { action: 'report_obstacle', on: '2026-11-23', components: ['K2'] },
      { action: 'hand_over', on: '2026-11-25', components: ['K2'] },
      { action: 'clear_obstacle', on: '2026-11-26', components: ['K2'] },
      { action: 'came_back', on: '2026-12-10', components: ['K2'] },
      { action: 'ask_payment', on: '2026-12-10', components: ['K2'] },
      { action: 'paid', on: '2026-12-20', components: ['K2'] },
    ];
    const after = stepped(running, ...steps);
    expect(dues(after)).toEqual(dues(running));
    expect(timeClass(part(after, 'K2'), '2026-12-20')).toBe('overdue');
    const there = stepped(running, ...steps.slice(0, 2));
    expect(part(there, 'K2')).toMatchObject({
      state: 'elsewhere',
      at: 'Công an phường',
      obstacle: 'khac',
      since: '2026-11-23',
    });
  });
  test('an extension moves the chosen ones, what waits for them, and the chain only where it would end before', () => {
    const near = stepped(friday, {
      action: 'extend',
      on: '2026-11-20',
      components: ['K1'],
      newDue: '2026-11-25',
    });
    expect(dues(near)).toEqual(['2026-11-25', '2026-11-30', '2026-11-27', '2026-11-26']);
    const far = stepped(friday, {
      action: 'extend',
      on: '2026-11-20',
      components: ['K1'],
      newDue: '2026-12-04',
    });
    expect(far.due).toBe('2026-12-04');
  });
});

describe('whom a step takes along', () => {
  test.each(['refuse', 'stop', 'withdraw'] as const)('%s of K1 ends what waits for it', (action) => {
    const after = stepped(friday, { action, on: '2026-11-23', components: ['K1'] });
    expect(after.components.map((c) => [c.state, c.endedOn])).toEqual(
      Array(3).fill([after.components[0]?.state, '2026-11-23']),
    );
    expect(chainOutcome(after.components)).toBe('none');
    const back = stepped(after, { action: 'take_back', on: '2026-11-25' });
    expect(states(back)).toEqual(['K1 processing', 'K2 waiting', 'K3 waiting']);
    expect(back.components.map((c) => c.endedOn)).toEqual([null, null, null]);
  });
  test('what has begun goes on', () => {
    const begun = stepped(friday, { action: 'result_received', on: '2026-11-20', components: ['K1'] });
    const after = stepped(begun, { action: 'refuse', on: '2026-11-23', components: ['K2'] });
    expect(states(after)).toEqual(['K1 done', 'K2 refused', 'K3 processing']);
  });
});

describe('what a clerk is told before the step', () => {
  const warned = (dossier: Dossier, said: Said) =>
    actWarnings(
      dossier,
      { components: ['K1'], ...said, at: { date: said.on, time: '09:00' } },
      rulesOn({ date: dossier.receivedOn }),
    );
  const asked = stepped(friday, { action: 'ask_supplement', on: '2026-11-20', components: ['K1'] });
  const arrived = stepped(asked, { action: 'supplement_arrived', on: '2026-11-23', components: ['K1'] });
  const extended = stepped(friday, {
    action: 'extend',
    on: '2026-11-20',
    components: ['K1'],
    newDue: '2026-11-25',
  });
  test.each<[string, Dossier, Said, string[]]>([
    ['a first request', friday, { action: 'ask_supplement', on: '2026-11-20' }, []],
    ['a second request', arrived, { action: 'ask_supplement', on: '2026-11-25' }, ['SUPPLEMENT_SECOND']],
    [
      'a second request, of another component',
      asked,
      { action: 'ask_supplement', on: '2026-11-25', components: ['K2'] },
      ['SUPPLEMENT_SECOND'],
    ],
    ['an extension before the day', friday, { action: 'extend', on: '2026-11-20' }, []],
    ['an extension after the day', friday, { action: 'extend', on: '2026-11-21' }, ['EXTENSION_AFTER_DUE']],
    ['a second extension', extended, { action: 'extend', on: '2026-11-25' }, ['EXTENSION_AGAIN']],
    [
      'a refusal within the seven days',
      asked,
      { action: 'refuse', on: '2026-12-02' },
      ['REFUSAL_BEFORE_SUPPLEMENT_END'],
    ],
    ['a refusal after them', asked, { action: 'refuse', on: '2026-12-03' }, []],
    ['a refusal for other reasons', friday, { action: 'refuse', on: '2026-11-20' }, []],
  ])('%s', (_, dossier, said, codes) => {
    expect(warned(dossier, said)).toEqual(codes);
  });
  test('a second extension is told of unless the office has corrected how many are legal', () => {
    const key = { key: 'reception.extensions', from: '2023-07-10' };
    const twice = corrected(catalogue, [{ ...key, value: '2', source: 'QĐ thử' }]);
    const request = {
      action: 'extend',
      components: ['K1'],
      at: { date: '2026-11-25', time: '09:00' },
    } as const;
    expect(actWarnings(extended, request, rulesOn({ date: '2026-11-20', law: twice }))).toEqual([]);
  });
});

test('every action is in the table once', () => {
  expect(new Set(actions).size).toBe(actions.length);
});
