/** The table of states and actions, walked cell by cell: every action x state x role x day. */
import { describe, expect, test } from 'vitest';
import {
  type Action,
  actions,
  type ComponentState,
  componentStates,
  portalCode,
} from '../../../../shared/domain/action-rules.ts';
import { allowedActions } from '../../../../shared/domain/allowed-actions.ts';
import type { Dossier, DossierComponent } from '../../../../shared/domain/dossier.ts';
import { roles } from '../../../../shared/domain/verbs.ts';
import { Problem } from '../../../../shared/problem.ts';
import { opened, part, planned, projected } from '../../../support/steps.ts';

const closing = 'result_received refuse stop withdraw';
const always = 'hand_over report_obstacle clear_obstacle';
/** Written out once more, apart from the program's own table. */
const table: Record<ComponentState, string> = {
  waiting: `ask_supplement ${closing} ${always}`,
  processing: `ask_supplement forward ask_payment extend ${closing} ${always}`,
  supplement: `supplement_arrived ${closing} ${always}`,
  payment: `ask_supplement paid extend ${closing} ${always}`,
  elsewhere: `ask_supplement came_back extend ${closing} ${always}`,
  done: 'give_result hand_over take_back',
  given: 'take_back',
  refused: 'take_back',
  withdrawn: 'take_back',
  stopped: 'take_back',
};
/** The state after the action where its clock runs; `null` = it stays. */
const next: Record<Action, ComponentState | null> = {
  ask_supplement: 'supplement',
  supplement_arrived: 'processing',
  forward: 'elsewhere',
  came_back: 'processing',
  ask_payment: 'payment',
  paid: 'processing',
  result_received: 'done',
  give_result: 'given',
  refuse: 'refused',
  stop: 'stopped',
  withdraw: 'withdrawn',
  extend: null,
  hand_over: null,
  report_obstacle: null,
  clear_obstacle: null,
  take_back: 'processing',
};

const RECEIVED = '2026-11-16';
const SINCE = '2026-11-19';
const days = { before: '2026-11-13', received: RECEIVED, since: SINCE, later: '2026-12-04' };
const base = opened({ date: RECEIVED });

function standing(state: ComponentState, more: Partial<DossierComponent> = {}): Dossier {
  const ended = ['done', 'given', 'refused', 'withdrawn', 'stopped'].includes(state);
  const component: DossierComponent = {
    ...part(base, 'K1'),
    ...{ state, since: SINCE, obstacle: 'khac' },
    startedOn: state === 'waiting' ? null : RECEIVED,
    endedOn: ended ? SINCE : null,
    askedOn: state === 'supplement' ? SINCE : '',
    ...more,
  };
  return { ...base, components: [component] };
}
const allowed = (dossier: Dossier, role: (typeof roles)[number], on: string) =>
  allowedActions(dossier, { role, office: dossier.office }, on).map((a) => a.action);
function attempt(dossier: Dossier, said: Parameters<typeof planned>[1]): string {
  try {
    planned(dossier, said);
    return 'OK';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe.each(componentStates)('a component that is %s', (state) => {
  test.each(actions)(
    '%s: allowed to its roles from its own day on, refused elsewhere, planned exactly where allowed',
    (action) => {
      const dossier = standing(state);
      for (const role of roles)
        for (const [name, on] of Object.entries(days)) {
          const mayWrite = ['clerk', 'head', 'officer'].includes(role);
          const inTime = name === 'since' || name === 'later';
          const expected = mayWrite && inTime && table[state].split(' ').includes(action);
          expect(allowed(dossier, role, on).includes(action), `${role} ${name}`).toBe(expected);
          expect(attempt(dossier, { action, on, role }) === 'OK', `plan ${role} ${name}`).toBe(expected);
        }
    },
  );

  test('after each action it stands where the table says', () => {
    for (const action of table[state].split(' ') as Action[]) {
      const before = standing(state);
      const after = projected(before, planned(before, { action, on: days.later }));
      const expected =
        action === 'take_back' && state === 'given'
          ? 'done'
          : state === 'waiting' && next[action] === 'processing'
            ? 'waiting'
            : (next[action] ?? state);
      expect(part(after, 'K1').state, action).toBe(expected);
    }
  });
  test('has a code of the national portal', () => {
    expect(portalCode[state]).toBeGreaterThanOrEqual(2);
    expect(portalCode[state]).toBeLessThanOrEqual(10);
  });
});

test('the codes of the national portal', () => {
  const by = (code: number) => componentStates.filter((s) => portalCode[s] === code);
  expect([2, 3, 4, 5, 6, 7, 8, 9, 10].map(by)).toEqual([
    ['waiting'],
    ['refused'],
    ['processing', 'elsewhere'],
    ['supplement'],
    ['payment'],
    ['withdrawn'],
    ['stopped'],
    ['done'],
    ['given'],
  ]);
});

test('an obstacle is cleared only where one is open; a day is put off only where one was promised', () => {
  expect(allowed(standing('processing', { obstacle: '' }), 'clerk', SINCE)).not.toContain('clear_obstacle');
  expect(allowed(standing('processing', { due: null }), 'clerk', SINCE)).not.toContain('extend');
});
test('a component whose clock has not begun goes back to waiting, from wherever it was', () => {
  for (const [state, action] of [
    ['supplement', 'supplement_arrived'],
    ['elsewhere', 'came_back'],
    ['payment', 'paid'],
    ['refused', 'take_back'],
  ] as const) {
    const before = standing(state, { startedOn: null });
    expect(part(projected(before, planned(before, { action, on: days.later })), 'K1').state, state).toBe(
      'waiting',
    );
  }
});
test('of several components only those that may are named', () => {
  const dossier = {
    ...base,
    components: [...standing('done').components, part(base, 'K2'), part(base, 'K3')],
  };
  const found = allowedActions(dossier, { role: 'clerk', office: dossier.office }, days.later);
  expect(found.find((a) => a.action === 'give_result')?.components).toEqual(['K1']);
  expect(found.find((a) => a.action === 'refuse')?.components).toEqual(['K2', 'K3']);
  expect(found.find((a) => a.action === 'forward')).toBeUndefined();
  expect(attempt(dossier, { action: 'give_result', on: days.later })).toBe('ACTION_NOT_ALLOWED');
});
test.each([
  ['a day before the reception', { on: days.before }, 'STEP_BEFORE_RECEIVED'],
  ['a day before its last step', { on: days.received }, 'STEP_BEFORE_LAST'],
  ['a component that the dossier does not have', { on: SINCE, components: ['T1'] }, 'COMPONENT_UNKNOWN'],
  ['no component', { on: SINCE, components: [] }, 'COMPONENT_UNKNOWN'],
  ['an auditor', { on: SINCE, role: 'auditor' }, 'ACTION_NOT_ALLOWED'],
] as const)('%s is refused by name', (_, more, code) => {
  expect(attempt(standing('processing'), { action: 'hand_over', ...more })).toBe(code);
});
