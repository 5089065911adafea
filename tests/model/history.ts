/** One history from the first deed to idle peace, held to the properties on the way and at the end. */
import { act, type Run } from './acts.ts';
import type { Deed } from './deeds.ts';
import { checkHealed, heal } from './healed-checks.ts';
import { type Parts, World } from './world.ts';

export async function live(deeds: readonly Deed[], parts: Parts): Promise<World> {
  const run: Run = { world: new World(parts), sticks: [] };
  for (const [n, deed] of deeds.entries()) await act(run, deed, n);
  await heal(run.world);
  checkHealed(run.world);
  return run.world;
}
