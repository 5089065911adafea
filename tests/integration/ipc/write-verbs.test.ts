/** What holds for every verb that writes: refused to a stranger, done for its actors, recorded once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { Method } from '../../../shared/contract/ipc/registry.ts';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { COMMUNE, everybody, reception } from '../../support/forms.ts';
import { sitDown } from '../../support/role-papers.ts';
import { ID, STRANGER, scanVerbs } from '../../support/scan-verbs.ts';
import {
  CITY,
  dropTestDesk,
  openTestDesk,
  type TestDesk,
  type TestDeskOptions,
} from '../../support/temp-desk.ts';

const count = (more: object = {}) => ({
  asOf: '2026-11-01',
  form: null,
  from: null,
  source: 'typed',
  units: [{ unit: COMMUNE, cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 0 }] }],
  ...more,
});
const cell = (more: object) =>
  count({
    units: [{ unit: COMMUNE, cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 1, ...more }] }],
  });

interface Verb {
  readonly method: Method;
  readonly prepare: (desk: TestDesk) => Promise<unknown>;
  readonly input: object;
  /** Who may, where it is not clerk, head and officer. */
  readonly roles?: readonly Role[];
  /** Said again it is not refused, for it changes nothing. */
  readonly silent?: true;
  readonly bad: readonly (readonly [input: object, code: string])[];
}
const received = (desk: TestDesk) => desk.call('dossier.receive', reception(ID, 'birth'));
const correction = (
  more: object = {},
  values: Record<string, string> = { 'child.fullName': 'Trần Thị Mới' },
) => ({
  id: ID,
  base: 1,
  values: { ...reception(ID, 'birth').values, ...values },
  reason: 'gõ nhầm',
  ...more,
});
const step = (more: object = {}, at: object = {}) => ({
  ...{ id: ID, base: 1 },
  ...at,
  step: { action: 'result_received', components: ['K1'], on: null, time: null, ...more },
});
const note = (changes: object, more: object = {}) => ({ id: ID, changes, ...more });
const fact = (more: object = {}) => ({
  key: 'limit.K2',
  from: '2023-07-10',
  value: '5',
  source: 'Công văn thử',
  ...more,
});
const handing = (more: object = {}) => ({
  ...{ id: ID, base: 1, to: '26740@2025-07-01', reason: 'gia đình đã chuyển nhà', receivedBy: '' },
  ...more,
});
const closing = (more: object = {}) => ({
  day: '2026-11-20',
  notes: [
    { kind: 'waiting', note: 'mất mạng từ 15 giờ' },
    { kind: 'no_digest', note: 'mất mạng từ 15 giờ' },
  ],
  ...more,
});
const law = (corrections: object[], more: object = {}) => ({ corrections, reason: 'theo công văn', ...more });
const receive = (more: object = {}, values: Record<string, string> = {}) => ({
  ...reception(ID, 'birth', values),
  ...more,
});

