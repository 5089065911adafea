/** The installable app itself: what an office gets starts, saves, shows papers and sends; and it cannot be made to run anything else. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startHubProcess } from '../demo/hub-process.ts';
import { choosePassword } from '../support/choose-password.ts';
import { callDesk } from '../support/desk-app.ts';
import { COMMUNE, form } from '../support/forms.ts';
import { buildPackage, openPackaged, PACKAGED, runPackaged } from '../support/packaged-app.ts';
import { spoil } from '../support/spoil.ts';

const NAME = 'Lê Thử Đóng Gói';
const PASSWORD = 'mây trắng trên đồi chè';
const folder = mkdtempSync(path.join(tmpdir(), 'smc-packaged-'));
const data = { SMC_DATA_DIR: path.join(folder, 'desk') };

async function signIn(page: Page): Promise<void> {
  await page.locator('dialog.gate input[name="password"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.locator('dialog.gate')).toHaveCount(0);
}

test.describe.configure({ mode: 'serial' });
test.beforeAll(buildPackage);
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('it starts, enrols, saves, sends, and is checked without a window', async () => {
  const hub = await startHubProcess(path.join(folder, 'city'), ['--enrol-code', '26743', '--name', 'Thử']);
  // A test clock and a password of tests, given from outside, must not count in a package.
  const env = {
    ...data,
    SMC_CITY_URL: hub.url,
    SMC_ENROL_CODE: hub.enrolCode,
    SMC_NOW: '2001-01-01T00:00:00Z',
    SMC_SIGN_IN: PASSWORD,
  };
  try {
    const { page, usableMs, close } = await openPackaged(env);
    await choosePassword(page, PASSWORD);
    const today = new RegExp(`\\d\\d/\\d\\d/${new Date().getFullYear()} · \\d\\d:\\d\\d`);
    await expect(page.getByText(today)).toBeVisible();
    process.stdout.write(`    usable after ${Math.round(usableMs)} ms\n`);
    await callDesk(page, 'dossier.receive', {
      ...{ id: randomUUID(), chain: 'birth', channel: 'truc_tiep', commune: COMMUNE },
      ...{ received: null, atOnce: null, values: form('birth', 3, { 'child.fullName': NAME }) },
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText('thu dong goi');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: NAME, exact: true, level: 1 })).toBeVisible();
    await page.keyboard.press('3');
    await page.getByRole('button', { name: /Xem/ }).first().click();
    await expect(page.getByRole('heading', { name: /GIẤY TIẾP NHẬN HỒ SƠ/i }).first()).toBeVisible();
    expect(await page.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined');
    for (const keys of ['F12', 'Control+Shift+I', 'Control+Shift+J']) await page.keyboard.press(keys);
    const session = await page.context().newCDPSession(page);
    const { targetInfos } = (await session.send('Target.getTargets')) as { targetInfos: { url: string }[] };
    expect(targetInfos.filter(({ url }) => url.startsWith('app://'))).toHaveLength(1);
    expect(targetInfos.filter(({ url }) => url.startsWith('devtools:'))).toEqual([]);
    const made = await callDesk(page, 'backup.make', {});
    expect(made).toMatchObject({ running: false, journalWhole: true, problem: null });
    expect(await callDesk(page, 'backup.list', {})).toMatchObject([{ where: 'here', reason: 'asked' }]);
    expect(await callDesk(page, 'backup.check', {})).toMatchObject({ full: { ok: true } });
    await close();

    const closed = await runPackaged(PACKAGED, ['--sync'], env);
    expect({ code: closed.code, ...JSON.parse(closed.stdout) }).toMatchObject({
      code: 2,
      error: 'SIGN_IN_NEEDED',
    });
    const sent = await runPackaged(PACKAGED, ['--sync', '--password-stdin'], env, `${PASSWORD}\n`);
    expect({ code: sent.code, ...JSON.parse(sent.stdout) }).toMatchObject({
      code: 0,
      task: 'sync',
      waiting: 0,
    });
    const checked = await runPackaged(PACKAGED, ['--verify', '--password-stdin'], env, PASSWORD);
    expect({ code: checked.code, ...JSON.parse(checked.stdout) }).toMatchObject({ code: 0, task: 'verify' });
  } finally {
    await hub.stop();
  }
});

test('started twice, the second one ends and the first goes on', async () => {
  const { page, close } = await openPackaged(data);
  await signIn(page);
  const second = await runPackaged(PACKAGED, [], data);
  expect({ code: second.code, stdout: second.stdout }).toEqual({ code: 0, stdout: '' });
  await expect(page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
  await close();
});

test('a damaged page: the next start brings the store back from the backup and the journal', async () => {
  const file = path.join(data.SMC_DATA_DIR, 'desk.db');
  spoil(file, 'zero', 0);
  const damaged = readFileSync(file);
  const { page, close } = await openPackaged(data);
  await signIn(page);
  const note = page.getByRole('region', { name: 'Dữ liệu vừa được phục hồi' });
  await expect(note).toContainText('Không thiếu lượt ghi nào', { timeout: 60_000 });
  const aside = /set-aside\/\S+\.db/.exec((await note.textContent()) ?? '')?.[0] ?? '';
  expect(readFileSync(path.join(data.SMC_DATA_DIR, aside)).equals(damaged)).toBe(true);
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText('thu dong goi');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: NAME, exact: true, level: 1 })).toBeVisible();
  expect(await callDesk(page, 'data.verify', {})).toMatchObject({ ok: true });
  await close();
});

const script = "console.log('ran as node')";
test.describe('it runs nothing but itself', () => {
  for (const [name, args, env] of [
    ['as plain Node', ['-e', script, '--verify'], { ELECTRON_RUN_AS_NODE: '1' }],
    ['with options of Node', ['--verify'], { NODE_OPTIONS: `--require=${path.join(folder, 'evil.cjs')}` }],
    ['another app folder', [folder, '--verify'], {}],
    ['with an inspector', ['--inspect-brk=0', '--verify'], {}],
  ] as const)
    test(name, async () => {
      const { code, stdout, stderr } = await runPackaged(
        PACKAGED,
        [...args, '--password-stdin'],
        { ...data, ...env },
        PASSWORD,
      );
      expect(stdout).not.toContain('ran as node');
      expect(stderr).not.toMatch(/Debugger listening|evil\.cjs/);
      // It did its own work instead.
      expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, task: 'verify' });
    });
});

test('a program file that was changed is not run, and no data is opened', async () => {
  const changed = path.join(folder, 'changed');
  cpSync(PACKAGED, changed, { recursive: true });
  const native = 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds';
  appendFileSync(path.join(changed, native, `linux-${process.arch}.node`), 'x');
  const before = readFileSync(path.join(data.SMC_DATA_DIR, 'desk.db'));
  const { code, stderr } = await runPackaged(changed, ['--verify'], data);
  expect(code).toBe(2);
  expect(stderr).toContain('PROGRAM_ALTERED');
  expect(readFileSync(path.join(data.SMC_DATA_DIR, 'desk.db')).equals(before)).toBe(true);
});
