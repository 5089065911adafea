/** The real app as people meet it: first password, printed code, lock, wrong password, the same form back, the colleague. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { startHubProcess } from '../demo/hub-process.ts';
import { choosePassword } from '../support/choose-password.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { NOW } from './fixture.ts';

const FIRST = 'mây trắng trên đồi chè';
const OTHER = 'tàu thuỷ cập bến sớm';
const password = (page: Page) => page.locator('dialog.gate input[name="password"]');

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
}

async function look(page: Page, name: string): Promise<void> {
  if (process.env.SMC_SHOTS) await page.screenshot({ path: path.join(process.env.SMC_SHOTS, `${name}.png`) });
  expect(await seriousFindings(page)).toEqual([]);
}

async function signIn(page: Page, text: string): Promise<void> {
  await password(page).fill(text);
  await page.keyboard.press('Enter');
}

test('a machine from its first password to the colleague who takes over', async () => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-sign-in-'));
  const city = path.join(folder, 'city');
  const env = { SMC_NOW: NOW };
  let hub = await startHubProcess(city, ['--enrol-code', '26743', '--name', 'Lê Thị Hạnh'], env);
  const start = (): Promise<DeskApp> =>
    launchDesk({
      ...{ dataDir: path.join(folder, 'desk'), cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW },
      signIn: null,
    });
  let desk = await start();
  try {
    const { page } = desk;
    await test.step('the first password: weak ones are told, the code is shown once', async () => {
      await expect(page.getByRole('heading', { name: 'Đặt mật khẩu cho Lê Thị Hạnh' })).toBeVisible();
      await page.locator('input[name="first"]').fill('ngắn');
      await page.keyboard.press('Enter');
      await expect(page.getByText('Cần từ 12 ký tự.')).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await choosePassword(page, FIRST)).toMatch(/^(\d{6}-){7}\d{6}$/);
      await expect(page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
      expect(existsSync(path.join(folder, 'desk', 'desk.key'))).toBe(false);
    });
    await test.step('Ctrl+L in the middle of a word, a wrong password, and the same field again', async () => {
      await page.keyboard.press('n');
      const name = page.locator('#field-requester-fullName');
      await name.fill('Nguyễn Thị Bình');
      await page.keyboard.press('Control+l');
      await expect(page.getByRole('heading', { name: 'Máy đang khoá' })).toBeVisible();
      await expect(name).not.toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      for (const capsLock of [true, false]) {
        await password(page).dispatchEvent('keydown', { key: 'A', modifierCapsLock: capsLock });
        await expect(page.getByText('Phím Caps Lock đang bật.')).toHaveCount(capsLock ? 1 : 0);
      }
      await signIn(page, 'may trang tren doi che');
      await expect(page.getByText('Mật khẩu không đúng.')).toBeVisible();
      await signIn(page, 'maay trawngs treen ddooif chef');
      await expect(page.getByText('Có vẻ bộ gõ đang tắt: chữ hiện ra là phím Telex')).toBeVisible();
      await signIn(page, FIRST.normalize('NFD'));
      await expect(name).toHaveValue('Nguyễn Thị Bình');
      await expect(page.locator('dialog.gate')).toHaveCount(0);
    });
    await test.step('Windows locks: so does the desk', async () => {
      await desk.app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
      await expect(page.getByRole('heading', { name: 'Máy đang khoá' })).toBeVisible();
      await signIn(page, FIRST);
      await expect(page.locator('dialog.gate')).toHaveCount(0);
    });
    await test.step('nobody touches the machine for the chosen minutes', async () => {
      await desk.app.evaluate(({ powerMonitor }) => {
        powerMonitor.getSystemIdleTime = () => 601;
      });
      await expect(page.getByRole('heading', { name: 'Máy đang khoá' })).toBeVisible({ timeout: 20_000 });
      await desk.app.evaluate(({ powerMonitor }) => {
        powerMonitor.getSystemIdleTime = () => 0;
      });
      await signIn(page, FIRST);
      await expect(page.locator('dialog.gate')).toHaveCount(0);
    });
    await desk.close();
    await hub.stop();

    hub = await startHubProcess(city, ['--account', '1', '--name', 'Trần Văn Long', '--role', 'head'], env);
    desk = await start();
    await test.step('after a restart the store is closed until somebody signs in', async () => {
      const at = desk.page;
      await expect(at.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible();
      await signIn(at, FIRST);
      await expect(at.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
      await expect(at.getByText('Nguyễn Thị Bình').first()).toBeVisible();
    });
    await test.step('the colleague whom the city named chooses his password, and a PIN for herself', async () => {
      const at = desk.page;
      await desk.call('sync.run', {});
      await desk.room(6);
      await at.getByRole('tab', { name: 'Cán bộ' }).click();
      await at.getByRole('button', { name: 'Đặt mật khẩu cho Trần Văn Long' }).click();
      const dialog = at.locator('dialog[open]');
      await dialog.locator('input[name="first"]').fill(OTHER);
      await dialog.locator('input[name="again"]').fill(OTHER);
      await dialog.getByRole('button', { name: 'Đặt mật khẩu', exact: true }).click();
      await expect(dialog).toHaveCount(0);
      await at.locator('input[name="pin"]').fill('274816');
      await at.getByRole('button', { name: 'Đặt mã PIN' }).click();
      await expect(at.getByText('Đã đặt mã PIN.')).toBeVisible();
      expect(await seriousFindings(at)).toEqual([]);
    });
    await test.step('he takes over: his name, not her draft; she comes back by PIN', async () => {
      const at = desk.page;
      await at.keyboard.press('Control+l');
      await at.getByLabel('Trần Văn Long', { exact: true }).check();
      await signIn(at, OTHER);
      await expect(at.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
      await expect(at.locator('.shell-person')).toContainText('Trần Văn Long');
      await expect(at.getByText('Nguyễn Thị Bình')).toHaveCount(0);
      await test.step('she is away and a citizen waits: he opens a copy of her draft and says why', async () => {
        await at.getByRole('button', { name: 'Bản nháp của đồng nghiệp (1)' }).click();
        const dialog = at.getByRole('dialog', { name: 'Bản nháp của đồng nghiệp' });
        await dialog.getByRole('button', { name: 'Mở bản sao' }).click();
        await expect(dialog.getByText('Cần ghi lý do')).toBeVisible();
        await dialog.getByLabel('Lý do').fill('Dân chờ, chị Hạnh họp trên quận');
        await look(at, 'others-drafts');
        await at.keyboard.press('Enter');
        await expect(at.locator('#field-requester-fullName')).toHaveValue('Nguyễn Thị Bình');
        await desk.room(1);
      });
      await at.keyboard.press('Control+l');
      await at.getByLabel('Lê Thị Hạnh', { exact: true }).check();
      const pin = at.getByLabel('Mã PIN của Lê Thị Hạnh (6 chữ số)');
      await pin.pressSequentially('274816');
      await expect(at.locator('.shell-person')).toContainText('Lê Thị Hạnh');
      await expect(at.getByText('Nguyễn Thị Bình').first()).toBeVisible();
      const note = at.getByRole('region', { name: 'Có việc liên quan đến anh chị' });
      await expect(note).toContainText('Trần Văn Long đã mở bản sao một bản nháp của anh chị');
      await expect(note).toContainText('Dân chờ, chị Hạnh họp trên quận');
      await look(at, 'about-me');
      await note.getByRole('button', { name: 'Đã đọc' }).click();
      await expect(note).toBeHidden();
    });
    await test.step('he sets her password anew; she takes one that he does not know before anything else', async () => {
      const at = desk.page;
      const given = 'gió mùa đông bắc về';
      await at.keyboard.press('Control+l');
      await at.getByLabel('Trần Văn Long', { exact: true }).check();
      await signIn(at, OTHER);
      await expect(at.locator('.shell-person')).toContainText('Trần Văn Long');
      await desk.room(6);
      await at.getByRole('tab', { name: 'Cán bộ' }).click();
      await at.getByRole('button', { name: 'Đặt lại mật khẩu của Lê Thị Hạnh' }).click();
      const dialog = at.locator('dialog[open]');
      await dialog.locator('input[name="first"]').fill(given);
      await dialog.locator('input[name="again"]').fill(given);
      await dialog.getByRole('button', { name: 'Đặt mật khẩu', exact: true }).click();
      await expect(dialog).toHaveCount(0);
      await at.keyboard.press('Control+l');
      await at.getByLabel('Lê Thị Hạnh', { exact: true }).check();
      await signIn(at, given);
      await expect(at.getByRole('heading', { name: 'Đặt mật khẩu mới cho Lê Thị Hạnh' })).toBeVisible();
      const own = async (text: string) => {
        await at.locator('dialog.gate input[name="first"]').fill(text);
        await at.locator('dialog.gate input[name="again"]').fill(text);
        await at.keyboard.press('Enter');
      };
      await own(given);
      await expect(at.getByText('Mã lỗi PASSWORD_SAME')).toBeVisible();
      await look(at, 'renew');
      await own('bờ tre xanh mát rượi');
      await expect(at.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
      await expect(at.locator('.shell-person')).toContainText('Lê Thị Hạnh');
      await expect(at.getByText('Nguyễn Thị Bình').first()).toBeVisible();
      await expect(at.getByText('Trần Văn Long đã đặt lại mật khẩu của anh chị')).toBeVisible();
    });
    await test.step('no name, no password lies in the open beside the encrypted store', () => {
      const slots = readFileSync(path.join(folder, 'desk', 'keys', 'tries.json'), 'utf8');
      expect(slots).not.toMatch(/mây|tàu|Nguyễn/);
    });
  } finally {
    await desk.close().catch(() => undefined);
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the demonstration shows its password on the screen', async () => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-demo-in-'));
  const hub = await startHubProcess(path.join(folder, 'city'), ['--enrol-code', '26740', '--demo'], {
    SMC_NOW: NOW,
  });
  const desk = await launchDesk({
    ...{ dataDir: path.join(folder, 'desk'), cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW },
    ...{ demoData: true, signIn: null },
  });
  try {
    const shown = await desk.page.getByText('Mật khẩu: ').innerText();
    await signIn(desk.page, shown.replace(/^.*Mật khẩu: /, ''));
    await expect(desk.page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
  } finally {
    await desk.close();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
