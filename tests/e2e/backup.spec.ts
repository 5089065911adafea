/** Sao lưu by hand: a lamp leads there, a backup is made and looked at, restored, and a damaged store heals at the next start. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk, TEST_PASSWORD } from '../support/desk-app.ts';
import { spoil } from '../support/spoil.ts';
import { NOW } from './fixture.ts';

let folder: string;
let hub: HubProcess;
let desk: DeskApp;
const dataDir = () => path.join(folder, 'desk');
const launch = () => launchDesk({ dataDir: dataDir(), cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW });

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-backup-'));
  const code = ['--enrol-code', '26743', '--role', 'head', '--name', 'Lê Thị Hạnh'];
  hub = await startHubProcess(path.join(folder, 'city'), code, { SMC_NOW: NOW });
  desk = await launch();
});
test.afterAll(async () => {
  await desk.close().catch(() => undefined);
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

const draft = (page: Page, id: string, name: string) =>
  page.evaluate(
    (input) =>
      (window as unknown as { desk: { invoke(m: string, i: unknown): Promise<unknown> } }).desk.invoke(
        'draft.save',
        input,
      ),
    { id, chain: 'birth', values: { 'child.fullName': name } },
  );
const look = async (page: Page, name: string) => {
  if (process.env.SMC_SHOTS) await page.screenshot({ path: path.join(process.env.SMC_SHOTS, `${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
};

test('a lamp leads to Sao lưu; a backup is made, looked at and restored; the file that was used is kept', async () => {
  const { page } = desk;
  await draft(page, '00000000-0000-4000-8000-000000000001', 'Nguyễn Mẫu Trước');
  await expect(page.getByText('Nguyễn Mẫu Trước')).toBeVisible();
  await page.getByRole('button', { name: 'Chưa sao lưu' }).click();
  const lamp = page.getByRole('dialog', { name: 'Sao lưu gần nhất' });
  await expect(lamp).toContainText('Sao lưu ngay');
  await look(page, 'lamp');
  await lamp.getByRole('button', { name: 'Mở Sao lưu' }).click();
  await expect(page.getByRole('tab', { name: 'Sao lưu' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Sao lưu ngay' }).click();
  const row = page.getByRole('row', { name: /cán bộ yêu cầu/ });
  await expect(row).toContainText('đã kiểm tra lúc làm', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: /^Sao lưu hôm nay/ })).toBeVisible();
  await look(page, 'list');

  await draft(page, '00000000-0000-4000-8000-000000000002', 'Nguyễn Mẫu Sau');
  await row.getByRole('button', { name: /Xem trước/ }).click();
  const dialog = page.getByRole('dialog', { name: /Khôi phục bản sao lưu/ });
  await expect(dialog).toContainText('Sẽ không còn: 1 bản nháp', { timeout: 60_000 });
  await look(page, 'preview');
  await dialog.getByRole('button', { name: 'Khôi phục bản này' }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  const note = page.getByRole('region', { name: 'Dữ liệu vừa được phục hồi' });
  await expect(note).toContainText('Sổ đã trở lại như bản sao lưu', { timeout: 60_000 });
  await expect(note).toContainText('set-aside');
  await look(page, 'restored');
  await note.getByRole('button', { name: 'Đã đọc' }).click();
  await expect(note).toBeHidden();
  await desk.room(1);
  await expect(page.getByText('Nguyễn Mẫu Trước')).toBeVisible();
  await expect(page.getByText('Nguyễn Mẫu Sau')).toBeHidden();
});

test('a store that was spoiled while the machine was off is brought back whole, and the clerk is told calmly', async () => {
  await draft(desk.page, '00000000-0000-4000-8000-000000000003', 'Nguyễn Mẫu Cuối');
  await expect(desk.page.getByText('Nguyễn Mẫu Cuối')).toBeVisible();
  await desk.close();
  const file = path.join(dataDir(), 'desk.db');
  spoil(file, 'zero', 0);
  const damaged = readFileSync(file);
  desk = await launch();
  const note = desk.page.getByRole('region', { name: 'Dữ liệu vừa được phục hồi' });
  await expect(note).toContainText('Không thiếu lượt ghi nào', { timeout: 60_000 });
  await expect(desk.page.getByText('Nguyễn Mẫu Cuối')).toBeVisible();
  await look(desk.page, 'healed');
  const aside = /set-aside\/\S+\.db/.exec((await note.textContent()) ?? '')?.[0] ?? '';
  expect(readFileSync(path.join(dataDir(), aside)).equals(damaged)).toBe(true);
});

test('the PC is gone: a new one takes the data from the other disk, and the printed code opens it', async () => {
  const disk = path.join(folder, 'Ổ đĩa sao lưu của phường');
  mkdirSync(disk);
  const chooses = (app: DeskApp['app']) =>
    app.evaluate(({ dialog }, place) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [place] });
    }, disk);
  const { recovery } = await desk.call('account.new-recovery', { password: TEST_PASSWORD });
  await chooses(desk.app);
  await desk.room(6);
  await desk.page.getByRole('tab', { name: 'Sao lưu' }).click();
  await desk.page.getByRole('button', { name: 'Chọn nơi thứ hai' }).click();
  await draft(desk.page, '00000000-0000-4000-8000-000000000004', 'Nguyễn Mẫu Sau Cùng');
  await expect(desk.page.getByText(/theo kịp lúc/)).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(async () => (await desk.call('backup.state', {})).second?.behind, { timeout: 30_000 })
    .toBe(false);
  await look(desk.page, 'second');
  await desk.close();

  // Another folder stands for another PC: nothing of the old one is left but the disk.
  desk = await launchDesk({ dataDir: path.join(folder, 'new-pc'), cityUrl: hub.url, now: NOW, signIn: null });
  const { page } = desk;
  await chooses(desk.app);
  await page.getByRole('button', { name: 'Lấy dữ liệu của máy cũ' }).click();
  await expect(page.getByText(/Dữ liệu đến/)).toBeVisible();
  await look(page, 'old-found');
  await page.getByRole('button', { name: 'Dùng dữ liệu này' }).click();
  await page.getByRole('button', { name: /Quên mật khẩu|phiếu khôi phục/i }).click({ timeout: 60_000 });
  await look(page, 'old-code');
  await page.getByRole('textbox', { name: 'Mã khôi phục' }).fill(recovery);
  await page.locator('input[name="first"]').fill('tàu thuỷ cập bến sớm');
  await page.locator('input[name="again"]').fill('tàu thuỷ cập bến sớm');
  await page.keyboard.press('Enter');
  await page.getByLabel('Tôi đã in hoặc chép mã ra giấy').check({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await expect(page.getByText('Nguyễn Mẫu Sau Cùng')).toBeVisible({ timeout: 60_000 });
  await look(page, 'old-taken');
});
