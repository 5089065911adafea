/** Cài đặt > Gửi và nhận by keyboard: the day's end, the way to the city, the city's own authority, the lines for the scheduler. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { Role } from '../../shared/domain/verbs.ts';
import { startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { goToTab } from '../support/settings-tab.ts';
import { makeAuthority } from '../support/tls-road.ts';
import { NOW } from './fixture.ts';

interface Place {
  readonly desk: DeskApp;
  readonly folder: string;
  readonly url: string;
  end(): Promise<void>;
}

async function deskOf(role: Role): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-sending-'));
  const code = ['--enrol-code', '26743', '--role', role, '--name', 'Lê Thị Hạnh'];
  const hub = await startHubProcess(path.join(folder, 'city'), code, { SMC_NOW: NOW });
  const desk = await launchDesk({
    ...{ dataDir: path.join(folder, 'desk'), cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW },
  });
  const end = async () => {
    await desk.close().catch(() => undefined);
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { desk, folder, url: hub.url, end };
}

const axe = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
};

async function openSending({ page, room }: DeskApp): Promise<void> {
  await room(6);
  await goToTab(page, 'Gửi và nhận');
  await expect(page.getByRole('region', { name: 'Gửi khi không mở chương trình' })).toBeVisible();
}

test.describe('the head of a desk', () => {
  let place: Place;
  let page: Page;
  test.beforeAll(async () => {
    place = await deskOf('head');
    ({ page } = place.desk);
  });
  test.afterAll(() => place.end());
  test.beforeEach(async () => {
    await page.keyboard.press('Escape');
    await place.desk.room(1);
    await openSending(place.desk);
  });

  test('reads when it sent and will send, and by which way', async () => {
    const when = page.getByRole('region', { name: 'Khi nào gửi' });
    await expect(when).toContainText(/Lần gửi gần nhất\s*hôm nay \d\d:\d\d, xong/);
    await expect(when).toContainText(/Lần gửi tới\s*hôm nay \d\d:\d\d/);
    const road = page.getByRole('region', { name: 'Đường đến Thành phố' });
    await expect(road).toContainText(place.url);
    await expect(road).toContainText('không dùng, đi thẳng');
    expect(await axe(page)).toEqual([]);
    for (const zoom of [1, 1.25]) {
      await place.desk.app.evaluate(
        ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor),
        zoom,
      );
      const panel = page.getByRole('tabpanel');
      await expect
        .poll(() => panel.evaluate((box) => box.scrollWidth - box.clientWidth), { message: `at ${zoom}` })
        .toBeLessThanOrEqual(0);
    }
    await place.desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1),
    );
  });

  test('types the hour of its own day’s end; what is no hour is told, and stays as typed', async () => {
    const field = page.getByLabel('Giờ hết ngày làm việc');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(field).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('25h70');
    await page.keyboard.press('Enter');
    await expect(page.getByText('"25h70" không phải giờ trong ngày')).toBeVisible();
    await expect(field).toHaveValue('25h70');
    await expect(field).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('1715');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Giờ do máy này đặt.')).toBeVisible();
    await expect(field).toHaveValue('17:15');
    await expect(field).toBeFocused();
    await expect(page.getByText('lúc 17:20, năm phút sau giờ hết ngày')).toBeVisible();
    expect(await place.desk.call('sync.settings', {})).toMatchObject({ dayEnd: '17:15' });
  });

  test('copies the lines for its own system, with the program that really runs here', async () => {
    const copy = page.getByRole('button', { name: /^Chép: Linux: mở cửa sổ lệnh/ });
    await copy.press('Enter');
    await expect(page.getByText('Đã chép. Sang cửa sổ lệnh rồi dán.')).toBeVisible();
    const program = await place.desk.app.evaluate(() => process.execPath);
    const text = await place.desk.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(text).toContain(`ExecStart="${program}"`);
    expect(text).toContain('systemctl --user enable --now so-mot-cua-gui.timer');
  });

  test('takes the city’s own authority from a file, refuses what is none, and goes back after a question', async () => {
    const region = page.getByRole('region', { name: 'Chứng thư gốc của Thành phố' });
    const give = async (name: string, text: string) => {
      const file = path.join(place.folder, name);
      writeFileSync(file, text);
      const chooser = page.waitForEvent('filechooser');
      await region.getByRole('button', { name: 'Nhập tệp .pem…' }).press('Enter');
      await (await chooser).setFiles(file);
    };
    await give('sai.pem', 'không phải chứng thư');
    await expect(region.getByRole('alert')).toContainText('Tệp chứng thư gốc không đọc được');
    await give('to.pem', 'x'.repeat(100_001));
    await expect(region.getByRole('alert')).toContainText('Tệp chứng thư gốc không đọc được');
    await give('thanh-pho.pem', makeAuthority().ca);
    await expect(region.getByRole('listitem')).toContainText(/^CA Thu, dùng đến \d\d\/\d\d\/\d{4}$/);
    await expect(region.getByRole('alert')).toHaveCount(0);
    const remove = region.getByRole('button', { name: 'Thôi dùng chứng thư riêng' });
    await remove.press('Enter');
    await expect(page.getByRole('dialog')).toContainText('máy sẽ không gửi được');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(region.getByRole('listitem')).toHaveCount(1);
    await remove.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Thôi dùng' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(region.getByRole('listitem')).toHaveCount(0);
    expect(await place.desk.call('sync.settings', {})).toMatchObject({ cityCa: null });
  });
});

test('a clerk sets the hour, and is told who may change the authority', async () => {
  const { desk, end } = await deskOf('clerk');
  try {
    await openSending(desk);
    const { page } = desk;
    await expect(page.getByText('Trưởng bộ phận, quản trị hoặc kỹ thuật mới đổi được')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Nhập tệp .pem…' })).toHaveCount(0);
    await page.getByLabel('Giờ hết ngày làm việc').fill('16h30');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Giờ hết ngày làm việc')).toHaveValue('16:30');
    expect(await axe(page)).toEqual([]);
  } finally {
    await end();
  }
});
