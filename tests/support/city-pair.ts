/** A real desk enrolled with a real hub over a line that the test can break. */

import { testClock } from './clock.ts';
import type { TestHub } from './hub.ts';
import { type Line, startLine } from './line.ts';
import { dropTestDesk, openTestDesk, type TestDesk, type TestDeskOptions, tempFolder } from './temp-desk.ts';

export interface Pair {
  readonly desk: TestDesk;
  readonly line: Line;
  close(): Promise<void>;
}

let made = 0;

export async function enrolledPair(
  hub: Pick<TestHub, 'url' | 'clock' | 'createEnrolCode'>,
  { office = '26743', role, ...options }: TestDeskOptions = {},
): Promise<Pair> {
  const line = await startLine(hub.url);
  const clock = options.clock ?? testClock(new Date(hub.clock.now()).toISOString());
  const desk = openTestDesk({
    enrolled: false,
    folder: tempFolder('pair'),
    cityUrl: line.url,
    seed: `pair-${++made}`,
    ...options,
    clock,
  });
  const code = await hub.createEnrolCode({ unit: office, role, name: 'Lê Thị Thử', demo: false });
  await desk.call('device.enrol', { url: line.url, code, deviceName: 'Máy thử' });
  return {
    desk,
    line,
    async close() {
      await dropTestDesk(desk);
      await line.close();
    },
  };
}
