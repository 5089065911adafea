/** Taking a dossier in: the law of its day, typed later from paper, with a slip at once, its papers and its link. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { cityJudges } from '../../support/city-judges.ts';
import { everybody, reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
type Receive = Input<'dossier.receive'>;
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

/** Only what no law leaves out, so that every date of the past may be the reception's. */
const least = {
  birth: (date: string) => ({
    ...{ 'requester.fullName': 'Hồ A Păng', 'requester.relation': 'me', 'child.fullName': 'Hồ Thị Sông' },
    ...{ 'child.birth': date, 'child.sex': 'nu', 'child.birthPlace': 'Bệnh viện Từ Dũ' },
  }),
  death: (date: string) => ({
    ...{ 'requester.fullName': 'Hồ A Păng', 'requester.relation': 'con', 'deceased.fullName': 'Hồ Văn Núi' },
    ...{ 'deceased.sex': 'nam', 'deceased.birth': '1931', 'death.date': date, 'death.place': 'Tại nhà' },
  }),
};
const onPaper = (date: string, time = '09:00', more: Partial<Receive> = {}): Receive => ({
  ...reception(ID, 'birth'),
  commune: '26743',
  values: least[more.chain ?? 'birth'](date),
  received: { date, time },
  ...more,
});
const get = (id = ID) => desk.call('dossier.get', { id });
const stored = () => verifyDesk(desk.desk.db);

describe('typed later from paper', () => {
  test('has the day, hour, number, law and clocks of the paper; the record itself is of today', async () => {
    const reply = await desk.call('dossier.receive', onPaper('2026-11-16', '16:00'));
    expect(reply).toEqual({ id: ID, code: 'T-7-261116-001', due: '2026-11-19' });
    const detail = await get();
    expect([detail.receivedOn, detail.receivedTime]).toEqual(['2026-11-16', '16:00']);
    expect(detail.components.map((c) => c.due)).toEqual(['2026-11-17', '2026-11-20', '2026-11-19']);
    expect(detail.history[0]?.at).toBe('2026-11-20T02:30:00.000Z');
    expect((await desk.call('today.get', {})).overdue.map((r) => r.id)).toEqual([ID]);
    expect(cityJudges(desk).map((v) => v.kind)).toEqual(['accepted']);
  });
  test('may be of this very minute, not of the next one', async () => {
    expect(await desk.refusal('dossier.receive', onPaper('2026-11-20', '09:31'))).toBe('RECEIVED_IN_FUTURE');
    expect((await desk.call('dossier.receive', onPaper('2026-11-20', '09:30'))).code).toBe('T-7-261120-001');
  });
  test('a fact later than the paper is refused as of its own day, not of today', async () => {
    const values = { ...least.birth('2026-11-16'), 'child.birth': '2026-11-18' };
    expect(await desk.refusal('dossier.receive', onPaper('2026-11-16', '09:00', { values }))).toBe(
      'DOSSIER_INCOMPLETE',
    );
    expect(stored().events).toBe(0);
  });
});

