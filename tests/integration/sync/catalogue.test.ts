/** Corrections of the catalogue over a real hub: between the machines of a ward, from the city down to it, and never across or up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProjections } from '../../../city/db/verify.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { CALENDAR_DAY } from '../../../shared/domain/corrected.ts';
import type { Role } from '../../../shared/domain/verbs.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import type { TestDesk } from '../../support/temp-desk.ts';

const source = 'Quyết định giả định 99/QĐ-TTg';
const WARD = '26743';
const NEIGHBOUR = '26740';
const CITY = '79';

const correct = (desk: TestDesk, key: string, from: string, value: string) =>
  desk.call('catalogue.correct', { corrections: [{ key, from, value, source }], reason: 'có văn bản' });
const inForce = async (desk: TestDesk) =>
  (await desk.call('catalogue.get', {})).corrections.map((c) => `${c.office} ${c.key} ${c.value}`);
const sync = async (...desks: TestDesk[]) => {
  for (const desk of desks) expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null });
};
const dueOf = async (desk: TestDesk, code: string) => {
  const { id } = await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
  return (await desk.call('dossier.get', { id })).components.find((c) => c.code === code)?.due;
};

describe.each(engines())('corrections at a hub on %s', (engine) => {
  let hub: TestHub;
  const pairs: Pair[] = [];
  const machine = async (office: string, role: Role) => {
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

  test('one machine of a ward corrects, the other goes by it after its next exchange, and the hub holds it', async () => {
    const [one, two] = [await machine(WARD, 'head'), await machine(WARD, 'clerk')];
    await correct(one, 'limit.K2', '2023-07-10', '5');
    expect(await dueOf(two, 'K2')).toBe('2026-11-26');
    await sync(one, two);
    expect(await inForce(two)).toEqual([`${WARD} limit.K2 5`]);
    expect(await dueOf(two, 'K2')).toBe('2026-11-30');
    const { steps } = await two.call('catalogue.history', {});
    expect(steps).toMatchObject([
      { before: '3', value: '5', actorName: 'Lê Thị Thử', officeName: 'Phường Bến Thành', waiting: false },
    ]);
    expect(await verifyProjections(hub.db)).toEqual([]);
    expect(verifyDesk(two.desk.db).problems).toEqual([]);
  });

  test('the city corrects for every ward, also for a machine that is enrolled later; the ward’s own word wins there', async () => {
    const [city, ward] = [await machine(CITY, 'admin'), await machine(WARD, 'head')];
    await correct(city, 'limit.K3', '2023-07-10', '6');
    await correct(city, CALENDAR_DAY, '2026-11-24', 'ordinary');
    await sync(city, ward);
    expect(await inForce(ward)).toEqual(
      expect.arrayContaining([`${CITY} limit.K3 6`, `${CITY} ${CALENDAR_DAY} ordinary`]),
    );
    // Friday 20/11, then six working days after K1 of the same day, the 24th worked as any other day.
    expect(await dueOf(ward, 'K3')).toBe('2026-11-30');
    await correct(ward, 'limit.K3', '2023-07-10', '1');
    expect(await dueOf(ward, 'K3')).toBe('2026-11-23');
    const later = await machine(NEIGHBOUR, 'clerk');
    await sync(ward, later);
    expect(await inForce(later)).toEqual([`${CITY} limit.K3 6`, `${CITY} ${CALENDAR_DAY} ordinary`]);
    expect((await later.call('catalogue.history', {})).steps.map((s) => s.officeName)).toEqual([
      'Thành phố Hồ Chí Minh',
      'Thành phố Hồ Chí Minh',
    ]);
  });

  test('what a ward corrects does not count at the city nor at its neighbour', async () => {
    const [ward, neighbour, city] = [
      await machine(WARD, 'head'),
      await machine(NEIGHBOUR, 'clerk'),
      await machine(CITY, 'officer'),
    ];
    await correct(ward, 'limit.T2', '2023-07-10', '9');
    await sync(ward, neighbour, city);
    for (const desk of [neighbour, city])
      expect((await inForce(desk)).filter((line) => line.startsWith(WARD))).toEqual([]);
  });

  test('two machines of a ward correct different rows without having seen each other: both stand', async () => {
    const [one, two] = [await machine(NEIGHBOUR, 'head'), await machine(NEIGHBOUR, 'admin')];
    await sync(one, two);
    await correct(one, 'limit.K4', '2026-09-01', '7');
    await correct(two, 'limit.T4', '2023-07-10', '8');
    await sync(one, two, one);
    const both = [`${NEIGHBOUR} limit.K4 7`, `${NEIGHBOUR} limit.T4 8`];
    for (const desk of [one, two]) expect(await inForce(desk)).toEqual(expect.arrayContaining(both));
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('two machines correct the same row: the second is told, and the city’s value stands at both', async () => {
    const [one, two] = [await machine(NEIGHBOUR, 'head'), await machine(NEIGHBOUR, 'admin')];
    await sync(one, two);
    await correct(one, 'limit.T3', '2023-07-10', '4');
    await correct(two, 'limit.T3', '2023-07-10', '6');
    await sync(one);
    expect(await two.call('sync.run', {})).toMatchObject({ attention: 1 });
    for (const desk of [one, two]) expect(await inForce(desk)).toContain(`${NEIGHBOUR} limit.T3 4`);
    const { steps } = await two.call('catalogue.history', {});
    expect(steps.filter((s) => s.key === 'limit.T3').map((s) => s.value)).toEqual(['4']);
    await correct(two, 'limit.T3', '2023-07-10', '6');
    await sync(two, one);
    for (const desk of [one, two]) expect(await inForce(desk)).toContain(`${NEIGHBOUR} limit.T3 6`);
  });
});
