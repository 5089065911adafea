/** Several machines of one office over a real hub: what one has not seen it does not overwrite, what one sends stops nobody. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProjections } from '../../../city/db/verify.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { enrolDesk, makeEvent, sendEvents, type Wish } from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { receiveDossier } from '../../support/wire-events.ts';

const UNIT = '26743@2025-07-01';
const counts = (asOf: string, value: number, category = 'hoi_nong_dan') => ({
  asOf,
  source: 'typed' as const,
  units: [{ unit: UNIT, cells: [{ category, measure: 'tong', value }] }],
});

describe.each(engines())('machines of one office at a hub on %s', (engine) => {
  let hub: TestHub;
  const pairs: Pair[] = [];
  const machine = async (office?: string) => {
    const made = await enrolledPair(hub, office === undefined ? {} : { office });
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
    expect((await two.call('count.grid', { asOf: '2026-10-01' })).rows[0]?.cells).toEqual({
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
    const [row] = (await two.call('count.grid', { asOf: '2026-10-02' })).rows;
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

  const body = receiveDossier('26743').body;
  test.each<[string, Wish['body']]>([
    [
      'a component named twice',
      {
        ...body,
        components: [
          { code: 'K1', due: null },
          { code: 'K1', due: null },
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
