/**
 * A city put back to a backup in the middle of the work of ten desks (RELIABILITY T12), and desks put back or copied (T13): nothing of
 * any surviving store is lost, and nobody does anything for it. One run here, more by `npm run faults -- restore --runs N --seed S`.
 */
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { seeded } from '../../../electron/demo/random.ts';
import { deskPicture, hubPicture, losses } from '../../support/faults/picture.ts';
import { faultRuns, faultSeed, tell } from '../../support/faults/size.ts';
import { openWards, type Wards } from '../../support/faults/wards.ts';
import { engines } from '../../support/hub.ts';
import { type RestorableHub, startRestorableHub } from '../../support/restorable-hub.ts';

const DESKS = 10;
const seeds = Array.from({ length: faultRuns(1) }, (_, i) => faultSeed() + i);
const line = z.object({ line: z.string() });

/** What the city has made of it all; how it came there may differ. */
async function outcome(hub: RestorableHub): Promise<readonly string[]> {
  const rows = await rowsOf(
    hub.now().db,
    sql`select id || ' ' || revision || ' ' || code || ' ' || form::text || ' ' || steps::text as line from dossier
      union all select s.unit || ' ' || s.as_of || ' ' || c.category || ' ' || c.value from count c join sheet s on s.id = c.sheet
      order by 1`,
    line,
  );
  return rows.map((row) => row.line);
}

async function expectWhole(wards: Wards, hub: RestorableHub): Promise<void> {
  const atHub = await hubPicture(hub.now().db);
  expect(losses(wards.desks, atHub)).toEqual({ lost: 0, doubled: 0 });
  expect(atHub.mismatches).toBe(0);
  for (const desk of wards.desks)
    expect(await deskPicture(desk)).toMatchObject({ waiting: 0, error: null, problems: [] });
}

describe.each(engines())('put back, hub on %s', (engine) => {
  const limits = { timeout: 300_000 * seeds.length };

  test(
    'the city: all is sent again by the next exchange, and the end is that of a run without it',
    limits,
    async () => {
      let resent = 0;
      for (const seed of seeds) {
        const mark = seed % 2 === 0 ? 'kept' : 'lost';
        const [plain, run] = [await cityRun(seed, null), await cityRun(seed, mark)];
        expect({ seed, mark, outcome: run.outcome }).toEqual({ seed, mark, outcome: plain.outcome });
        expect(run.gone).toBeGreaterThan(0);
        resent += run.gone;
      }
      tell(
        `restore on ${engine}: ${seeds.length} restores of the city, ${DESKS} desks: ${resent} events sent again, 0 lost, no step by hand`,
      );
    },
  );

  async function cityRun(seed: number, restore: 'kept' | 'lost' | null) {
    const random = seeded(seed, 1);
    const hub = await startRestorableHub(engine);
    const wards = await openWards(hub, DESKS);
    const work = async (round: number) => {
      for (const place of wards.desks.keys()) {
        await wards.write(place, round);
        if (random.chance(0.6)) await wards.sync(place);
      }
    };
    await work(0);
    await hub.backup();
    await work(1);
    const before = (await hubPicture(hub.now().db)).events.length;
    if (restore) await hub.restore(restore);
    const gone = before - (await hubPicture(hub.now().db)).events.length;
    await work(2);
    await wards.syncAll(1);
    // The first exchange of every desk after the loss has brought everything back already.
    expect(losses(wards.desks, await hubPicture(hub.now().db)).lost).toBe(0);
    await wards.syncAll(2);
    await expectWhole(wards, hub);
    const found = { gone, outcome: await outcome(hub) };
    await wards.close();
    await hub.remove();
    return found;
  }

  test('desks: an older store, with or without its mark, and a copied folder', limits, async () => {
    for (const seed of seeds) {
      const random = seeded(seed, 1);
      const hub = await startRestorableHub(engine);
      const wards = await openWards(hub, 4);
      const all = [0, 1, 2, 3];
      for (const place of all) await wards.write(place, 0);
      for (const place of all) if (random.chance(0.5)) await wards.sync(place);
      for (const place of [0, 1, 2]) await wards.keep(place);
      for (const place of all) await wards.write(place, 1);
      for (const place of all) if (place < 2 || random.chance(0.5)) await wards.sync(place);
      await wards.putBack(0, 'kept');
      await wards.putBack(1, 'put back');
      await wards.clone(2);
      for (const place of wards.desks.keys()) await wards.write(place, 2 + place);
      await wards.syncAll(3);
      await expectWhole(wards, hub);
      await wards.close();
      await hub.remove();
    }
    tell(
      `restore on ${engine}: ${2 * seeds.length} desks put back, ${seeds.length} cloned: 0 lost, 0 doubled`,
    );
  });
});
