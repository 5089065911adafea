/** Nhật ký truy cập by hand: what the head sees of the work at the desk, filters, pages, the check, the city's confirmation, the file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../demo/hub-process.ts';
import { saveInPlain, saveSealed } from '../support/answer-guard.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { reception } from '../support/forms.ts';
import { openOffice } from '../support/open-sealed.ts';
import { readSheets } from '../support/read-back.ts';
import { NOW } from './fixture.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const LONG = 'Công Tằng Tôn Nữ Nguyễn Phúc Hoàng Quỳnh Hương Thảo Mẫu';
let folder: string;
let hub: HubProcess;
let desk: DeskApp;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-access-'));
  const code = ['--enrol-code', '26743', '--role', 'head', '--name', LONG];
  hub = await startHubProcess(path.join(folder, 'city'), code, { SMC_NOW: NOW });
  desk = await launchDesk({
    dataDir: path.join(folder, 'desk'),
    cityUrl: hub.url,
    enrolCode: hub.enrolCode,
    now: NOW,
  });
});
test.afterAll(async () => {
  await desk.close().catch(() => undefined);
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});
const look = async (page: Page, name: string) => {
  if (process.env.SMC_SHOTS) await page.screenshot({ path: path.join(process.env.SMC_SHOTS, `${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
};

test('the head reads who did what, checks it, sees the city’s word, and keeps a file', async () => {
  const { page } = desk;
  await desk.call('dossier.receive', reception(ID, 'birth'));
  await desk.call('dossier.get', { id: ID });
  await desk.room(6);
  await page.getByRole('tab', { name: 'Máy này' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Nhật ký truy cập' })).toHaveAttribute('aria-selected', 'true');
  const opened = page.getByRole('row', { name: /Mở hồ sơ/ });
  await expect(opened).toContainText(LONG);
  await expect(opened).toContainText(/T-\d+-261120-001/);
  await look(page, 'access');

  await page.getByRole('button', { name: 'Kiểm tra nhật ký' }).click();
  await expect(page.getByText(/^Nguyên vẹn: \d+ mục nhật ký/)).toBeVisible({ timeout: 60_000 });
  await page.getByLabel('Mã hồ sơ').fill('x-khong-co');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Không có mục nào khớp.')).toBeVisible();
  await page.getByLabel('Mã hồ sơ').fill('');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Việc' }).selectOption('Mở hồ sơ');
  await expect(page.getByRole('row')).toHaveCount(2);

  const saveTo = async (name: string) => {
    await desk.saveTo(path.join(folder, name));
    await page.getByRole('button', { name: 'Lưu ra tệp' }).focus();
    await page.keyboard.press('Enter');
  };
  await saveTo('nhat-ky.csv');
  const asked = page.getByRole('dialog', { name: 'Lưu tệp có dữ liệu cá nhân' });
  await expect(asked).toBeVisible();
  await look(page, 'export-asked');
  await page.keyboard.press('Escape');
  await expect(asked).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(asked.getByRole('button', { name: 'Chọn nơi lưu' })).toBeDisabled();
  await look(page, 'export-plain');
  await page.keyboard.press('ArrowUp');
  await saveInPlain(page, 'Thanh tra yêu cầu tệp mở');
  await expect(page.getByText('Đã lưu. Việc lưu cũng được ghi vào nhật ký.')).toBeVisible();
  expect(readFileSync(path.join(folder, 'nhat-ky.csv'), 'utf8')).toContain('dossier.get');

  await saveTo('nhat-ky.xlsx');
  await expect(asked).toBeVisible();
  const password = await saveSealed(page, () => look(page, 'export-password'));
  const book = openOffice(readFileSync(path.join(folder, 'nhat-ky.xlsx')), password).content;
  expect([...(readSheets(book)[0]?.cells.values() ?? [])].map((cell) => cell.value)).toContain('dossier.get');
  await page.getByRole('combobox', { name: 'Việc' }).selectOption('Đưa dữ liệu cá nhân ra tệp');
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('row').nth(1)).toContainText('có mật khẩu · nhật ký truy cập');
  await expect(page.getByRole('row').nth(2)).toContainText(
    'không mật khẩu · nhật ký truy cập · Thanh tra yêu cầu tệp mở',
  );
  await look(page, 'export-logged');

  await desk.call('sync.run', {});
  await desk.call('sync.run', {});
  await page.getByRole('combobox', { name: 'Việc' }).selectOption('Lưu nhật ký ra tệp');
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByText(/^Thành phố đã xác nhận/)).toBeVisible();
  await look(page, 'access-confirmed');
});