describe('on the day on which the law changes', () => {
  const BIRTH = ['K1', 'K2', 'K3'];
  test.each<[string, string, string[], string | null, string]>([
    ['2023-07-10', 'Triển khai toàn quốc 2023', BIRTH, '2023-08-07', 'Trích lục khai tử'],
    ['2024-06-30', 'Triển khai toàn quốc 2023', BIRTH, '2024-07-26', 'Trích lục khai tử'],
    ['2024-07-01', 'NĐ 63/2024', BIRTH, '2024-07-04', 'Trích lục khai tử'],
    ['2026-08-31', 'NĐ 63/2024', BIRTH, '2026-09-07', 'Trích lục khai tử'],
    ['2026-09-01', 'NĐ 63/2024, sửa bởi NĐ 301/2026', [...BIRTH, 'K4'], '2026-09-07', 'Trích lục khai tử'],
    ['2027-02-28', 'NĐ 63/2024, sửa bởi NĐ 301/2026', [...BIRTH, 'K4'], '2027-03-03', 'Trích lục khai tử'],
    ['2027-03-01', 'Luật Hộ tịch 2026', [...BIRTH, 'K4'], '2027-03-04', 'Giấy chứng tử'],
  ])('%s: %s', async (date, regimeName, components, due, paper) => {
    desk.clock.set('2027-03-15T02:00:00Z');
    const wish = { ...least.birth(date), 'request.idCard': '1' };
    await desk.call('dossier.receive', onPaper(date, '09:00', { values: wish }));
    const birth = await get();
    expect([birth.regimeName, birth.components.map((c) => c.code), birth.due]).toEqual([
      regimeName,
      components,
      due,
    ]);
    // The flag of a card that the law of that day did not know is not kept either.
    expect(birth.form['request.idCard']).toBe(components.includes('K4') ? '1' : undefined);
    await desk.call('dossier.receive', onPaper(date, '09:00', { id: OTHER, chain: 'death' }));
    const death = await get(OTHER);
    expect([death.regimeName, death.components.map((c) => c.code)]).toEqual([regimeName, ['T1', 'T2']]);
    expect(death.components[0]?.result).toBe(paper);
    expect(cityJudges(desk).map((v) => v.kind)).toEqual(['accepted', 'accepted']);
  });
  test('midnight in Vietnam is the border', async () => {
    desk.clock.set('2026-08-31T16:59:00Z');
    await desk.call('dossier.receive', { ...onPaper('2026-08-31'), received: null });
    desk.clock.set('2026-08-31T17:00:00Z');
    await desk.call('dossier.receive', { ...onPaper('2026-08-31', '', { id: OTHER }), received: null });
    expect([(await get()).regime, (await get(OTHER)).regime]).toEqual(['nd63-2024', 'nd301-2026']);
  });
  test('a correction made under a newer law keeps the law of the reception', async () => {
    desk.clock.set('2027-03-15T02:00:00Z');
    await desk.call('dossier.receive', onPaper('2026-08-31'));
    const { form } = await get();
    const values = { ...form, 'request.idCard': '1', 'child.fullName': 'Hồ Thị Suối' };
    await desk.call('dossier.correct', { id: ID, base: 1, values, reason: 'gõ nhầm' });
    const after = await get();
    expect([after.regime, after.components.map((c) => c.code)]).toEqual(['nd63-2024', BIRTH]);
    expect(after.form['request.idCard']).toBeUndefined();
  });
});

describe('a clock that went back', () => {
  test('does not date a reception, unless the clerk says when', async () => {
    await desk.call('dossier.receive', reception(OTHER, 'birth'));
    desk.clock.set('2026-11-18T02:00:00Z');
    const late = { ...onPaper('2026-11-18'), received: null };
    expect(await desk.refusal('dossier.receive', late)).toBe('CLOCK_BEHIND');
    expect(stored().events).toBe(1);
    expect((await desk.call('dossier.receive', onPaper('2026-11-17'))).code).toBe('T-7-261117-001');
  });
  test('by some minutes is no reason to stop the desk', async () => {
    await desk.call('dossier.receive', reception(OTHER, 'birth'));
    desk.clock.set('2026-11-20T02:21:00Z');
    await desk.call('dossier.receive', { ...onPaper('2026-11-20'), received: null });
    expect((await get()).receivedTime).toBe('09:21');
  });
  test('does not date a step before the reception', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    desk.clock.set('2026-11-19T02:00:00Z');
    const step = { action: 'result_received', components: ['K1'], on: null, time: null };
    expect(await desk.refusal('dossier.act', { id: ID, base: 1, step })).toBe('STEP_BEFORE_RECEIVED');
  });
});

describe('with a slip at once', () => {
  const asked: Receive['atOnce'] = {
    action: 'ask_supplement',
    items: [' Nộp giấy chứng sinh '],
    papers: ['ks_giay_chung_sinh'],
  };
  test('Mẫu 02: every component waits for the citizen, in the same commit and minute', async () => {
    await desk.call('dossier.receive', onPaper('2026-11-13', '08:00', { atOnce: asked }));
    const detail = await get();
    expect(detail.components.map((c) => [c.state, c.supplements, c.askedOn])).toEqual(
      Array(3).fill(['supplement', 1, '2026-11-13']),
    );
    expect(detail.steps).toMatchObject([
      {
        action: 'ask_supplement',
        on: '2026-11-13',
        time: '08:00',
        items: ['Nộp giấy chứng sinh'],
        until: '2026-11-25',
      },
    ]);
    expect([detail.revision, detail.history.map((h) => h.verb)]).toEqual([
      2,
      ['dossier.act', 'dossier.receive'],
    ]);
    expect((await desk.call('today.get', {})).overdue).toEqual([]);
    expect([...(await desk.call('dossier.index', { ...everybody, state: 'supplement' }))]).toHaveLength(1);
    expect(cityJudges(desk).map((v) => v.kind)).toEqual(['accepted', 'accepted']);
  });
  test('pressed twice asks once: a second request would make it late', async () => {
    const first = await desk.call('dossier.receive', onPaper('2026-11-20', '09:00', { atOnce: asked }));
    expect(await desk.call('dossier.receive', onPaper('2026-11-20', '09:00', { atOnce: asked }))).toEqual(
      first,
    );
    expect([stored().events, (await get()).components[0]?.supplements]).toEqual([2, 1]);
  });
  test('Mẫu 03: refused at the counter with its reason', async () => {
    await desk.call(
      'dossier.receive',
      onPaper('2026-11-20', '09:00', { atOnce: { action: 'refuse', reason: 'Không thuộc thẩm quyền' } }),
    );
    const detail = await get();
    expect([detail.outcome, detail.components.map((c) => c.endedOn)]).toEqual([
      'none',
      Array(3).fill('2026-11-20'),
    ]);
    expect(detail.history[0]?.reason).toBe('Không thuộc thẩm quyền');
    expect([...(await desk.call('dossier.index', { ...everybody, state: 'ended' }))]).toHaveLength(1);
  });
  test('that lacks its words leaves nothing behind, and the draft stands', async () => {
    const { chain, values } = onPaper('2026-11-20');
    await desk.call('draft.save', { id: ID, chain, values });
    for (const atOnce of [{ action: 'refuse', reason: ' ' }, { action: 'ask_supplement' }] as const)
      expect(await desk.refusal('dossier.receive', onPaper('2026-11-20', '09:00', { atOnce }))).toMatch(
        /_REQUIRED$/,
      );
    expect([stored().events, (await desk.call('draft.get', { id: ID }))?.values]).toEqual([0, values]);
    expect((await desk.call('dossier.receive', onPaper('2026-11-20'))).code).toBe('T-7-261120-001');
  });
});

