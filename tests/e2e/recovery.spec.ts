/** A city, then a machine, that is put back to an older copy in the middle of a day: the desk says so in calm words, mends it by itself, and no typed letter is lost. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, readHubFigures, startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { reception } from '../support/forms.ts';
import { startLine } from '../support/line.ts';
import { NOW } from './fixture.ts';

/** A desk that lost the line asks for it twice a minute. */
const BACK_MS = 120_000;
const LONG_NAME = 'Tôn Nữ Công Huyền Diệu Phương Thảo Quỳnh Như Bảo Khánh Ngọc Lan Chi';

const axe = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
};
/** A run under way when the last dossier was taken in may have passed it by. */
const sendAll = (desk: DeskApp) =>
  expect.poll(async () => (await desk.call('sync.run', {})).waiting, { timeout: 30_000 }).toBe(0);
const take = (desk: DeskApp, name: string) =>
  desk.call('dossier.receive', reception(randomUUID(), 'birth', { 'child.fullName': name }));

/** The folder of a program that does not run, put back as it was at that time; `but` = files that were not copied. */
function putBack(copy: string, folder: string, but: readonly string[] = []): void {
  for (const name of readdirSync(folder))
    if (!but.includes(name)) rmSync(path.join(folder, name), { recursive: true });
  cpSync(copy, folder, { recursive: true, filter: (from) => !but.includes(path.relative(copy, from)) });
}

test('the city goes back while a form is half typed: the words come by themselves, nothing is pressed, nothing is lost', async () => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-recovery-'));
  const [city, copy] = [path.join(folder, 'city'), path.join(folder, 'city-copy')];
  const begun = Date.now();
  // The city's clock goes on while its program is stopped.
  const clock = () => ({ SMC_NOW: new Date(Date.parse(NOW) + Date.now() - begun).toISOString() });
  let hub: HubProcess = await startHubProcess(
    city,
    ['--enrol-code', '26743', '--name', 'Lê Thị Hạnh'],
    clock(),
  );
  const line = await startLine(hub.url);
  const desk = await launchDesk({
    ...{ dataDir: path.join(folder, 'desk'), cityUrl: line.url, enrolCode: hub.enrolCode, now: NOW },
  });
  try {
    const { page } = desk;
    const again = async () => {
      hub = await startHubProcess(city, [], clock());
      line.aim(hub.url);
    };
    await take(desk, 'Trẻ Trước Bản Sao');
    await sendAll(desk);
    await hub.stop();
    cpSync(city, copy, { recursive: true });
    await again();
    for (const name of [LONG_NAME, 'Trẻ Sau Bản Sao']) await take(desk, name);
    await sendAll(desk);

    await desk.room(1);
    await page.keyboard.press('n');
    const typed = page.getByLabel('Họ, chữ đệm, tên').first();
    await typed.fill('Đang Gõ Dở Khi Thành Phố Khôi Phục');

    line.down();
    await hub.stop();
    putBack(copy, city);
    await again();
    // What the schedule does every quarter of an hour: it finds no line, and asks for it from then on.
    expect(await desk.call('sync.run', {})).toMatchObject({ line: 'offline' });
    line.up();
    await expect(page.getByTestId('lamp')).toContainText('Trực tuyến', { timeout: BACK_MS });

    await expect(typed).toHaveValue('Đang Gõ Dở Khi Thành Phố Khôi Phục');
    await desk.room(1);
    const words = page.getByText(/Thành phố vừa khôi phục dữ liệu từ một bản sao cũ hơn/);
    await expect(words).toContainText('2 bản ghi Thành phố thiếu được gửi lại. Anh chị không phải làm gì.');
    expect(await axe(page)).toEqual([]);
    await desk.room(5);
    await expect(words).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Cần xử lý (0)' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Chờ gửi (0)' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Đã nhận (3)' })).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await desk.room(1);
    await page.keyboard.press('c');
    await expect(page.getByText('Không có chỗ lệch.')).toBeVisible();
    await hub.stop();
    expect(await readHubFigures(city, '2026-11-20')).toMatchObject({ events: 3, dossiers: 3 });
  } finally {
    await desk.close().catch(() => undefined);
    await line.close();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the data of the desk go back: without a line it says to wait and not to type again, with one it has everything back', async () => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-put-back-'));
  const [data, copy] = [path.join(folder, 'desk'), path.join(folder, 'desk-copy')];
  const hub = await startHubProcess(
    path.join(folder, 'city'),
    ['--enrol-code', '26743', '--name', 'Lê Thị Hạnh'],
    { SMC_NOW: NOW },
  );
  const line = await startLine(hub.url);
  const open = (enrolCode?: string) =>
    launchDesk({ dataDir: data, cityUrl: line.url, now: NOW, ...(enrolCode !== undefined && { enrolCode }) });
  let desk = await open(hub.enrolCode);
  try {
    await take(desk, 'Trẻ Trước Bản Sao');
    await sendAll(desk);
    await desk.close();
    cpSync(data, copy, { recursive: true });
    desk = await open();
    await take(desk, LONG_NAME);
    await sendAll(desk);
    await desk.close();
    // Somebody copies the older data over the newer ones; the mark beside them is what tells.
    putBack(copy, data, ['stream-mark.json']);

    line.down();
    desk = await open();
    await desk.room(1);
    await expect(desk.page.getByText(/Dữ liệu trên máy này cũ hơn lần dùng trước/)).toContainText(
      'Cứ làm tiếp, đừng gõ lại hồ sơ cũ.',
    );
    expect(await axe(desk.page)).toEqual([]);
    await desk.room(2);
    await expect(desk.page.getByText('Trẻ Trước Bản Sao')).toBeVisible();
    await expect(desk.page.getByText(LONG_NAME)).toHaveCount(0);

    line.up();
    await expect(desk.page.getByText(LONG_NAME)).toBeVisible({ timeout: BACK_MS });
    await desk.room(5);
    await expect(desk.page.getByText(/Máy này được khôi phục từ một bản cũ hơn/)).toContainText(
      'Anh chị không phải làm gì.',
    );
    await expect(desk.page.getByRole('tab', { name: 'Cần xử lý (0)' })).toBeVisible();
    // Events come back from the city; who looked at what in the lost time is gone, and the check says from where on.
    expect((await desk.call('data.verify', {})).problems).toEqual([
      expect.stringMatching(/^access \d+: put back$/),
    ]);
  } finally {
    await desk.close().catch(() => undefined);
    await line.close();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
