/** Gửi bằng USB by keyboard in the real window: out to a stick, through the page of the hub, and the receipts back. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { DeskApp } from '../support/desk-app.ts';
import { expect, test } from './fixture.ts';

test.use({ worldName: 'courier' });

const stick = mkdtempSync(path.join(tmpdir(), 'smc-e2e-usb-'));
test.afterAll(() => rmSync(stick, { recursive: true, force: true }));

/** The next dialog for a folder answers with this one; null = closed without a choice. */
const plugIn = ({ app }: DeskApp, folder: string | null) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () =>
      chosen === null ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [chosen] };
  }, folder);
const axe = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
};
const count = (value: number) => ({
  ...{ asOf: '2026-11-01', form: null, from: null, source: 'typed' as const },
  units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }] }],
});

test('what waits goes out, is handed in on the page of the hub, and its receipts are read in', async ({
  world,
  page,
}) => {
  const { desk, hub, line } = world;
  await desk.call('sync.run', {});
  line.down();
  await desk.call('count.record', count(12));
  await desk.call('count.record', count(13));
  await desk.room(5);
  await page.getByRole('button', { name: 'Gửi bằng USB' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Gửi bằng USB khi không có mạng' });
  await expect(dialog.getByText('2 thay đổi chờ gửi sẽ nằm trong một tệp niêm phong')).toBeVisible();
  expect(await axe(page)).toEqual([]);

  await plugIn(desk, path.join(stick, 'da-rut'));
  await page.keyboard.press('Control+s');
  await expect(dialog.getByRole('alert')).toContainText('USB đã bị rút ra');
  await plugIn(desk, stick);
  await page.keyboard.press('Control+s');
  await expect(dialog.getByRole('status')).toContainText('Đã ghi xong tệp 26743-');
  const [name = ''] = readdirSync(stick);
  expect(name).toMatch(/^26743-\d+-261120-09\d\d\.somotcua$/);

  await page.keyboard.press('Control+o');
  await expect(dialog.getByRole('alert')).toContainText('Không thấy tệp nào đuôi .bien-nhan.somotcua');
  await page.screenshot({ path: test.info().outputPath('xuat.png') });

  const form = new FormData();
  form.set('file', new File([new Uint8Array(readFileSync(path.join(stick, name)))], name));
  const answer = await fetch(`${hub.url}/console/courier`, { method: 'POST', body: form });
  expect(answer.headers.get('content-disposition')).toContain('.bien-nhan.somotcua');
  const answerName = name.replace('.somotcua', '.bien-nhan.somotcua');
  writeFileSync(path.join(stick, answerName), new Uint8Array(await answer.arrayBuffer()));

  await page.keyboard.press('Control+o');
  await expect(dialog.getByRole('status').last()).toContainText(
    'Thành phố đã nhận: 2 thay đổi có biên nhận.',
  );
  await page.screenshot({ path: test.info().outputPath('nhap.png') });
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Chờ gửi (0)' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Đã nhận (2)' })).toBeVisible();
});

test('a dialog for the folder that is closed changes nothing', async ({ world, page }) => {
  const { desk, line } = world;
  await desk.call('sync.run', {});
  line.down();
  await desk.call('count.record', count(14));
  await desk.room(5);
  await page.getByRole('button', { name: 'Gửi bằng USB' }).click();
  const dialog = page.getByRole('dialog', { name: 'Gửi bằng USB khi không có mạng' });
  await plugIn(desk, null);
  await page.keyboard.press('Control+s');
  await expect(dialog.getByText('1 thay đổi chờ gửi')).toBeVisible();
  await expect(dialog.getByRole('alert')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('no path ever comes from the window', async ({ world }) => {
  for (const method of ['courier.write', 'courier.read'] as const)
    await expect(world.desk.call(method, { place: stick })).rejects.toThrow('FORBIDDEN');
});