describe('papers', () => {
  const papers = (form: Record<string, string>) =>
    Object.entries(form).filter(([key]) => key.startsWith('paper.'));
  const rowsWhere = (more: object) =>
    desk
      .call('dossier.index', { ...everybody, ...more })
      .then((ns) => desk.call('dossier.rows', { ns: [...ns] }));
  test('that this case needs are written down with their state, the missing ones too; others are not', async () => {
    await desk.call('dossier.receive', onPaper('2026-11-20'));
    const { form } = await get();
    expect(form['paper.ks_giay_chung_sinh']).toBe('missing');
    expect(form['paper.ks_to_khai']).toBe('electronic');
    expect(form['paper.ks_xac_nhan_lam_chung']).toBeUndefined();
    const missing = papers(form).filter(([, state]) => state === 'missing');
    const [row] = await rowsWhere({ state: 'missing' });
    expect(row?.missing).toBe(missing.length);
    expect(await rowsWhere({ missing: 'ks_giay_chung_sinh' })).toHaveLength(1);
    expect(await rowsWhere({ missing: 'ks_xac_nhan_lam_chung' })).toEqual([]);
  });
  test('that the clerk has ticked keep their state and count', async () => {
    const values = {
      ...least.birth('2026-11-20'),
      'paper.ks_giay_chung_sinh': 'original',
      'paper.ks_giay_chung_sinh.count': '2',
    };
    await desk.call('dossier.receive', onPaper('2026-11-20', '09:00', { values }));
    expect((await get()).form).toMatchObject({
      'paper.ks_giay_chung_sinh': 'original',
      'paper.ks_giay_chung_sinh.count': '2',
    });
    expect(await rowsWhere({ missing: 'ks_giay_chung_sinh' })).toEqual([]);
  });
  test('brought later are noted one by one, and the count of what is missing follows', async () => {
    await desk.call('dossier.receive', onPaper('2026-11-20'));
    const before = (await rowsWhere({}))[0]?.missing ?? 0;
    const changes = { 'paper.ks_giay_chung_sinh': 'original' };
    expect(await desk.call('dossier.annotate', { id: ID, changes })).toEqual({ revision: 2 });
    expect(await desk.call('dossier.annotate', { id: ID, changes })).toEqual({ revision: 2 });
    expect((await rowsWhere({}))[0]?.missing).toBe(before - 1);
    expect([stored().events, stored().problems]).toEqual([2, []]);
  });
  test('that a corrected fact asks for are missing from then on', async () => {
    await desk.call('dossier.receive', onPaper('2026-11-20'));
    const { form } = await get();
    const values = { ...form, 'child.birthPlaceKind': 'ngoai_co_so', 'child.birthProof': 'nguoi_lam_chung' };
    await desk.call('dossier.correct', { id: ID, base: 1, values, reason: 'sinh tại nhà' });
    const after = await get();
    expect(after.form['paper.ks_xac_nhan_lam_chung']).toBe('missing');
    expect(after.history.map((h) => h.verb)).toEqual([
      'dossier.annotate',
      'dossier.correct',
      'dossier.receive',
    ]);
    expect(cityJudges(desk).map((v) => v.kind)).toEqual(['accepted', 'accepted', 'accepted']);
  });
});