const verbs: Verb[] = [
  {
    method: 'dossier.receive',
    prepare: async () => undefined,
    input: receive(),
    bad: [
      [receive({ id: 'x' }), 'INPUT_INVALID'],
      [receive({ chain: 'marriage' }), 'INPUT_INVALID'],
      [receive({ channel: 'fax' }), 'INPUT_INVALID'],
      [receive({ values: { 'child.fullName': 7 } }), 'INPUT_INVALID'],
      [receive({ values: null }), 'INPUT_INVALID'],
      [receive({ extra: 1 }), 'INPUT_INVALID'],
      [receive({ received: { date: '2026-11-19', time: '24:00' } }), 'INPUT_INVALID'],
      [receive({ received: { date: '2026-02-30', time: '08:00' } }), 'INPUT_INVALID'],
      [receive({ received: { date: '2026-11-20', time: '09:31' } }), 'RECEIVED_IN_FUTURE'],
      [receive({ received: { date: '2026-11-21', time: '08:00' } }), 'RECEIVED_IN_FUTURE'],
      [receive({ received: { date: '2023-07-09', time: '08:00' } }), 'NO_REGIME'],
      [receive({ atOnce: { action: 'result_received' } }), 'INPUT_INVALID'],
      [receive({ atOnce: { action: 'refuse' } }), 'REASON_REQUIRED'],
      [receive({ atOnce: { action: 'ask_supplement', items: [' '] } }), 'ITEMS_REQUIRED'],
      [receive({}, { 'paper.none': 'missing' }), 'DOSSIER_INCOMPLETE'],
      [receive({}, { 'child.fullName': 'x'.repeat(2001) }), 'INPUT_INVALID'],
      [receive({}, { 'child.fullName': '' }), 'DOSSIER_INCOMPLETE'],
      [receive({}, { 'child.birth': '31/02/2026' }), 'DOSSIER_INCOMPLETE'],
      [receive({}, { 'child.birth': '21/11/2026' }), 'DOSSIER_INCOMPLETE'],
      [receive({}, { 'child.weight': '3' }), 'DOSSIER_INCOMPLETE'],
      [receive({ values: {} }), 'DOSSIER_INCOMPLETE'],
      [receive({ commune: '99999@2025-07-01' }), 'COMMUNE_UNKNOWN'],
      [receive({ commune: '26740@2021-01-01' }), 'COMMUNE_UNKNOWN'],
      [receive({ commune: '79@2021-01-01' }), 'COMMUNE_UNKNOWN'],
      [receive({ commune: '' }), 'COMMUNE_UNKNOWN'],
      [receive({ commune: '26740@2025-07-01' }), 'UNIT_OUT_OF_SCOPE'],
    ],
  },
  {
    method: 'dossier.correct',
    prepare: received,
    input: correction(),
    bad: [
      [correction({ reason: '  ' }), 'REASON_REQUIRED'],
      [correction({ reason: 'x'.repeat(301) }), 'INPUT_INVALID'],
      [correction({ base: 0 }), 'DOSSIER_CHANGED'],
      [correction({ base: 2 }), 'DOSSIER_CHANGED'],
      [correction({ base: 1.5 }), 'INPUT_INVALID'],
      [correction({}, {}), 'NOTHING_CHANGED'],
      [correction({}, { 'child.fullName': ' ' }), 'DOSSIER_INCOMPLETE'],
      [correction({}, { 'deceased.fullName': 'x' }), 'DOSSIER_INCOMPLETE'],
      [correction({ id: '22222222-2222-4222-8222-222222222222' }), 'DOSSIER_NOT_FOUND'],
      [correction({ id: 'x' }), 'INPUT_INVALID'],
    ],
  },
  {
    method: 'dossier.annotate',
    prepare: received,
    input: note({ 'code.official': 'H29-261120-0001', 'paper.ks_giay_chung_sinh': 'original' }),
    silent: true,
    bad: [
      [note({ 'child.fullName': 'X' }), 'FIELD_UNKNOWN'],
      [note({ 'paper.none': 'missing' }), 'FIELD_UNKNOWN'],
      [note({ 'code.K9': '1' }), 'FIELD_UNKNOWN'],
      [note({ 'code.T1': '1' }), 'FIELD_UNKNOWN'],
      [note({ 'paper.ks_giay_chung_sinh': 'lost' }), 'CHOICE_UNKNOWN'],
      [note({ 'paper.ks_giay_chung_sinh.count': 'hai' }), 'NUMBER_UNREADABLE'],
      [note({ 'link.dossier': ID }), 'CHOICE_UNKNOWN'],
      [note({ 'code.official': 'x'.repeat(301) }), 'INPUT_INVALID'],
      [note({ 'code.official': 1 }), 'INPUT_INVALID'],
      [note({ 'code.official': '1' }, { reason: 'x' }), 'INPUT_INVALID'],
      [note({ 'code.official': '1' }, { id: STRANGER }), 'DOSSIER_NOT_FOUND'],
      [note({ 'code.official': '1' }, { id: 'x' }), 'INPUT_INVALID'],
    ],
  },
  {
    method: 'dossier.act',
    prepare: received,
    input: step(),
    bad: [
      [step({ action: 'lose' }), 'INPUT_INVALID'],
      [step({ components: [] }), 'INPUT_INVALID'],
      [step({ components: ['K'.repeat(11)] }), 'INPUT_INVALID'],
      [step({ on: '20/11/2026' }), 'INPUT_INVALID'],
      [step({ on: '2026-11-20', time: '25:99' }), 'INPUT_INVALID'],
      [step({ dues: [] }), 'INPUT_INVALID'],
      [step({ components: ['T1'] }), 'COMPONENT_UNKNOWN'],
      [step({ components: ['K1', ''] }), 'COMPONENT_UNKNOWN'],
      [step({ action: 'give_result' }), 'ACTION_NOT_ALLOWED'],
      [step({ action: 'forward', components: ['K2'], to: 'Công an' }), 'ACTION_NOT_ALLOWED'],
      [step({ on: '2026-11-19' }), 'STEP_BEFORE_RECEIVED'],
      [step({ on: '2026-11-21' }), 'STEP_IN_FUTURE'],
      [step({ on: '2026-11-20', time: '09:31' }), 'STEP_IN_FUTURE'],
      [step({ action: 'refuse', reason: ' ' }), 'REASON_REQUIRED'],
      [step({ action: 'ask_supplement', items: ['', ' '] }), 'ITEMS_REQUIRED'],
      [step({ action: 'hand_over' }), 'AGENCY_REQUIRED'],
      [step({ action: 'report_obstacle' }), 'OBSTACLE_REQUIRED'],
      [step({ action: 'extend', reason: 'x' }), 'NEW_DUE_REQUIRED'],
      [step({ action: 'extend', reason: 'x', newDue: '2026-11-20' }), 'NEW_DUE_NOT_LATER'],
      [step({ changes: { 'child.fullName': 'X' } }), 'FIELD_UNKNOWN'],
      [step({ changes: { 'paper.ks_giay_chung_sinh': 'lost' } }), 'CHOICE_UNKNOWN'],
      [step({}, { base: 0 }), 'DOSSIER_CHANGED'],
      [step({}, { base: 2 }), 'DOSSIER_CHANGED'],
      [step({}, { id: STRANGER }), 'DOSSIER_NOT_FOUND'],
    ],
  },
  {
    method: 'dossier.transfer',
    prepare: received,
    input: handing(),
    bad: [
      [handing({ to: '' }), 'COMMUNE_UNKNOWN'],
      [handing({ to: '26740@2021-01-01' }), 'COMMUNE_UNKNOWN'],
      [handing({ to: COMMUNE }), 'TRANSFER_SAME_OFFICE'],
      [handing({ reason: ' ' }), 'REASON_REQUIRED'],
      [handing({ reason: 'x'.repeat(301) }), 'INPUT_INVALID'],
      [handing({ receivedBy: 7 }), 'INPUT_INVALID'],
      [handing({ base: 0 }), 'DOSSIER_CHANGED'],
      [handing({ id: STRANGER }), 'DOSSIER_NOT_FOUND'],
    ],
  },
  ...scanVerbs,
  {
    method: 'day.close',
    prepare: received,
    input: closing(),
    silent: true,
    bad: [
      [closing({ day: '2026-11-21' }), 'DAY_IN_FUTURE'],
      [closing({ notes: [] }), 'DAY_UNEXPLAINED'],
      [closing({ notes: [{ kind: 'waiting', note: 'mất mạng' }] }), 'DAY_UNEXPLAINED'],
      [closing({ notes: [{ kind: 'waiting', note: ' ' }] }), 'DAY_UNEXPLAINED'],
      [closing({ notes: [{ kind: 'moon', note: 'x' }] }), 'INPUT_INVALID'],
      [closing({ notes: [{ kind: 'waiting', note: 'x'.repeat(301) }] }), 'INPUT_INVALID'],
    ],
  },
  {
    method: 'catalogue.correct',
    prepare: async () => undefined,
    input: law([fact()]),
    roles: ['head', 'admin'],
    bad: [
      [law([]), 'INPUT_INVALID'],
      [law([fact()], { reason: ' ' }), 'REASON_REQUIRED'],
      [law([fact({ key: 'limit.moon' })]), 'FACT_UNKNOWN'],
      [law([fact({ from: '2023-07-11' })]), 'FACT_UNKNOWN'],
      [law([fact({ from: 'hôm qua' })]), 'INPUT_INVALID'],
      [law([fact({ value: '-1' })]), 'FACT_NOT_DAYS'],
      [law([fact({ value: ' ' })]), 'FACT_NOT_DAYS'],
      [law([fact({ source: ' ' })]), 'FACT_SOURCE'],
      [law([fact({ source: '' })]), 'FACT_SOURCE'],
      [law([fact({ key: 'reception.sameDayUntil', value: '25:00' })]), 'FACT_NOT_HOUR'],
      [law([fact(), fact({ key: 'limit.K3', value: 'hai' })]), 'FACT_NOT_DAYS'],
    ],
  },
  {
    method: 'count.record',
    prepare: async () => undefined,
    input: count(),
    bad: [
      [count({ asOf: '2026-11-21' }), 'ASOF_IN_FUTURE'],
      [count({ asOf: '2026-02-30' }), 'INPUT_INVALID'],
      [count({ asOf: '01/11/2026' }), 'INPUT_INVALID'],
      [count({ source: 'import' }), 'INPUT_INVALID'],
      [count({ units: [] }), 'INPUT_INVALID'],
      [count({ units: [{ unit: COMMUNE, cells: [] }] }), 'INPUT_INVALID'],
      [cell({ value: -1 }), 'INPUT_INVALID'],
      [cell({ value: 1.5 }), 'INPUT_INVALID'],
      [cell({ value: '1' }), 'INPUT_INVALID'],
      [cell({ value: 100_000_000 }), 'INPUT_INVALID'],
      [cell({ value: Number.NaN }), 'INPUT_INVALID'],
      [cell({ category: 'hoi_ma' }), 'CATEGORY_UNKNOWN'],
      [cell({ measure: 'nam' }), 'CATEGORY_UNKNOWN'],
      [
        count({ units: [{ unit: 'x', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }] }] }),
        'UNIT_UNKNOWN',
      ],
      [
        count({
          units: [
            { unit: '760@2021-01-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }] },
          ],
        }),
        'UNIT_CLOSED',
      ],
      [count({ asOf: '2025-06-30' }), 'UNIT_CLOSED'],
      [
        count({
          units: [
            { unit: '26740@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }] },
          ],
        }),
        'UNIT_OUT_OF_SCOPE',
      ],
      [
        count({
          units: [
            { unit: '79@2021-01-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }] },
          ],
        }),
        'UNIT_OUT_OF_SCOPE',
      ],
    ],
  },
];

const desks: TestDesk[] = [];
const opened = (options: TestDeskOptions = {}) => {
  const desk = openTestDesk(options);
  desks.push(desk);
  return desk;
};
afterEach(async () => {
  for (const desk of desks.splice(0)) await dropTestDesk(desk);
});
const events = (desk: TestDesk) => verifyDesk(desk.desk.db).events;
/** The same store with another person at the machine. */
async function handOver(desk: TestDesk, role: Role): Promise<void> {
  sitDown(desk.desk, { id: `person-${role}`, role });
}

const WRITERS: readonly Role[] = ['clerk', 'head', 'officer'];
const kinds = { dossier: 'dossier', count: 'sheet', day: 'day', catalogue: 'setting' } as const;
const kindOf = (method: Method) => kinds[method.split('.')[0] as keyof typeof kinds];

describe.each(verbs)('$method', ({ method, prepare, input, bad, roles: may = WRITERS, silent }) => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = opened();
    await prepare(desk);
    desk.announced.splice(0);
  });

  test.each<Role>(roles.filter((role) => !may.includes(role)))(
    'is refused to the role %s, whatever the input, and nothing is announced',
    async (role) => {
      await handOver(desk, role);
      const before = events(desk);
      expect(await desk.refusal(method, input)).toBe('FORBIDDEN');
      for (const [wrong] of bad) expect(await desk.refusal(method, wrong)).toBe('FORBIDDEN');
      expect([events(desk), desk.announced, desk.reports]).toEqual([before, [], []]);
    },
  );

  test('is refused where the machine is not enrolled', async () => {
    const fresh = opened({ enrolled: false });
    expect(await fresh.refusal(method, input)).toBe('NOT_ENROLLED');
    expect(events(fresh)).toBe(0);
  });

  test.each(bad.map(([wrong, code], i) => ({ i, wrong, code })))(
    'bad input $i is refused as $code and leaves nothing',
    async ({ wrong, code }) => {
      await handOver(desk, may[0] ?? 'clerk');
      const before = events(desk);
      expect(await desk.refusal(method, wrong)).toBe(code);
      expect([events(desk), desk.announced, desk.reports]).toEqual([before, [], []]);
    },
  );

  test.each<Role>(may)(
    'is done for the role %s, recorded as one event that waits for the city, and then announced',
    async (role) => {
      await handOver(desk, role);
      const before = events(desk);
      await desk.call(method, input as never);
      expect(verifyDesk(desk.desk.db)).toMatchObject({ events: before + 1, problems: [] });
      const { items } = await desk.call('sync.items', { list: 'waiting', before: null });
      expect(items[0]).toMatchObject({ verb: method, delivery: { state: 'waiting', receipt: null } });
      expect(desk.announced[0]).toEqual({ announcement: 'changed', body: [kindOf(method), 'sync'] });
      expect(desk.announced[1]).toMatchObject({ announcement: 'sync-state', body: { waiting: before + 1 } });
    },
  );

  test('said twice is one event', async () => {
    await handOver(desk, may[0] ?? 'clerk');
    await desk.call(method, input as never);
    const once = events(desk);
    const again = await desk.refusal(method, input);
    expect([events(desk), desk.reports]).toEqual([once, []]);
    if (silent) expect(again).toBe('OK');
  });
});

