/**
 * The line cut at every byte of every message between desk and city, both ways (RELIABILITY T10): after it heals, all is as if it had
 * never been cut. A part of the places here, all of them by `npm run faults -- cut`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cut, type Passed, ways } from '../../support/faults/cutting-line.ts';
import { deskPicture, hubPicture, losses } from '../../support/faults/picture.ts';
import { faultRuns, tell } from '../../support/faults/size.ts';
import { makeStage, type Stage, type StageName } from '../../support/faults/stage.ts';
import { engines } from '../../support/hub.ts';

const scenes: readonly { name: StageName; endpoints: readonly string[] }[] = [
  { name: 'day', endpoints: ['hello', 'batch', 'inbox', 'digest'] },
  {
    name: 'recovery',
    endpoints: ['hello', 'own', 'missing', 'returned', 'streams', 'batch', 'inbox', 'digest'],
  },
  { name: 'enrolment', endpoints: ['enrol'] },
  { name: 'digest', endpoints: ['hello', 'digest'] },
];
const most = faultRuns(1);
const inFull = process.env.SMC_FAULT_RUNS !== undefined;

describe.each(inFull ? engines() : (['pglite'] as const))('cut at every byte, hub on %s', (engine) => {
  describe.each(scenes)('$name', ({ name, endpoints }) => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await makeStage(name, engine);
    });
    afterAll(() => stage.remove());

    test('nothing is lost, nothing counts twice, and nothing is promised that the city does not hold', {
      timeout: inFull ? 24 * 3_600_000 : 120_000,
    }, async () => {
      const whole = await play(stage, null);
      const cuts = places(whole.passed, most);
      const met = [...new Set(cuts.map((c) => c.endpoint))].sort();
      expect(met).toEqual([...endpoints].sort());
      let [reached, lost, doubled] = [0, 0, 0];
      for (const cut of cuts) {
        const found = await play(stage, cut);
        expect({ cut, ...found.after }).toEqual({ cut, ...whole.after });
        reached += found.reached ? 1 : 0;
        lost += found.losses.lost;
        doubled += found.losses.doubled;
      }
      const bytes = whole.passed.reduce((sum, m) => sum + m.request + m.reply, 0);
      tell(
        `cut ${name} on ${engine}: ${reached} cuts in ${bytes} bytes of ${met.join(', ')}: ${lost} lost, ${doubled} doubled`,
      );
      expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
      // Messages differ by a few bytes from run to run (ids, signatures): hardly a place lies behind the end.
      expect(reached).toBeGreaterThan(cuts.length * 0.98);
    });
  });
});

async function play({ hub, line, setUp, work }: Stage, cut: Cut | null) {
  const desk = await setUp();
  const { db } = hub.now();
  line.arm(cut);
  const wentThrough = await work(desk);
  const [passed, reached] = [line.passed(), line.hasCut()];
  // Whatever was cut: what the desk shows as received lies at the city.
  const { received } = await desk.call('sync.state', {});
  expect(received).toBeLessThanOrEqual((await hubPicture(db)).events.length);
  line.arm(null);
  const healed = (wentThrough && cut === null) || (await work(desk));
  await line.quiet();
  const atHub = await hubPicture(db);
  const after = { healed, hub: atHub, desk: await deskPicture(desk) };
  const found = losses([desk], atHub);
  await desk.close();
  return { passed, reached, after, losses: found };
}

/** Every place of every message, or at most so many, spread over all of them; each message at least once each way. */
function places(passed: readonly Passed[], limit: number): Cut[] {
  const all = passed.flatMap((message) => ways.map((way) => ({ message, way })));
  // A whole request may arrive although its sender is gone; a whole reply is no cut.
  const sizeOf = ({ message, way }: (typeof all)[number]) => message[way] + (way === 'request' ? 1 : 0);
  const total = all.reduce((sum, one) => sum + sizeOf(one), 0);
  return all.flatMap((one) => {
    const size = sizeOf(one);
    const wanted = Math.min(size, Math.ceil((size * limit) / total));
    const { endpoint, nth } = one.message;
    return Array.from({ length: wanted }, (_, i) => ({
      ...{ endpoint, nth, way: one.way },
      // One place alone lies in the middle: the city got part of a request, or has acted and the desk got part of the answer.
      after: wanted === 1 ? Math.floor(size / 2) : Math.floor((i * (size - 1)) / (wanted - 1)),
    }));
  });
}
