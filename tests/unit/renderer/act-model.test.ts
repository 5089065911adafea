import { describe, expect, it } from 'vitest';
import {
  actForm,
  actInput,
  actKeys,
  agencies,
  changedElsewhere,
  fieldsOfAct,
  preselected,
  readTime,
  readyReasons,
  unreadable,
  withComponents,
} from '../../../renderer/screens/dossiers/detail/act-model.ts';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { type Action, actionRules, actions } from '../../../shared/domain/action-rules.ts';
import type { ActRequest } from '../../../shared/domain/plan-act.ts';
import { allowedOn } from '../../support/gate.ts';
import { type Life, makeDetail } from '../../support/make-detail.ts';

const now = { date: '2026-11-20', time: '09:30' };
const at = (date: string) => ({ date, time: '10:00' });

function context(action: Action, life: Life = {}, missing: Parameters<typeof actForm>[1]['missing'] = []) {
  const detail = makeDetail(life);
  const allowed = allowedOn(detail, 'clerk', now.date).find((a) => a.action === action)?.components ?? [];
  return { detail, catalogue, missing, allowed, now };
}

const k1Done = { action: 'result_received', components: ['K1'], at: at('2026-11-17') } as const;

it('gives every action one key of its own that the page does not use', () => {
  expect(actKeys.map(([action]) => action).toSorted()).toEqual([...actions].toSorted());
  const keys = actKeys.map(([, key]) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((key) => ['S', 'E', 'I', 'N', 'M'].includes(key))).toEqual([]);
});

it.each(actions)('asks in the dialog of %s for everything that its rule needs', (action) => {
  const asked = fieldsOfAct(action).map((field) => (field === 'newDue' ? 'new_due' : field));
  expect(asked).toEqual(expect.arrayContaining([...actionRules[action].needs]));
});

describe('components chosen beforehand', () => {
  it.each<[Action, Life, readonly string[]]>([
    ['result_received', {}, ['K1']],
    ['result_received', { steps: [k1Done] }, ['K3']],
    ['give_result', { steps: [k1Done] }, ['K1']],
    ['forward', { steps: [k1Done] }, ['K3']],
    ['refuse', {}, ['K1', 'K2', 'K3']],
    ['hand_over', { steps: [k1Done] }, ['K1', 'K2', 'K3']],
    ['take_back', { steps: [k1Done] }, ['K1']],
    ['withdraw', {}, ['K1', 'K2', 'K3']],
  ])('%s of %j', (action, life, components) => {
    expect(preselected(action, context(action, life))).toEqual(components);
  });

  it('asks the component whose paper is missing', () => {
    const missing = [{ code: 'p', component: 'K2', todo: 'Nộp giấy' }];
    expect(preselected('ask_supplement', context('ask_supplement', { steps: [k1Done] }, missing))).toEqual([
      'K2',
    ]);
  });

  it('refuses what the citizen did not complete', () => {
    const asked = {
      action: 'ask_supplement',
      components: ['K3'],
      at: at('2026-11-18'),
      items: ['x'],
    } as const;
    expect(preselected('refuse', context('refuse', { steps: [k1Done, asked] }))).toEqual(['K3']);
  });
});

it('names all missing papers of the chosen components at once, and what was typed beside', () => {
  const missing = [
    { code: 'chung_sinh', component: 'K1', todo: 'Nộp giấy chứng sinh' },
    { code: 'khac', component: 'K3', todo: 'Nộp tờ khai BHYT' },
  ];
  const form = {
    ...actForm('ask_supplement', context('ask_supplement', {}, missing)),
    more: ' Ghi lại nơi sinh \n\n',
  };
  expect(actInput(form, missing)).toEqual({
    action: 'ask_supplement',
    components: ['K1'],
    on: null,
    time: null,
    items: ['Nộp giấy chứng sinh', 'Ghi lại nơi sinh'],
    papers: ['chung_sinh'],
  });
});

it('takes the papers that were asked for as handed in, and sends their states', () => {
  const asked: ActRequest = {
    action: 'ask_supplement',
    components: ['K1'],
    at: at('2026-11-17'),
    items: ['Giấy chứng sinh'],
    papers: ['giay_chung_sinh'],
  };
  const form = actForm('supplement_arrived', context('supplement_arrived', { steps: [asked] }));
  expect(actInput(form, []).changes).toEqual({ 'paper.giay_chung_sinh': 'original' });
});

it('sends day and hour only where they were typed', () => {
  const form = actForm('came_back', context('came_back'));
  expect(actInput(form, [])).toMatchObject({ on: null, time: null });
  const typed = { ...form, date: '18112026', time: '1430', whenTouched: true };
  expect(actInput(typed, [])).toMatchObject({ on: '2026-11-18', time: '14:30' });
  expect(unreadable({ ...typed, date: '31022026', time: '25:00', newDue: 'mai' })).toEqual([
    'date',
    'time',
    'newDue',
  ]);
});

it('sends the codes of the chosen components only', () => {
  const form = actForm('result_received', context('result_received'));
  const codes = { K1: ' KS 1/2026 ', K2: 'bỏ' };
  expect(actInput({ ...form, codes }, []).changes).toEqual({ 'code.K1': 'KS 1/2026' });
});

it('lets the agency follow the components until another one is typed', () => {
  const { detail, ...rest } = context('forward', { steps: [k1Done] });
  const form = actForm('forward', { detail, ...rest });
  expect(form.to).toBe('Cơ quan K3');
  expect(withComponents(form, ['K2'], detail).to).toBe('Cơ quan K2');
  expect(withComponents(form, ['K2', 'K3'], detail).to).toBe('');
  const typed = { ...form, to: 'Sở Tư pháp', toFollows: false };
  expect(withComponents(typed, ['K2'], detail).to).toBe('Sở Tư pháp');
});

it('offers agencies of components, of earlier steps and of the catalogue, each once', () => {
  const to = 'Công an phường Bến Thành';
  const detail = makeDetail({ steps: [{ action: 'forward', components: ['K1'], at: at('2026-11-16'), to }] });
  const offered = agencies(catalogue, detail, now.date);
  expect(offered).toEqual(expect.arrayContaining(['Cơ quan K1', to]));
  expect(new Set(offered).size).toBe(offered.length);
});

it.each<[Action, boolean]>([
  ['ask_supplement', true],
  ['refuse', true],
  ['extend', true],
  ['stop', true],
  ['withdraw', true],
  ['take_back', true],
  ['paid', false],
])('has ready reasons for %s: %s', (action, some) => {
  expect(readyReasons(catalogue, action, '2026-11-16').length > 0).toBe(some);
});

it.each([
  ['9:05', '09:05'],
  ['0905', '09:05'],
  ['905', '09:05'],
  ['14h30', '14:30'],
  ['14g30', '14:30'],
  ['24:00', null],
  ['12:60', null],
  ['', null],
  ['sáng', null],
])('reads the hour %j as %j', (typed, hour) => {
  expect(readTime(typed)).toBe(hour);
});

it.each<[readonly boolean[], number, number, boolean]>([
  [[true, true], 2, 1, false],
  [[false, true], 2, 1, true],
  [[true, false, true], 3, 1, true],
  [[true, false, true], 3, 2, false],
  [[false], 1, 1, false],
  [[false], 1, 4, false],
])('history of own entries %j, revision %i seen at %i: changed elsewhere %s', (own, revision, base, is) => {
  const history = own.map((deviceIsThis) => ({ deviceIsThis }));
  expect(changedElsewhere({ revision, history }, base)).toBe(is);
});
