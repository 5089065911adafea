/** The loop around an exchange: one that fails at its very start is over, and the next one runs. */
import { expect, test } from 'vitest';
import { makeSyncLoop } from '../../../electron/sync/sync-loop.ts';
import { dropTestDesk, openTestDesk } from '../../support/temp-desk.ts';

test('an attempt that fails before it reaches the line does not stay the running one', async () => {
  const desk = openTestDesk();
  let failing = true;
  const announce = () => {
    if (failing) throw new Error('the disk does not answer');
  };
  const reports: unknown[] = [];
  const around = { marked: () => undefined, systemProxy: () => Promise.resolve(null) };
  const loop = makeSyncLoop({ ...desk.desk, announce }, { ...around, report: (e) => reports.push(e) });
  await expect(loop.run()).rejects.toThrow('the disk does not answer');
  failing = false;
  expect(loop.state().running).toBe(false);
  expect(await loop.run()).toMatchObject({ lastError: { code: 'CITY_UNREACHABLE' }, running: false });
  expect(reports).toHaveLength(1);
  await loop.stop();
  await dropTestDesk(desk);
});
