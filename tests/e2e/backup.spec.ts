/** Sao lưu by hand: a lamp leads there, a backup is made and looked at, restored, and a damaged store heals at the next start. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
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
