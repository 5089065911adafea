/** The life of a dossier after its reception, through the window's own door: steps, notes, corrections, codes, a merger on the way. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { actions } from '../../../shared/domain/action-rules.ts';
import { accepted, cityAnswers } from '../../support/city-answer.ts';
import { cityJudges } from '../../support/city-judges.ts';
import { everybody, reception } from '../../support/forms.ts';
import { allowedOn } from '../../support/gate.ts';
import { dropTestDesk, openTestDesk, type TestDesk, type TestDeskOptions } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
type Step = Input<'dossier.act'>['step'];
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

async function reopened(options: TestDeskOptions): Promise<void> {
  await dropTestDesk(desk);
  desk = openTestDesk(options);
}
const get = () => desk.call('dossier.get', { id: ID });
async function act(action: Step['action'], components: string[], more: Partial<Step> = {}): Promise<number> {
  const { revision: base } = await get();
  const step: Step = {
    action,
    components,
    on: null,
    time: null,
    reason: 'lý do thử',
    to: 'Công an phường Bến Thành',
    ...more,
  };
  return (await desk.call('dossier.act', { id: ID, base, step })).revision;
}
async function correct(values: Record<string, string>): Promise<void> {
  const { form, revision } = await get();
  await desk.call('dossier.correct', {
    id: ID,
    base: revision,
    values: { ...form, ...values },
    reason: 'người dân báo lại',
  });
}
const list = (more: object) =>
  desk
    .call('dossier.index', { ...everybody, ...more })
    .then((ns) => desk.call('dossier.rows', { ns: [...ns] }));
const on = (day: string) => desk.clock.set(`${day}T02:30:00Z`);
const allAccepted = (sender = {}) =>
  expect(cityJudges(desk, sender).map((v) => v.code ?? v.kind)).toEqual(
    Array(verifyDesk(desk.desk.db).events).fill('accepted'),
  );

test('a birth dossier from reception to the last paper in the hands of the family', async () => {
  await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '' }));
  await act('ask_supplement', ['K1'], { items: ['Nộp giấy chứng sinh'], papers: ['ks_giay_chung_sinh'] });
  expect((await list({ state: 'supplement' })).map((r) => r.state)).toEqual(['supplement']);
  on('2026-11-23');
  await act('supplement_arrived', ['K1'], { changes: { 'paper.ks_giay_chung_sinh': 'original' } });
  await act('result_received', ['K1'], { changes: { 'code.K1': '12/2026' } });
  expect((await get()).components.map((c) => [c.code, c.state, c.startedOn, c.due])).toEqual([
    ['K1', 'done', '2026-11-20', '2026-11-23'],
    ['K2', 'processing', '2026-11-23', '2026-11-27'],
    ['K3', 'processing', '2026-11-23', '2026-11-26'],
  ]);
  await act('hand_over', ['K2'], { from: 'Bộ phận Một cửa' });
  await act('forward', ['K2']);
  expect((await list({ state: 'elsewhere' })).map((r) => r.nextDue)).toEqual(['2026-11-26']);
  await act('report_obstacle', ['K2'], { obstacle: 'khac' });
  expect(await list({ state: 'obstacle' })).toHaveLength(1);
  on('2026-11-27');
  expect((await desk.call('today.get', {})).overdue.map((r) => r.id)).toEqual([ID]);
  await act('clear_obstacle', ['K2']);
  await act('result_received', ['K2', 'K3'], { on: '2026-11-26', time: '16:30' });
  expect((await get()).outcome).toBe('whole');
  expect(await list({ state: 'to_give' })).toHaveLength(1);
  await act('give_result', ['K1', 'K2', 'K3']);
  const detail = await get();
  expect(detail.components.map((c) => [c.state, c.endedOn])).toEqual([
    ['given', '2026-11-23'],
    ['given', '2026-11-26'],
    ['given', '2026-11-26'],
  ]);
  expect([await list({ state: 'to_give' }), (await list({ state: 'ended' })).length]).toEqual([[], 1]);
  expect(detail.steps.map((s) => s.action)).toHaveLength(9);
  expect(detail.history).toHaveLength(10);
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  allAccepted();
});

test('the dispatch refuses exactly what the table does not allow, and a refusal leaves nothing', async () => {
  await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '' }));
  await act('result_received', ['K1']);
  const detail = await get();
  const allowed = allowedOn(detail, 'clerk', '2026-11-20');
  const said = {
    reason: 'x',
    items: ['x'],
    to: 'x',
    obstacle: 'khac',
    newDue: '2026-12-31',
    on: null,
    time: null,
  };
  for (const action of actions)
    for (const { code } of detail.components) {
      if (allowed.find((a) => a.action === action)?.components.includes(code)) continue;
      const step = { ...said, action, components: [code] };
      expect(await desk.refusal('dossier.act', { id: ID, base: 2, step }), `${action} ${code}`).toBe(
        'ACTION_NOT_ALLOWED',
      );
    }
  expect([(await get()).revision, verifyDesk(desk.desk.db).events]).toEqual([2, 2]);
});

test('a step from an old screen is refused; pressed twice it is done once', async () => {
  await desk.call('dossier.receive', reception(ID, 'birth'));
  const step: Step = {
    action: 'report_obstacle',
    components: ['K1'],
    obstacle: 'khac',
    on: null,
    time: null,
  };
  await desk.call('dossier.act', { id: ID, base: 1, step });
  expect(await desk.refusal('dossier.act', { id: ID, base: 1, step })).toBe('DOSSIER_CHANGED');
  expect((await get()).steps).toHaveLength(1);
});

describe('typed later', () => {
  test('a step keeps the day on which it happened, its clocks count from there, and none may run before the last', async () => {
    await desk.call('dossier.receive', {
      ...reception(ID, 'birth'),
      received: { date: '2026-11-16', time: '09:00' },
      values: reception(ID, 'birth', { 'child.birth': '2026-11-10' }).values,
    });
    await act('result_received', ['K1'], { on: '2026-11-17', time: '08:00' });
    const [k1, k2] = (await get()).components;
    expect([k1?.endedOn, k2?.startedOn, k2?.due]).toEqual(['2026-11-17', '2026-11-17', '2026-11-20']);
    const step = { action: 'forward', components: ['K2'], to: 'x', on: '2026-11-16', time: null };
    expect(await desk.refusal('dossier.act', { id: ID, base: 2, step })).toBe('STEP_BEFORE_LAST');
    // A day without an hour is taken as its end of work.
    await act('forward', ['K2'], { on: '2026-11-18' });
    expect((await get()).steps.at(-1)).toMatchObject({ on: '2026-11-18', time: '17:00' });
    allAccepted();
  });
});

describe('the history', () => {
  test('tells each step and correction before and after, also those made after a component closed', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '' }));
    const before = (await get()).form['child.fullName'];
    await act('result_received', ['K1']);
    await act('give_result', ['K1']);
    await correct({ 'child.fullName': "H'Bia Ê-ban Đạt" });
    const { history, form, components } = await get();
    expect(form['child.fullName']).toBe("H'Bia Ê-ban Đạt");
    expect(components[0]?.state).toBe('given');
    expect(history[0]).toMatchObject({
      verb: 'dossier.correct',
      reason: 'người dân báo lại',
      step: null,
      changes: [{ field: 'child.fullName', before, after: "H'Bia Ê-ban Đạt" }],
    });
    expect(history[2]?.step).toMatchObject({ action: 'result_received', components: ['K1'] });
    expect(history[2]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'component/K1', before: 'processing', after: 'done' },
        { field: 'component/K2', before: 'waiting', after: 'processing' },
      ]),
    );
    allAccepted();
  });
  test('shows a due day that a supplement moved', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '' }));
    await act('ask_supplement', ['K1'], { items: ['x'] });
    on('2026-11-23');
    await act('supplement_arrived', ['K1']);
    expect((await get()).history[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'due/K1', before: '2026-11-20', after: '2026-11-23' },
        { field: 'due/K2', before: '2026-11-26', after: '2026-11-27' },
        { field: 'due', before: '2026-11-26', after: '2026-11-27' },
      ]),
    );
  });
});

describe('a correction of what was asked for', () => {
  test('adds the component with its clock from today where K1 has ended', async () => {
    await desk.call(
      'dossier.receive',
      reception(ID, 'death', { 'request.funeral': '', 'request.survivor': '', 'request.headChange': '' }),
    );
    await act('result_received', ['T1']);
    on('2026-11-25');
    await correct({
      'request.funeral': '1',
      'funeral.group': 'bao_tro_xa_hoi',
      'funeral.payment': 'tien_mat',
    });
    const t3 = (await get()).components.find((c) => c.code === 'T3');
    expect(t3).toMatchObject({
      state: 'processing',
      startedOn: '2026-11-25',
      due: '2026-11-30',
      waitsFor: null,
    });
    allAccepted();
  });
  test('adds it waiting where K1 runs, and K1 starts it', async () => {
    await desk.call(
      'dossier.receive',
      reception(ID, 'death', { 'request.funeral': '', 'request.survivor': '', 'request.headChange': '' }),
    );
    await correct({ 'request.headChange': '1', 'request.survivor': '1' });
    expect((await get()).components.slice(2).map((c) => [c.code, c.state, c.due])).toEqual([
      ['T4', 'waiting', null],
      ['T5', 'waiting', null],
    ]);
    on('2026-11-23');
    await act('result_received', ['T1']);
    expect((await get()).components.map((c) => c.startedOn)).toEqual([
      '2026-11-20',
      ...Array(3).fill('2026-11-23'),
    ]);
    allAccepted();
  });
  test('does not drop one that is being worked on: it is withdrawn first', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '1' }));
    const { form } = await get();
    const input = { id: ID, base: 1, values: { ...form, 'request.idCard': '' }, reason: 'không làm nữa' };
    expect(await desk.refusal('dossier.correct', input)).toBe('COMPONENT_STAYS');
    await act('withdraw', ['K4']);
    await correct({ 'request.idCard': '' });
    expect((await get()).components.map((c) => c.state)).toEqual([
      'processing',
      'waiting',
      'waiting',
      'withdrawn',
    ]);
    allAccepted();
  });
});

describe('codes', () => {
  test.each(['T-7-261120-001', '000.00.12.H29-261120-0007', '0007', 'KT-2026/778', '778', 'kt 2026'])(
    'the dossier is found by %j',
    async (q) => {
      await desk.call('dossier.receive', reception(ID, 'birth'));
      await desk.call('dossier.annotate', {
        id: ID,
        changes: { 'code.official': '000.00.12.H29-261120-0007', 'code.K2': 'KT-2026/778' },
      });
      expect((await list({ q })).map((r) => [r.id, r.officialCode])).toEqual([
        [ID, '000.00.12.H29-261120-0007'],
      ]);
    },
  );
  test('a code that was cleared is found no more, and the temporary number never looks official', async () => {
    const { code } = await desk.call('dossier.receive', reception(ID, 'birth'));
    await desk.call('dossier.annotate', { id: ID, changes: { 'code.official': 'H29-1' } });
    await desk.call('dossier.annotate', { id: ID, changes: { 'code.official': ' ' } });
    expect(await list({ q: 'H29-1' })).toEqual([]);
    expect((await get()).form['code.official']).toBeUndefined();
    expect(code).not.toMatch(/H29/);
  });
  test('notes survive a correction, and a correction never touches them', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    await desk.call('dossier.annotate', { id: ID, changes: { 'code.official': 'H29-1' } });
    const { form } = await get();
    const values = { ...form, 'code.official': 'H29-2' };
    expect(await desk.refusal('dossier.correct', { id: ID, base: 2, values, reason: 'x' })).toBe(
      'NOTHING_CHANGED',
    );
    await correct({ 'child.fullName': 'Trần Thị Mới' });
    expect((await get()).form['code.official']).toBe('H29-1');
  });
});

describe('a correction of the catalogue', () => {
  const row = (value: string) => ({ key: 'limit.K2', from: '2023-07-10', value, source: 'Công văn thử' });
  const k2 = async (id: string) =>
    (await desk.call('dossier.get', { id })).components.find((c) => c.code === 'K2');
  test('counts for what comes in after it; a day that was promised stays; a clock that begins later has the new limit', async () => {
    await reopened({ role: 'head' });
    await desk.call('dossier.receive', reception(ID, 'birth'));
    expect(
      await desk.call('catalogue.correct', { corrections: [row('5')], reason: 'theo công văn' }),
    ).toEqual({ revision: 1 });
    const later = desk.desk.ids.uuid();
    await desk.call('dossier.receive', reception(later, 'birth'));
    expect([(await k2(ID))?.due, (await k2(later))?.due]).toEqual(['2026-11-26', '2026-11-30']);
    expect((await k2(later))?.dueVerified).toBe(true);
    await act('result_received', ['K1']);
    expect((await k2(ID))?.due).toBe('2026-11-30');
    expect((await desk.call('catalogue.get', {})).corrections).toEqual([
      { ...row('5'), office: '26743', officeName: 'Phường Bến Thành' },
    ]);
    const again = { corrections: [row('5')], reason: 'lần nữa' };
    expect(await desk.refusal('catalogue.correct', again)).toBe('NOTHING_CHANGED');
    await desk.call('catalogue.correct', { corrections: [row('4')], reason: 'lần nữa' });
    expect((await desk.call('catalogue.get', {})).corrections.map((c) => c.value)).toEqual(['4']);
    allAccepted({ role: 'head' });
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
});

describe('a corrected word of the catalogue', () => {
  test('names the paper that ends the registration of a death, from its day on', async () => {
    await reopened({ role: 'head' });
    await desk.call('dossier.receive', reception(ID, 'death'));
    const word = {
      key: 'wording.deathPaper',
      from: '2023-07-10',
      value: 'Giấy báo đã khai tử',
      source: 'QĐ thử',
    };
    await desk.call('catalogue.correct', { corrections: [word], reason: 'đọc nguyên văn' });
    expect((await get()).components[0]?.result).toBe('Giấy báo đã khai tử');
    allAccepted({ role: 'head' });
  });
});

describe('a merger of wards on the way', () => {
  test('the ward that took over types in, works on and ends a dossier of the ward that is gone, and the city accepts', async () => {
    const { values } = reception(ID, 'birth', { 'child.birth': '2025-06-10', 'request.idCard': '' });
    const past = Object.fromEntries(
      Object.entries(values).filter(([key, v]) => !(key !== 'child.birth' && /^202[56]-/.test(v))),
    );
    await desk.call('dossier.receive', {
      ...reception(ID, 'birth'),
      values: past,
      commune: '26749@2021-01-01',
      received: { date: '2025-06-20', time: '09:00' },
    });
    await act('result_received', ['K1'], { on: '2025-06-20', time: '10:00' });
    await act('result_received', ['K2', 'K3'], { on: '2025-07-02' });
    await correct({ 'child.fullName': 'Trần Thị Mới' });
    const detail = await get();
    expect([detail.regime, detail.commune.key, detail.outcome]).toEqual([
      'nd63-2024',
      '26749@2021-01-01',
      'whole',
    ]);
    expect(detail.commune.name).toBe('Phường Phạm Ngũ Lão');
    allAccepted();
  });
  test('a desk that worked through the night of 30/06/2025 goes on, with the agencies of today and the ward of that day', async () => {
    on('2025-06-27');
    const values = { ...reception(ID, 'birth').values, 'child.birth': '2025-06-10' };
    const past = Object.fromEntries(
      Object.entries(values).filter(([, v]) => !/^202(5-(0[7-9]|1)|6)/.test(v)),
    );
    await desk.call('dossier.receive', { ...reception(ID, 'birth'), commune: '26743', values: past });
    const before = await get();
    cityAnswers(desk, () => accepted);
    on('2025-07-08');
    await act('result_received', ['K1']);
    const after = await get();
    expect([after.commune.key, after.regime, after.receivedOn]).toEqual([
      '26743@2021-01-01',
      'nd63-2024',
      '2025-06-27',
    ]);
    expect(after.components.map((c) => c.agency)).not.toEqual(before.components.map((c) => c.agency));
    expect(after.officeName).toBe(before.officeName);
    allAccepted();
  });
  test.each(['26737@2021-01-01', '760@2021-01-01'])('a ward is not in charge of %s', async (commune) => {
    const input = { ...reception(ID, 'birth'), commune, received: { date: '2025-06-20', time: '09:00' } };
    expect(await desk.refusal('dossier.receive', input)).toMatch(/COMMUNE_UNKNOWN|UNIT_OUT_OF_SCOPE/);
  });
});
