/** The demo's past days are made by the same write path as a clerk's: the store verifies and the city would accept all of it. */
import { expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import { seedDemo } from '../../../electron/demo/seed.ts';
import { cityJudges } from '../../support/city-judges.ts';
import { everybody } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk } from '../../support/temp-desk.ts';

test('a seeded desk has dossiers in several states, nothing damaged, nothing that the city would return', async () => {
  const desk = openTestDesk();
  seedDemo(desk.desk);
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  const returned = cityJudges(desk).filter((v) => v.kind !== 'accepted');
  expect(returned).toEqual([]);
  const ns = [...(await desk.call('dossier.index', everybody))];
  const states = new Set((await desk.call('dossier.rows', { ns })).map((r) => r.state));
  for (const state of ['processing', 'supplement', 'given'] as const) expect(states).toContain(state);
  await dropTestDesk(desk);
});
