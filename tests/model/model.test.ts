/** The protocol under everything that can happen to it: RELIABILITY of P1 to P13 over thousands of histories. */
import { describe, expect, it } from 'vitest';
import { FIXED_SEED, holds, OTHER_SEED, RUNS } from './chances.ts';
import { live } from './history.ts';
import { SOUND } from './sound.ts';

const HOUR = 3_600_000;
const parts = 10;
const share = Math.ceil(RUNS / parts);

describe(`${RUNS} histories, seeds ${FIXED_SEED} and ${OTHER_SEED}`, () => {
  const seeds = Array.from({ length: parts / 2 }, (_, i) => [FIXED_SEED + i, OTHER_SEED + i]).flat();
  it.each(seeds.map((seed, i) => ({ seed, kind: i % 4 < 2 ? ('any' as const) : ('restored' as const) })))(
    'P1 to P13 hold in $kind histories of seed $seed',
    async ({ seed, kind }) => {
      await expect(holds(kind, SOUND, { runs: share, seed })).resolves.toBeUndefined();
    },
    HOUR,
  );
});

describe('a whole folder of the city put back, its mark too', () => {
  it('is noticed by the receipt that a desk shows, and nothing is lost', async () => {
    const { city } = await live(
      [
        { do: 'back_up_city' },
        { do: 'receive', desk: 0, at: 0, value: 0 },
        { do: 'sync', desk: 0, fault: null },
        { do: 'sync', desk: 1, fault: null },
        { do: 'restore_city', which: 0, withMark: true },
        { do: 'setting', desk: 0, at: 0, value: 1 },
      ],
      SOUND,
    );
    expect(city.db.epochs).toHaveLength(2);
    expect(city.db.rows.size).toBe(2);
  });
});
