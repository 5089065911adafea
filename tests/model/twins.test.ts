/** P7, P14 and P15 compare whole runs: with and without a restore, by any clock, by any road the city comes to the same. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { act, type Run } from './acts.ts';
import { FIXED_SEED, RUNS } from './chances.ts';
import { type Deed, quietHistory } from './deeds.ts';
import { checkHealed, heal } from './healed-checks.ts';
import { saidIn } from './ledger.ts';
import { SOUND } from './sound.ts';
import { World } from './world.ts';

const HOUR = 3_600_000;
const runs = Math.ceil(RUNS / 10);

async function worldAfter(deeds: readonly Deed[]): Promise<World> {
  const run: Run = { world: new World(SOUND), sticks: [] };
  for (const [n, deed] of deeds.entries()) {
    if (deed.do === 'sync' && deed.byStick) {
      const { desk } = deed;
      const legs: Deed[] = [{ do: 'usb_out', desk }, { do: 'usb_in' }, { do: 'usb_back', desk }];
      for (const leg of legs) await act(run, leg, n);
      run.world.now -= legs.length * 60_000;
    }
    await act(run, deed, n);
  }
  await heal(run.world);
  checkHealed(run.world);
  return run.world;
}

/** What each event says, without times and without what its author had seen, and the city's word on it where asked. */
function picture({ city: { db } }: World, words: boolean): Record<string, unknown> {
  return Object.fromEntries(
    [...db.rows.values()].map(({ id, raw }) => {
      const said = contentOf(saidIn(raw));
      return [id, words ? [said, db.newest.get(id)?.verdict] : said];
    }),
  );
}

/** What was typed at all desks. */
function typed({ ledger }: World): Record<string, unknown> {
  return Object.fromEntries([...ledger.made].map(([id, said]) => [id, contentOf(said)]));
}

function contentOf(text: string): Record<string, unknown> {
  const { at: _at, mono: _mono, base: _base, ...said } = JSON.parse(text) as Record<string, unknown>;
  return said;
}

async function same(kind: Parameters<typeof quietHistory>[0], other: (deed: Deed) => Deed, words: boolean) {
  await fc.assert(
    fc.asyncProperty(quietHistory(kind), async (deeds) => {
      const [a, b] = [await worldAfter(deeds), await worldAfter(deeds.map(other))];
      // While the city lacks a dossier another desk cannot write to it: where other things were typed, the runs cannot be compared.
      if (kind === 'restores') fc.pre(isDeepStrictEqual(typed(a), typed(b)));
      expect(picture(b, words)).toEqual(picture(a, words));
    }),
    { numRuns: runs, seed: FIXED_SEED },
  );
}

it(
  'P7: a city put back in the middle of a run ends with the events of the run without it',
  () => same('restores', (d) => (d.do === 'restore_city' ? { do: 'restart_city' } : d), false),
  HOUR,
);
it(
  'P14: clocks change nothing but times',
  () => same('clocks', (d) => (d.do === 'clock' ? { ...d, days: 0 } : d), true),
  HOUR,
);
it(
  'P15: what goes by stick as well as by the line comes to the same',
  () => same('sticks', (d) => (d.do === 'sync' ? { ...d, byStick: true } : d), true),
  HOUR,
);