describe('what is announced', () => {
  test('comes after the commit: whoever hears it finds the change', async () => {
    const desk = opened();
    const counts: unknown[] = [];
    const push = desk.announced.push.bind(desk.announced);
    desk.announced.push = (...items) => {
      counts.push(
        desk.desk.db.$client.inTransaction,
        desk.desk.db.$client.prepare('SELECT count(*) FROM dossier').pluck().get(),
      );
      return push(...items);
    };
    await desk.call('dossier.receive', receive() as never);
    expect(counts.slice(0, 2)).toEqual([false, 1]);
  });
  test('is nothing where nothing changed', async () => {
    const desk = opened();
    await desk.call('count.record', count() as never);
    desk.announced.splice(0);
    expect(await desk.call('count.record', count() as never)).toEqual({ changed: 0 });
    await desk.call('dossier.index', everybody);
    expect(desk.announced).toEqual([]);
  });
});

test('an officer of the city receives for a commune below, and nobody for one outside', async () => {
  const officer = opened({ role: 'officer', office: CITY });
  const { id } = await officer.call('dossier.receive', reception(ID, 'birth'));
  expect((await officer.call('dossier.get', { id })).commune.name).toBe('Phường Bến Thành');
  expect(
    await officer.refusal(
      'dossier.receive',
      receive({ id: '22222222-2222-4222-8222-222222222222', commune: '79@2021-01-01' }),
    ),
  ).toBe('COMMUNE_UNKNOWN');
  const ward = opened({ role: 'officer', office: '26740' });
  expect(await ward.refusal('dossier.receive', receive())).toBe('UNIT_OUT_OF_SCOPE');
});