describe('papers after a correction', () => {
  const missingOf = async (id = ID) =>
    Object.entries((await get(id)).form).flatMap(([key, state]) =>
      state === 'missing' ? [key.slice(6)] : [],
    );
  const correct = async (values: Record<string, string>) => {
    const { form, revision } = await get();
    await desk.call('dossier.correct', {
      ...{ id: ID, base: revision, values: { ...form, ...values }, reason: 'người dân báo lại' },
    });
  };
  test('of a component that it adds are missing from then on', async () => {
    await desk.call('dossier.receive', onPaper('2026-11-20', '09:00', { chain: 'death' }));
    const before = await missingOf();
    await correct({ 'request.survivor': '1', 'request.headChange': '1' });
    const more = ['kt_ct01_chu_ho', 'kt_to_khai_tu_tuat', 'kt_y_kien_thanh_vien'];
    expect((await missingOf()).toSorted()).toEqual([...before, ...more].toSorted());
    expect((await desk.call('dossier.index', { ...everybody, missing: 'kt_to_khai_tu_tuat' })).length).toBe(
      1,
    );
    expect(cityJudges(desk).map((v) => v.kind)).toEqual(['accepted', 'accepted', 'accepted']);
  });
  test('that the case needs no more are missing no more; what was handed in stays on record', async () => {
    await desk.call('dossier.receive', onPaper('2026-11-20'));
    expect(await missingOf()).toContain('ks_giay_chung_sinh');
    await correct({ 'child.birthPlaceKind': 'ngoai_co_so', 'child.birthProof': 'nguoi_lam_chung' });
    expect(await missingOf()).not.toContain('ks_giay_chung_sinh');
    await desk.call('dossier.annotate', { id: ID, changes: { 'paper.ks_xac_nhan_lam_chung': 'copy' } });
    await correct({ 'child.birthPlaceKind': 'co_so_y_te', 'child.birthProof': '' });
    expect(await missingOf()).toContain('ks_giay_chung_sinh');
    expect((await get()).form['paper.ks_xac_nhan_lam_chung']).toBe('copy');
    expect(new Set(cityJudges(desk).map((v) => v.kind))).toEqual(new Set(['accepted']));
  });
});

describe('a newborn who died', () => {
  const linked = async () => [(await get()).linked?.id ?? null, (await get(OTHER)).linked?.id ?? null];
  test('has two dossiers that name each other, from either side', async () => {
    await desk.call('dossier.receive', onPaper('2026-11-20'));
    const values = { ...least.death('2026-11-20'), 'link.dossier': ID };
    await desk.call('dossier.receive', onPaper('2026-11-20', '09:00', { id: OTHER, chain: 'death', values }));
    expect(await linked()).toEqual([OTHER, ID]);
    expect((await get()).linked).toMatchObject({ chain: 'death', name: 'Hồ Văn Núi' });
    expect(cityJudges(desk).map((v) => v.kind)).toEqual(['accepted', 'accepted', 'accepted']);
  });
  test('is linked later too, once, and can be unlinked on one side', async () => {
    await desk.call('dossier.receive', onPaper('2026-11-20'));
    await desk.call('dossier.receive', onPaper('2026-11-20', '09:00', { id: OTHER, chain: 'death' }));
    const changes = { 'link.dossier': OTHER };
    await desk.call('dossier.annotate', { id: ID, changes });
    await desk.call('dossier.annotate', { id: ID, changes });
    expect([await linked(), stored().events]).toEqual([[OTHER, ID], 4]);
    await desk.call('dossier.annotate', { id: ID, changes: { 'link.dossier': '' } });
    expect(await linked()).toEqual([null, ID]);
  });
  test('keeps its link when a third dossier is linked to it by mistake', async () => {
    const third = '33333333-3333-4333-8333-333333333333';
    await desk.call('dossier.receive', onPaper('2026-11-20'));
    const values = { ...least.death('2026-11-20'), 'link.dossier': ID };
    for (const id of [OTHER, third])
      await desk.call('dossier.receive', onPaper('2026-11-20', '09:00', { id, chain: 'death', values }));
    expect([...(await linked()), (await get(third)).linked?.id]).toEqual([OTHER, ID, ID]);
  });
  test('whose other dossier is not on this machine keeps the link and shows none', async () => {
    const values = { ...least.birth('2026-11-20'), 'link.dossier': OTHER };
    await desk.call('dossier.receive', onPaper('2026-11-20', '09:00', { values }));
    const detail = await get();
    expect([detail.form['link.dossier'], detail.linked]).toEqual([OTHER, null]);
  });
});
