/** Everything forgotten, in the real app with the city's own commands; and a machine that has not met the city for ninety days. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { startHubProcess } from '../demo/hub-process.ts';
import { choosePassword } from '../support/choose-password.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { NOW } from './fixture.ts';

const FIRST = 'mây trắng trên đồi chè';
const NEW = 'gió mùa đông bắc về';
const LATER = '2027-02-19T02:30:00Z';
const root = path.resolve(import.meta.dirname, '../..');

/** A command of the city; the private half goes in by standard input. */
function city(args: readonly string[], env: Readonly<Record<string, string>>, input = ''): unknown {
  const out = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'city/main.ts', ...args],
    {
      ...{ cwd: root, input, encoding: 'utf8' },
      env: { ...process.env, ...env },
    },
  );
  return JSON.parse(out);
}
async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
}

test('the city opens a machine of which everything is forgotten; after ninety days alone it says what waits', async () => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-city-unlock-'));
  const stick = path.join(folder, 'stick');
  mkdirSync(stick);
  const safe = z.object({ recipient: z.string(), identity: z.string() }).parse(city(['--recovery-key'], {}));
  const env = {
    SMC_NOW: NOW,
    SMC_CITY_RECOVERY_KEY: safe.recipient,
    SMC_CITY_DATA_DIR: path.join(folder, 'city'),
  };
  const hub = await startHubProcess(
    path.join(folder, 'city'),
    ['--enrol-code', '26743', '--name', 'Lê Thị Hạnh', '--role', 'head'],
    env,
  );
  const start = (now: string): Promise<DeskApp> =>
    launchDesk({
      ...{ dataDir: path.join(folder, 'desk'), cityUrl: hub.url, enrolCode: hub.enrolCode, now },
      signIn: null,
    });
  let desk = await start(NOW);
  try {
    await test.step('a first password, a greeting, and then nobody remembers anything', async () => {
      await choosePassword(desk.page, FIRST);
      await expect(desk.page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
      await desk.call('sync.run', {});
      await desk.close();
      desk = await start(NOW);
      await expect(desk.page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible();
    });
    await desk.app.evaluate(({ dialog }, place) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [place] });
    }, stick);
    await test.step('the request goes to a stick; before an answer came, that is said', async () => {
      const { page } = desk;
      await page.getByRole('button', { name: 'Nhờ Thành phố mở khoá' }).click();
      await expect(page.getByRole('heading', { name: 'Nhờ Thành phố mở khoá' })).toBeVisible();
      await page.getByRole('button', { name: 'Ghi tệp xin mở khoá' }).click();
      await expect(page.getByText('Đã ghi tệp')).toBeVisible();
      await page.getByRole('button', { name: 'Đọc tệp trả lời' }).click();
      await expect(page.getByText('Không thấy tệp nào đuôi .tra-loi-mo-khoa')).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
    });
    await test.step('the safe opens it, the hub signs for one person', async () => {
      await hub.stop();
      const [request = ''] = readdirSync(stick);
      city(['--open-request', path.join(stick, request)], {}, `${safe.identity}\n`);
      const opened = path.join(stick, request.replace('.xin-mo-khoa', '.da-mo'));
      city(['--sign-answer', opened, '--person', 'Lê Thị Hạnh'], env);
    });
    await test.step('the answer is read, a new password chosen, the new code shown', async () => {
      const { page } = desk;
      await page.getByRole('button', { name: 'Đọc tệp trả lời' }).click();
      await expect(page.getByText('3. Thành phố cho Lê Thị Hạnh vào máy này.')).toBeVisible();
      await page.locator('input[name="first"]').fill(NEW);
      await page.locator('input[name="again"]').fill(NEW);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'Mã khôi phục của máy này' })).toBeVisible();
      await page.getByLabel('Tôi đã in hoặc chép mã ra giấy').check();
      await page.getByRole('button', { name: 'Tiếp tục' }).click();
      await expect(page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
      await desk.close();
    });
    await test.step('ninety-one days without the city: entering goes on, people and files wait', async () => {
      desk = await start(LATER);
      const { page } = desk;
      await page.locator('dialog.gate input[name="password"]').fill(NEW);
      await page.keyboard.press('Enter');
      const note = page.getByRole('region', { name: 'Cần nối mạng một lần' });
      await expect(note).toContainText('Hơn 90 ngày rồi máy này chưa gặp Thành phố.');
      await expect(
        desk.call('count.save', { asOf: '2026-11-01', form: null, format: 'csv' } as never),
      ).rejects.toThrow('ROLE_EXPIRED');
      await page.keyboard.press('n');
      await page.locator('#field-requester-fullName').fill('Nguyễn Thị Bình');
      await page.keyboard.press('Tab');
      await expect.poll(async () => (await desk.call('draft.list', {})).length).toBe(1);
      expect(await seriousFindings(page)).toEqual([]);
    });
  } finally {
    await desk.close().catch(() => undefined);
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
