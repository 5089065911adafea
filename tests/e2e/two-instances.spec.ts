/** The program is started a second time on the same data: the first window comes to the front, the second ends, nothing is opened twice. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, NOW, test } from './fixture.ts';

test.use({ worldName: 'two-instances' });
const root = path.resolve(import.meta.dirname, '../..');

test('a second start focuses the first window and ends without a word of failure', async ({ world }) => {
  const { desk, folder, line } = world;
  await desk.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('no window');
    const focus = window.focus.bind(window);
    window.focus = () => {
      process.env['SMC_WAS_FOCUSED'] = '1';
      focus();
    };
  });
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = {
    ...process.env,
    SMC_DATA_DIR: path.join(folder, 'desk'),
    SMC_CITY_URL: line.url,
    SMC_NOW: NOW,
  };
  const second = spawn(process.env.ELECTRON_EXEC_PATH ?? '', [...asRoot, root], { env, stdio: 'ignore' });
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  await expect.poll(() => desk.app.evaluate(() => process.env['SMC_WAS_FOCUSED'] ?? '')).toBe('1');
  const windows = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
  expect((await desk.call('session.get', {})).enrolled).toBe(true);
});
