/** Each seeded defect is noticed by a property that it breaks. One that is no longer noticed means that the suite went blind. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KINDS } from './chances.ts';
import { DEFECTS } from './defects.ts';
import { live } from './history.ts';
import { Broken } from './ledger.ts';

const MOST_RUNS = 5_000;
const SEED = 42;

it('there are at least twenty-five of them, each named once', () => {
  expect(DEFECTS.length).toBeGreaterThanOrEqual(25);
  expect(new Set(DEFECTS.map((d) => d.name)).size).toBe(DEFECTS.length);
});

it.each(DEFECTS)(
  'noticed: $name',
  async ({ parts, breaks, histories }) => {
    const arbitrary = typeof histories === 'string' ? KINDS[histories] : fc.constant(histories);
    const outcome = await fc.check(
      fc.asyncProperty(arbitrary, async (deeds) => {
        await live(deeds, parts);
      }),
      { numRuns: MOST_RUNS, seed: SEED, endOnFailure: true },
    );
    const { errorInstance } = outcome;
    expect(errorInstance).toBeInstanceOf(Broken);
    expect(breaks).toContain((errorInstance as Broken).property);
  },
  600_000,
);
