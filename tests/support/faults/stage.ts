/** Beginnings for the cut of every byte: hub and desk as they stood, put back before each cut. */
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PACE } from '../../../city/pace/pace.ts';
import { testClock } from '../clock.ts';
import { enrolDesk, get } from '../fake-desk.ts';
import type { Engine } from '../hub.ts';
import { type RestorableHub, startRestorableHub } from '../restorable-hub.ts';
import { openTestDesk, type TestDesk, tempFolder, WARD } from '../temp-desk.ts';
import { type CuttingLine, startCuttingLine } from './cutting-line.ts';
import { type KeptTables, keepTables } from './kept-tables.ts';

export interface Stage {
  readonly hub: RestorableHub;
  readonly line: CuttingLine;
  /** Hub and desk as at the beginning. */
  setUp(): Promise<TestDesk>;
  /** One try of what this stage is about; answers whether it went through. */
  work(desk: TestDesk): Promise<boolean>;
  remove(): Promise<void>;
}
type Prepared = Pick<Stage, 'work'>;
interface Scene {
  readonly hub: RestorableHub;
  readonly line: CuttingLine;
  /** Of the desk: may be opened and written while the scene is set. */
  readonly folder: string;
}

/** What an exchange goes through on an ordinary day, after losses on both sides, at enrolment, and when the day's list is asked for. */
export const stages = { day, recovery, enrolment, digest } as const;
export type StageName = keyof typeof stages;

/** Every cut comes from the same two machines: no pace of theirs may end the run. */
const UNHURRIED = Object.fromEntries(
  Object.keys(PACE).map((amount) => [amount, { burst: 1e12, perSecond: 1e12 }]),
) as typeof PACE;

export async function makeStage(name: StageName, engine: Engine): Promise<Stage> {
  const hub = await startRestorableHub(engine, { pace: UNHURRIED });
  const line = await startCuttingLine(hub.now().url);
  const scene = { hub, line, folder: tempFolder('cut') };
  const { work } = await stages[name](scene);
  const kept = await keepTables(hub.now().db);
  withoutMark(hub);
  const beginning = tempFolder('cut-kept');
  cpSync(scene.folder, beginning, { recursive: true });
  return {
    hub,
    line,
    work,
    setUp: () => setUp(scene, beginning, kept),
    async remove() {
      await line.close();
      await hub.remove();
      for (const folder of [scene.folder, beginning]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The tables go back under the running hub again and again: each time a new epoch would be right, and another beginning. */
function withoutMark(hub: RestorableHub): void {
  Object.assign(hub.now().mark, { read: () => null, raise: () => undefined });
}

async function setUp({ line, folder }: Scene, beginning: string, kept: KeptTables): Promise<TestDesk> {
  await line.quiet();
  await kept.putBack();
  rmSync(folder, { recursive: true });
  cpSync(beginning, folder, { recursive: true });
  return open(folder, 'cut');
}

const open = (folder: string, seed: string) =>
  openTestDesk({ folder, seed, enrolled: false, clock: testClock('2026-11-20T02:00:00Z') });

async function enrolled({ hub, line }: Scene, folder: string, seed: string): Promise<TestDesk> {
  const desk = open(folder, seed);
  const code = await hub.now().createEnrolCode({ unit: WARD });
  await desk.call('device.enrol', { url: line.url, code, deviceName: 'Máy thử' });
  return desk;
}

const count = (desk: TestDesk, category: string, value: number) =>
  desk.call('count.record', {
    ...{ asOf: '2026-11-02', form: null, from: null, source: 'typed' as const },
    units: [{ unit: `${WARD}@2025-07-01`, cells: [{ category, measure: 'tong', value }] }],
  });

async function sync(desk: TestDesk): Promise<boolean> {
  const { lastError } = await desk.call('sync.run', {});
  return lastError === null;
}

/** hello, batch, inbox. */
async function day(scene: Scene): Promise<Prepared> {
  const other = await enrolled(scene, tempFolder('other'), 'other');
  await count(other, 'hoi_cuu_chien_binh', 2);
  await sync(other);
  await discard(other);
  const desk = await enrolled(scene, scene.folder, 'day');
  await count(desk, 'hoi_nong_dan', 1);
  await count(desk, 'hoi_nong_dan', 3);
  await desk.close();
  return { work: sync };
}

/** Hub and desk both put back: hello, own, missing, returned, streams, batch, inbox. */
async function recovery(scene: Scene): Promise<Prepared> {
  const { hub, folder } = scene;
  const [desk, other] = [
    await enrolled(scene, folder, 'recovery'),
    await enrolled(scene, tempFolder('other'), 'other'),
  ];
  await count(desk, 'hoi_nong_dan', 1);
  await sync(desk);
  await scene.line.quiet();
  await hub.backup();
  await count(other, 'hoi_cuu_chien_binh', 2);
  await sync(other);
  await sync(desk);
  await discard(other);
  await desk.close();
  const copy = tempFolder('copy');
  cpSync(folder, copy, { recursive: true });
  const later = open(folder, 'later');
  await count(later, 'nguoi_co_cong', 3);
  await sync(later);
  await later.close();
  cpSync(path.join(copy, 'desk.db'), path.join(folder, 'desk.db'));
  // Its journal is lost with it, or the start would bring the store up to date.
  rmSync(path.join(folder, 'journal'), { recursive: true });
  rmSync(copy, { recursive: true });
  const again = open(folder, 'again');
  await count(again, 'hoi_chu_thap_do', 4);
  await again.close();
  await scene.line.quiet();
  await hub.restore('kept');
  return { work: sync };
}

async function enrolment({ hub, line }: Scene): Promise<Prepared> {
  const code = await hub.now().createEnrolCode({ unit: WARD });
  return {
    async work(desk) {
      const answer = await desk.refusal('device.enrol', { url: line.url, code, deviceName: 'Máy thử' });
      return answer === 'OK';
    },
  };
}

async function digest(scene: Scene): Promise<Prepared> {
  const asking = await enrolDesk(scene.hub.now(), WARD);
  const desk = await enrolled(scene, scene.folder, 'digest');
  await count(desk, 'hoi_nong_dan', 1);
  await sync(desk);
  await desk.close();
  return {
    work: () =>
      get({ ...asking, url: scene.line.url }, '/v1/digest?day=2026-11-20').then(
        ({ status }) => status === 200,
        () => false,
      ),
  };
}

async function discard(desk: TestDesk): Promise<void> {
  await desk.close();
  rmSync(desk.folder, { recursive: true, force: true });
}
