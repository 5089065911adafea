/** `bench screens`: from a key to the painted frame that answers it, in the real window, against a key in an empty page. */
import { rmSync } from 'node:fs';
import { launchDesk } from '../support/desk-app.ts';
import { openTestDesk } from '../support/temp-desk.ts';
import { absolute, type Finding, ratio, round } from './figures.ts';
import { fillDesk, markReceived } from './load.ts';
import type { Gate } from './quiet.ts';
import { playRounds } from './rounds.ts';
import { emptyPage, screenKeys } from './screen-keys.ts';

const FIGURES = ['p50', 'p95'] as const;
const EMPTY = 'letter in an empty page';

/** A desk of `n` dossiers on the disk; answers its folder and the hour at which its clock stands. */
async function fillFolder(n: number) {
  const store = openTestDesk({ seed: 'bench-screens' });
  try {
    const loadMs = fillDesk(store, n);
    markReceived(store);
    return { folder: store.folder, loadMs, now: new Date(store.clock.now()).toISOString() };
  } finally {
    await store.close();
  }
}

export async function benchScreens({
  n,
  rounds,
  gate,
}: {
  n: number;
  rounds: number;
  gate: Gate;
}): Promise<Finding> {
  const { folder, loadMs, now } = await fillFolder(n);
  try {
    const desk = await launchDesk({ dataDir: folder, cityUrl: 'http://127.0.0.1:1', now });
    try {
      const candidates = [await emptyPage(desk, EMPTY), ...(await screenKeys(desk))];
      const times = await playRounds(candidates, { rounds, gate });
      const names = candidates.map((c) => c.name);
      return {
        bench: 'screens',
        setting: { dossiers: n, rounds, window: '1366x768' },
        ratios: names
          .filter((name) => name !== EMPTY)
          .flatMap((name) => FIGURES.map((f) => ratio(times, name, EMPTY, f))),
        absolute: names.flatMap((name) => FIGURES.map((f) => absolute(times, name, f))),
        context: {
          loadMsPerDossier: round(loadMs),
          electron: await desk.app.evaluate(() => process.versions.electron ?? '?'),
        },
        notes: [
          'letters: to the painted frame that shows them; screens and search: to the last frame that changed the content',
          'the 120 ms that the search waits for the hand to rest are within its figure',
          'frames come 60 times a second: up to 17 ms of every figure is waiting for the next one',
        ],
      };
    } finally {
      await desk.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
