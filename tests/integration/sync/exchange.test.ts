/** The desk's own sync code against a real hub, on both databases, over a line that breaks. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { verify } from '../../../electron/sync/jws.ts';
import { publicJwk, receipt } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';

const UNIT = '26743@2025-07-01';
/** Each test has its own as-of date: sheets of one unit and date are shared by all machines. */
const counts = (asOf: string, value: number, category = 'hoi_nong_dan') => ({
  asOf,
  form: null,
  from: null,
  source: 'typed' as const,
  units: [{ unit: UNIT, cells: [{ category, measure: 'tong', value }] }],
});

describe.each(engines())('exchange with a hub on %s', (engine) => {
  let hub: TestHub;
  const pairs: Pair[] = [];
  const pair = async (options: Parameters<typeof enrolledPair>[1] = {}) => {
    const made = await enrolledPair(hub, options);
    pairs.push(made);
    return made;
  };
  const eventsAtHub = async (device: string) =>
    (
      await rowsOf(
        hub.db,
        sql`select count(*)::int as n from event where device = ${device}`,
        z.object({ n: z.int() }),
      )
    )[0]?.n;

  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(async () => {
    for (const made of pairs) await made.close();
    await hub.remove();
  });

  test('what was typed offline is received with a signed receipt for every item', async () => {
    const { desk, line } = await pair();
    line.down();
    await desk.call('dossier.receive', reception(randomUUID(), 'birth'));
    await desk.call('dossier.receive', reception(randomUUID(), 'death'));
    await desk.call('count.record', counts('2026-11-02', 0));
    expect(await desk.call('sync.run', {})).toMatchObject({
      line: 'offline',
      waiting: 3,
      received: 0,
      lastError: { code: 'CITY_UNREACHABLE' },
    });
    expect((await desk.call('sync.items', { list: 'waiting', before: null })).items).toHaveLength(3);

    line.up();
    expect(await desk.call('sync.run', {})).toMatchObject({
      line: 'online',
      waiting: 0,
      received: 3,
      attention: 0,
      lastError: null,
    });
    const [row] = await desk.call('receipt.list', {});
    const stored = await desk.call('receipt.get', { id: row?.id ?? '' });
    const content = await verify(stored.jws, {
      typ: TYP.receipt,
      key: publicJwk.parse(JSON.parse(stored.publicKey)),
      schema: receipt,
      otherwise: 'CITY_SIGNATURE',
    });
    expect(content.verdicts.map((v) => [v.seq, v.kind])).toEqual([
      [1, 'accepted'],
      [2, 'accepted'],
      [3, 'accepted'],
    ]);
    const { items } = await desk.call('sync.items', { list: 'received', before: null });
    expect(items.map((i) => i.delivery.receipt)).toEqual([row?.short, row?.short, row?.short]);
    expect((await desk.call('data.verify', {})).problems).toEqual([]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('a second run sends nothing again', async () => {
    const { desk } = await pair();
    await desk.call('count.record', counts('2026-11-03', 5));
    await desk.call('sync.run', {});
    const { device } = await desk.call('session.get', {});
    await desk.call('sync.run', {});
    expect(await eventsAtHub(device?.id ?? '')).toBe(1);
    expect(await desk.call('receipt.list', {})).toHaveLength(1);
  });

  test('cut at any byte of the exchange, either way, each event reaches the city once and nothing is shown as received without a receipt', async () => {
    const { desk, line } = await pair();
    const { device } = await desk.call('session.get', {});
    // One whole exchange tells how many bytes there are to cut at.
    await desk.call('count.record', counts('2026-11-04', 1));
    line.up();
    await desk.call('sync.run', {});
    const whole = { ...line.passed };
    let value = 1;
    for (const way of ['request', 'reply'] as const) {
      const step = Math.max(1, Math.floor(whole[way] / 40));
      for (let bytes = 0; bytes < whole[way]; bytes += step) {
        await desk.call('count.record', counts('2026-11-04', ++value));
        line.cutAfter({ [way]: bytes });
        const after = await desk.call('sync.run', {});
        const receipts = await desk.call('receipt.list', {});
        expect(after.received).toBe(receipts.reduce((sum, r) => sum + r.accepted, 0));
        line.up();
        expect(await desk.call('sync.run', {}), `${way} cut after ${bytes}`).toMatchObject({
          waiting: 0,
          received: value,
          lastError: null,
        });
      }
    }
    expect(await eventsAtHub(device?.id ?? '')).toBe(value);
    expect(await verifyProjections(hub.db)).toEqual([]);
    expect((await desk.call('data.verify', {})).problems).toEqual([]);
  });

  test('a receipt lost on the way comes back byte for byte from the hub', async () => {
    const { desk, line } = await pair();
    await desk.call('count.record', counts('2026-11-05', 11));
    // The reply of hello passes, the reply of the batch does not.
    line.up();
    await desk.call('sync.run', {});
    const oneHello = line.passed.reply;
    await desk.call('count.record', counts('2026-11-05', 12));
    line.cutAfter({ reply: Math.floor(oneHello / 2) });
    await desk.call('sync.run', {});
    line.up();
    await desk.call('sync.run', {});
    const rows = await desk.call('receipt.list', {});
    for (const { id } of rows) {
      const { jws } = await desk.call('receipt.get', { id });
      const atHub = await rowsOf(
        hub.db,
        sql`select jws from receipt where batch = ${id}`,
        z.object({ jws: z.string() }),
      );
      expect(atHub).toEqual([{ jws }]);
    }
    expect(rows).toHaveLength(2);
  });

  test('1.200 events go in batches of at most 500, each with its receipt', async () => {
    const { desk } = await pair({ office: '79' });
    const units = (await desk.call('count.grid', { asOf: '2026-11-06', form: null, from: null })).rows.map(
      (r) => r.unit.key,
    );
    for (let round = 0; round < 8; round++)
      await desk.call('count.record', {
        asOf: '2026-11-06',
        form: null,
        from: null,
        source: 'pasted',
        units: units
          .slice(0, 150)
          .map((unit) => ({ unit, cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: round }] })),
      });
    const done = await desk.call('sync.run', {});
    expect(done).toMatchObject({ waiting: 0, received: 1200 });
    const rows = await desk.call('receipt.list', {});
    expect(rows.map((r) => r.to - r.from + 1).sort((a, b) => a - b)).toEqual([200, 500, 500]);
  });

  test('an office above the ward sees what its wards sent, and a ward sees what was typed for it', async () => {
    const ward = await pair();
    const city = await pair({ office: '79' });
    const id = randomUUID();
    await ward.desk.call('dossier.receive', reception(id, 'birth'));
    await ward.desk.call('sync.run', {});
    await city.desk.call('sync.run', {});
    expect((await city.desk.call('dossier.get', { id })).code).toMatch(/^T-/);
    await city.desk.call('count.record', counts('2026-11-07', 77, 'nguoi_co_cong'));
    await city.desk.call('sync.run', {});
    await ward.desk.call('sync.run', {});
    const [row] = (await ward.desk.call('count.grid', { asOf: '2026-11-07', form: null, from: null })).rows;
    expect(row?.cells['nguoi_co_cong/tong']).toBe(77);
    expect((await ward.desk.call('data.verify', {})).problems).toEqual([]);
  });

  test('two machines that type other cells of one sheet both stand; the same cell is a conflict that loses nothing', async () => {
    const [one, two] = [await pair(), await pair()];
    const at = (value: number, category: string) => counts('2026-10-31', value, category);
    await one.desk.call('count.record', at(1, 'hoi_nong_dan'));
    await two.desk.call('count.record', at(2, 'hoi_cuu_chien_binh'));
    await one.desk.call('sync.run', {});
    expect(await two.desk.call('sync.run', {})).toMatchObject({ attention: 0, received: 1 });
    await one.desk.call('sync.run', {});
    for (const { desk } of [one, two])
      expect(
        (await desk.call('count.grid', { asOf: '2026-10-31', form: null, from: null })).rows[0]?.cells,
      ).toMatchObject({
        'hoi_nong_dan/tong': 1,
        'hoi_cuu_chien_binh/tong': 2,
      });

    await one.desk.call('count.record', at(10, 'hoi_nong_dan'));
    await two.desk.call('count.record', at(20, 'hoi_nong_dan'));
    await one.desk.call('sync.run', {});
    expect(await two.desk.call('sync.run', {})).toMatchObject({ attention: 1 });
    const [returned] = (await two.desk.call('sync.items', { list: 'returned', before: null })).items;
    expect(returned).toMatchObject({ delivery: { state: 'conflict', code: 'EVENT_FIELDS_CONFLICT' } });
    // The figure that was refused stays readable, and the grid says that this machine's entry came back.
    expect(returned?.cells).toEqual([{ category: 'hoi_nong_dan', measure: 'tong', value: 20 }]);
    const [sheet] = (await two.desk.call('count.grid', { asOf: '2026-10-31', form: null, from: null })).rows;
    expect(sheet).toMatchObject({ delivery: { state: 'conflict' }, cells: { 'hoi_nong_dan/tong': 10 } });
    expect(returned?.sentence).toContain('hoi_nong_dan/tong');
    // The clerk looks and types the figure again: it now builds on what the city has.
    await two.desk.call('count.record', at(20, 'hoi_nong_dan'));
    expect(await two.desk.call('sync.run', {})).toMatchObject({ attention: 0, waiting: 0 });
    expect((await two.desk.call('data.verify', {})).problems).toEqual([]);
  });

  test('a returned reception stays on the desk with its reason, and the mended form is received under the same code', async () => {
    const { desk } = await pair();
    const id = randomUUID();
    const { code } = await desk.call('dossier.receive', reception(id, 'birth'));
    const { device } = await desk.call('session.get', {});
    // The city withdraws the account's right while the desk is offline.
    await hub.db.execute(`update account set role = 'auditor' where device = '${device?.id}'`);
    expect(await desk.call('sync.run', {})).toMatchObject({ attention: 1, received: 0, waiting: 0 });
    const { items } = await desk.call('sync.items', { list: 'returned', before: null });
    expect(items).toMatchObject([{ code, delivery: { state: 'returned', code: 'FORBIDDEN' } }]);
    expect((await desk.call('dossier.get', { id })).delivery.state).toBe('returned');

    await hub.db.execute(`update account set role = 'clerk' where device = '${device?.id}'`);
    // The role that counts at the city is the one on the desk: it came with the greeting, and comes back with the next.
    expect((await desk.call('session.get', {})).actor?.role).toBe('auditor');
    await desk.call('sync.run', {});
    const before = await desk.call('dossier.get', { id });
    await desk.call('dossier.correct', {
      id,
      base: before.revision,
      values: { ...before.form, 'child.birthPlace': 'Trạm y tế' },
      reason: 'gửi lại',
    });
    expect(await desk.call('sync.run', {})).toMatchObject({ attention: 0, received: 1 });
    expect(await desk.call('dossier.get', { id })).toMatchObject({
      code,
      delivery: { state: 'received' },
      form: { 'child.birthPlace': 'Trạm y tế' },
    });
    expect((await desk.call('data.verify', {})).problems).toEqual([]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('what was asked for at the counter stands again behind the mended reception, and the papers too', async () => {
    const { desk } = await pair();
    const id = randomUUID();
    const atOnce = { action: 'ask_supplement' as const, items: ['Nộp giấy chứng sinh'] };
    await desk.call('dossier.receive', {
      ...reception(id, 'birth', { 'request.idCard': '', 'paper.ks_giay_chung_sinh': 'copy' }),
      atOnce,
    });
    const { device } = await desk.call('session.get', {});
    const role = (word: string) =>
      hub.db.execute(`update account set role = '${word}' where device = '${device?.id}'`);
    await role('auditor');
    expect(await desk.call('sync.run', {})).toMatchObject({ attention: 1, waiting: 0 });
    await role('clerk');
    await desk.call('sync.run', {});
    // Nothing in the form was wrong: it goes out as it is.
    for (const reason of ['gửi lại', '']) {
      const { form, revision } = await desk.call('dossier.get', { id });
      const values = { id, base: revision, values: form, reason };
      if (reason) await desk.call('dossier.correct', values);
      else expect(await desk.refusal('dossier.correct', values)).toBe('NOTHING_CHANGED');
    }
    expect(await desk.call('sync.run', {})).toMatchObject({ attention: 0, received: 2, waiting: 0 });
    const after = await desk.call('dossier.get', { id });
    expect(after.components.map((c) => [c.state, c.supplements])).toEqual(Array(3).fill(['supplement', 1]));
    expect(after.steps).toMatchObject([{ action: 'ask_supplement', items: ['Nộp giấy chứng sinh'] }]);
    expect(after.form['paper.ks_giay_chung_sinh']).toBe('copy');
    expect((await desk.call('data.verify', {})).problems).toEqual([]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });
});
