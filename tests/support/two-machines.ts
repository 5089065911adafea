/** A real hub, the real app of one machine and a second machine of the same office without a window. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { enrolledPair, type Pair } from './city-pair.ts';
import { testClock } from './clock.ts';
import { type DeskApp, launchDesk } from './desk-app.ts';
import { startTestHub, type TestHub } from './hub.ts';
import { type Line, startLine } from './line.ts';

export interface TwoMachines {
  readonly hub: TestHub;
  /** Of the app to the hub. */
  readonly line: Line;
  readonly desk: DeskApp;
  readonly other: Pair;
  readonly folder: string;
  end(): Promise<void>;
}

export async function startTwoMachines({ unit, now }: { unit: string; now: string }): Promise<TwoMachines> {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-two-'));
  const hub = await startTestHub('pglite');
  hub.clock.move(Date.parse(now) - hub.clock.now());
  const line = await startLine(hub.url);
  const enrolCode = await hub.createEnrolCode({ unit, name: 'Lê Thị Hạnh', role: 'clerk', demo: false });
  const desk = await launchDesk({ dataDir: path.join(folder, 'desk'), cityUrl: line.url, enrolCode, now });
  const other = await enrolledPair(hub, { office: unit, clock: testClock(now) });
  return {
    ...{ hub, line, desk, other, folder },
    async end() {
      await desk.close().catch(() => undefined);
      await other.close();
      await line.close();
      await hub.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
