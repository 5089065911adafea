/** Several machines of one office over a real hub: what one has not seen it does not overwrite, what one sends stops nobody. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProjections } from '../../../city/db/verify.ts';
import { targetsOf } from '../../../db/queries/report.ts';
import { settingsOf } from '../../../db/queries/setting.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { isAnnotation } from '../../../shared/domain/dossier.ts';
import type { Role } from '../../../shared/domain/verbs.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { enrolDesk, makeEvent, sendEvents, type Wish } from '../../support/fake-desk.ts';
import { everybody, reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import type { TestDesk } from '../../support/temp-desk.ts';
import { FACT, receiveDossier } from '../../support/wire-events.ts';

const UNIT = '26743@2025-07-01';
const counts = (asOf: string, value: number, category = 'hoi_nong_dan') => ({
  asOf,
  form: null,
  from: null,
  source: 'typed' as const,
  units: [{ unit: UNIT, cells: [{ category, measure: 'tong', value }] }],
});

describe.each(engines())('machines of one office at a hub on %s', (engine) => {
  let hub: TestHub;
  const pairs: Pair[] = [];
  const machine = async (office = '26743', role: Role = office === '79' ? 'officer' : 'clerk') => {
    const made = await enrolledPair(hub, { office, role });
    pairs.push(made);
    return made.desk;
  };
  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(async () => {
    for (const made of pairs) await made.close();
    await hub.remove();
  });

  test('a figure mended before it was sent is no conflict with itself, whatever another machine sent first', async () => {
    const [one, two] = [await machine(), await machine()];
    await one.call('count.record', counts('2026-10-01', 1, 'nguoi_co_cong'));
    await two.call('count.record', counts('2026-10-01', 5));
    await two.call('count.record', counts('2026-10-01', 6));
    await one.call('sync.run', {});
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 0, received: 2 });
    expect(
      (await two.call('count.grid', { asOf: '2026-10-01', form: null, from: null })).rows[0]?.cells,
    ).toEqual({
      'hoi_nong_dan/tong': 6,
      'nguoi_co_cong/tong': 1,
    });
  });

  test('however many of its own entries a machine has sent, a figure of another that it never saw is a conflict', async () => {
    const [one, two] = [await machine(), await machine()];
    await one.call('count.record', counts('2026-10-02', 1, 'nguoi_co_cong'));
    await two.call('count.record', counts('2026-10-02', 5));
    await two.call('count.record', counts('2026-10-02', 99, 'nguoi_co_cong'));
    await one.call('sync.run', {});
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 1, received: 1 });
    const [row] = (await two.call('count.grid', { asOf: '2026-10-02', form: null, from: null })).rows;
    expect(row?.cells['nguoi_co_cong/tong']).toBe(1);
    // Now it has seen the other's figure, and may replace it.
    await two.call('count.record', counts('2026-10-02', 99, 'nguoi_co_cong'));
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 0, received: 2 });
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('entries made between the receipt and the inbox do not count as seeing what the inbox brings', async () => {
    const [one, two] = [await machine(), await machine()];
    await one.call('count.record', counts('2026-10-03', 1, 'nguoi_co_cong'));
    await one.call('sync.run', {});
    await two.call('count.record', counts('2026-10-03', 5));
    // The receipt is stored, the inbox cannot be read: its cursor stays before the other machine's event.
    const { db } = two.desk;
    db.$client.exec("CREATE TRIGGER stop BEFORE INSERT ON inbox_cursor BEGIN SELECT RAISE(ABORT, 'x'); END");
    expect(await two.call('sync.run', {})).toMatchObject({ waiting: 0, received: 1 });
    await two.call('count.record', counts('2026-10-03', 99, 'nguoi_co_cong'));
    db.$client.exec('DROP TRIGGER stop');
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 1, received: 1 });
  });

  const sheet = (asOf: string, reason = '') => ({ asOf, form: null, from: null, units: [UNIT], reason });
  const rowOf = async (desk: TestDesk, asOf: string) =>
    (await desk.call('count.grid', { asOf, form: null, from: null })).rows.find((r) => r.unit.key === UNIT);
  /** Both machines hold the sheet with one figure. */
  async function typed(asOf: string): Promise<readonly [TestDesk, TestDesk]> {
    const [one, two] = [await machine(), await machine()];
    await one.call('count.record', counts(asOf, 1));
    await one.call('sync.run', {});
    await two.call('sync.run', {});
    return [one, two];
  }
  async function expectWhole(...desks: readonly TestDesk[]): Promise<void> {
    for (const { desk } of desks) expect(verifyDesk(desk.db).problems).toEqual([]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  }

  test('a figure typed against a lock that was not seen is laid before a person; the sheet stays as it was sent', async () => {
    const asOf = '2026-10-11';
    const [one, two] = await typed(asOf);
    await one.call('sheet.lock', sheet(asOf));
    await two.call('count.record', counts(asOf, 9, 'nguoi_co_cong'));
    await one.call('sync.run', {});
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 1 });
    for (const desk of [one, two])
      expect(await rowOf(desk, asOf)).toMatchObject({ status: 'locked', cells: { 'hoi_nong_dan/tong': 1 } });
    expect(await two.refusal('count.record', counts(asOf, 9, 'nguoi_co_cong'))).toBe('SHEET_LOCKED');
    await expectWhole(one, two);
  });

  test('a lock against figures that were not seen is laid before a person; the sheet stays open', async () => {
    const asOf = '2026-10-12';
    const [one, two] = await typed(asOf);
    await one.call('count.record', counts(asOf, 9, 'nguoi_co_cong'));
    await two.call('sheet.lock', sheet(asOf));
    await one.call('sync.run', {});
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 1 });
    for (const desk of [one, two])
      expect(await rowOf(desk, asOf)).toMatchObject({ status: 'draft', cells: { 'nguoi_co_cong/tong': 9 } });
    // Now that it has seen them all, the lock is its word on all of them.
    await two.call('sheet.lock', sheet(asOf));
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 0 });
    await expectWhole(one, two);
  });

  test('the office above approves, gives back with a reason, and the ward mends and sends again', async () => {
    const asOf = '2026-10-13';
    const [ward] = await typed(asOf);
    const above = await machine('79');
    await ward.call('sheet.lock', sheet(asOf));
    await ward.call('sync.run', {});
    await above.call('sync.run', {});
    await above.call('sheet.return', sheet(asOf, 'thiếu Hội Nông dân'));
    await above.call('sync.run', {});
    await ward.call('sync.run', {});
    expect(await rowOf(ward, asOf)).toMatchObject({ status: 'returned', statusReason: 'thiếu Hội Nông dân' });
    await ward.call('count.record', counts(asOf, 7));
    await ward.call('sheet.lock', sheet(asOf));
    await ward.call('sync.run', {});
    await above.call('sync.run', {});
    await above.call('sheet.approve', sheet(asOf));
    expect(await above.call('sync.run', {})).toMatchObject({ attention: 0, waiting: 0 });
    await ward.call('sync.run', {});
    expect(await rowOf(ward, asOf)).toMatchObject({ status: 'approved', cells: { 'hoi_nong_dan/tong': 7 } });
    await expectWhole(ward, above);
  });

  test('a target that the office above sets reaches the wards below it', async () => {
    const [above, ward] = [await machine('79'), await machine()];
    const target = {
      category: 'hoi_nong_dan',
      measure: 'tong',
      from: '2026-01-01',
      to: null,
      source: 'Kế hoạch 1',
    };
    await above.call('target.set', { ...target, unit: '79', value: 194_197 });
    await above.call('target.set', { ...target, unit: '26743', value: 1_200 });
    await above.call('target.set', { ...target, unit: '26740', value: 900 });
    await above.call('sync.run', {});
    await ward.call('sync.run', {});
    const known = targetsOf(ward.desk.db).map((t) => [t.unit, t.value]);
    expect(known.sort()).toEqual([
      ['26743', 1_200],
      ['79', 194_197],
    ]);
    await expectWhole(ward, above);
  });

  test('an import is taken back as a whole, also at the city; what was changed since stays', async () => {
    const asOf = '2026-10-14';
    const [one, two] = await typed(asOf);
    const csv = `Mã đơn vị,Hội Nông dân,Người có công\n26743,5,6\n`;
    const file = {
      asOf,
      form: null,
      from: null,
      fileName: 'so-lieu.csv',
      bytes: new TextEncoder().encode(csv),
    };
    const { group } = await one.call('count.import', { ...file, skipWrong: false });
    await one.call('count.record', counts(asOf, 8, 'nguoi_co_cong'));
    expect(await one.call('count.imports', {})).toMatchObject([{ group, cells: 2, undone: false }]);
    expect(await one.call('count.undo-import', { group })).toEqual({
      changed: 1,
      kept: 1,
      left: [{ unit: 'Phường Bến Thành', cells: 1, why: 'changed' }],
    });
    expect(await one.call('count.imports', {})).toMatchObject([{ group, undone: true }]);
    await one.call('sync.run', {});
    await two.call('sync.run', {});
    expect((await rowOf(two, asOf))?.cells).toEqual({ 'hoi_nong_dan/tong': 1, 'nguoi_co_cong/tong': 8 });
    await expectWhole(one, two);
  });

  const stepOf = (action: 'result_received' | 'forward' | 'refuse', ...components: string[]) => ({
    ...{ action, components, on: null, time: null, reason: 'không đủ', to: 'Công an' },
  });
  /** A dossier that both machines hold. */
  async function shared(one: TestDesk, two: TestDesk): Promise<string> {
    const id = one.desk.ids.uuid();
    await one.call('dossier.receive', reception(id, 'birth', { 'request.idCard': '' }));
    await one.call('sync.run', {});
    await two.call('sync.run', {});
    return id;
  }
  async function act(desk: TestDesk, id: string, step: ReturnType<typeof stepOf>): Promise<void> {
    const { revision } = await desk.call('dossier.get', { id });
    await desk.call('dossier.act', { id, base: revision, step });
  }
  const states = async (desk: TestDesk, id: string) =>
    (await desk.call('dossier.get', { id })).components.map((c) => [c.code, c.state]);

  test('steps of two machines on other components, notes and corrections all stand; the list says the same on both', async () => {
    const [one, two] = [await machine(), await machine()];
    const id = await shared(one, two);
    await act(one, id, stepOf('result_received', 'K1'));
    await one.call('sync.run', {});
    await two.call('sync.run', {});
    await act(one, id, stepOf('forward', 'K2'));
    await act(two, id, stepOf('result_received', 'K3'));
    const { form, revision } = await two.call('dossier.get', { id });
    const values = Object.fromEntries(
      Object.entries({ ...form, 'father.fullName': 'Trần Văn Cả' }).filter(([key]) => !isAnnotation(key)),
    );
    await two.call('dossier.correct', { id, base: revision, values, reason: 'bổ sung' });
    await two.call('dossier.annotate', { id, changes: { 'code.official': 'H29-77' } });
    await one.call('sync.run', {});
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 0, waiting: 0 });
    await one.call('sync.run', {});
    for (const desk of [one, two]) {
      expect(await states(desk, id)).toEqual([
        ['K1', 'done'],
        ['K2', 'elsewhere'],
        ['K3', 'done'],
      ]);
      const ns = [...(await desk.call('dossier.index', { ...everybody, q: 'H29-77', state: 'elsewhere' }))];
      expect(await desk.call('dossier.rows', { ns })).toMatchObject([{ id, officialCode: 'H29-77' }]);
      expect(verifyDesk(desk.desk.db).problems).toEqual([]);
    }
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('a component asked for at one machine begins although the other has recorded the end of the first meanwhile', async () => {
    const [one, two] = [await machine(), await machine()];
    const id = one.desk.ids.uuid();
    const flags = { 'request.funeral': '', 'request.survivor': '', 'request.headChange': '' };
    await one.call('dossier.receive', reception(id, 'death', flags));
    await one.call('sync.run', {});
    await two.call('sync.run', {});
    await act(one, id, stepOf('result_received', 'T1'));
    const { form, revision } = await two.call('dossier.get', { id });
    const values = { ...form, 'request.headChange': '1' };
    await two.call('dossier.correct', { id, base: revision, values, reason: 'gia đình đề nghị thêm' });
    await one.call('sync.run', {});
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 0, waiting: 0 });
    await one.call('sync.run', {});
    for (const desk of [one, two]) {
      const { components } = await desk.call('dossier.get', { id });
      expect(components.map((c) => [c.code, c.state, c.startedOn])).toEqual([
        ['T1', 'done', '2026-11-20'],
        ['T2', 'processing', '2026-11-20'],
        ['T5', 'processing', '2026-11-20'],
      ]);
    }
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('steps of two machines on one component are laid before a person; the first one stands', async () => {
    const [one, two] = [await machine(), await machine()];
    const id = await shared(one, two);
    await act(one, id, stepOf('result_received', 'K1'));
    await act(two, id, stepOf('refuse', 'K1'));
    await one.call('sync.run', {});
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 1 });
    for (const desk of [one, two]) {
      expect((await states(desk, id))[0]).toEqual(['K1', 'done']);
      expect(verifyDesk(desk.desk.db).problems).toEqual([]);
    }
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('two persons who correct other rows of the catalogue both stand, and offices below them follow', async () => {
    const [above, beside, ward] = [
      await machine('79', 'admin'),
      await machine('79', 'head'),
      await machine(),
    ];
    const facts = catalogue.facts.filter((f) => f.group === 'agency' && f.key !== FACT.key);
    const correct = (desk: TestDesk, { key, from }: { key: string; from: string }, value: string) =>
      desk.call('catalogue.correct', {
        corrections: [{ key, from, value, source: 'Công văn 12/2026' }],
        reason: 'văn bản mới',
      });
    await correct(above, FACT, 'Công an xã');
    await correct(beside, must(facts[0], 'another fact'), 'Cơ quan khác');
    await above.call('sync.run', {});
    expect(await beside.call('sync.run', {})).toMatchObject({ attention: 0, waiting: 0 });
    await above.call('sync.run', {});
    await ward.call('sync.run', {});
    const seen = [above, beside, ward].map((desk) => settingsOf(desk.desk.db, ['79']));
    expect(seen[0]?.[0]).toMatchObject({ id: 'catalogue:79', revision: 2 });
    expect(Object.keys(seen[0]?.[0]?.corrections ?? {})).toHaveLength(2);
    expect([seen[1], seen[2]]).toEqual([seen[0], seen[0]]);
    // Nobody had seen the other's value: a second opinion on the same row is for a person to settle.
    await correct(above, FACT, 'Công an phường');
    await correct(beside, FACT, 'Công an Thành phố');
    await above.call('sync.run', {});
    expect(await beside.call('sync.run', {})).toMatchObject({ attention: 1 });
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  const body = receiveDossier('26743').body;
  test.each<[string, Wish['body']]>([
    [
      'a component named twice',
      {
        ...body,
        components: [
          { code: 'K1', due: null, waitsFor: null },
          { code: 'K1', due: null, waitsFor: null },
        ],
      },
    ],
    ['a key that parsers drop', JSON.parse(`${JSON.stringify(body).slice(0, -1)},"__proto__":{"a":1}}`)],
    ['more than an inbox page holds', { ...body, junk: 'x'.repeat(13_000_000) }],
  ])('an event with %s is returned and stops no inbox', async (_, spoiled) => {
    const above = await machine('79');
    const odd = await enrolDesk(hub, '26743');
    const wishes = [{ ...receiveDossier('26743'), body: spoiled }, receiveDossier('26743')];
    const events = wishes.map((wish) => makeEvent(odd, wish));
    const { verdicts } = await sendEvents(odd, events);
    expect(verdicts.map((v) => [v.kind, v.code])).toEqual([
      ['rejected', 'EVENT_BODY_INVALID'],
      ['accepted', undefined],
    ]);
    expect(await above.call('sync.run', {})).toMatchObject({ lastError: null });
    const { id } = must(events[1], 'good event').subject;
    expect((await above.call('dossier.get', { id })).id).toBe(id);
  });

  test('clusters are the same on every machine of the office; a unit put into two of them offline comes back', async () => {
    const [one, two] = [await machine('79'), await machine('79')];
    const cluster = (id: number, units: string[]) => ({
      ...{ cluster: `00000000-0000-4000-8000-00000000000${id}`, name: `Cụm ${id}`, units },
      ...{ from: '2026-01-01', to: null },
    });
    await one.call('cluster.set', cluster(1, [UNIT]));
    await one.call('sync.run', {});
    await two.call('sync.run', {});
    expect(await two.call('cluster.list', {})).toEqual([cluster(1, [UNIT])]);
    await one.call('cluster.set', cluster(2, ['26740@2025-07-01']));
    await two.call('cluster.set', cluster(3, ['26740@2025-07-01']));
    await one.call('sync.run', {});
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 1 });
    for (const desk of [one, two])
      expect((await desk.call('cluster.list', {})).map((c) => c.name).sort()).toEqual(['Cụm 1', 'Cụm 2']);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('an inbox of long events comes in pages that a desk can take', async () => {
    const above = await machine('79');
    const odd = await enrolDesk(hub, '26743');
    const long = { ...body, junk: 'dài '.repeat(100_000) };
    const events = Array.from({ length: 30 }, () =>
      makeEvent(odd, { ...receiveDossier('26743'), body: long }),
    );
    await sendEvents(odd, events);
    expect(await above.call('sync.run', {})).toMatchObject({ lastError: null });
    expect((await above.call('dossier.get', { id: must(events.at(-1), 'last').subject.id })).code).toMatch(
      /^T-/,
    );
  });
});
