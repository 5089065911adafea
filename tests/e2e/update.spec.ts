/** A new version as people meet it: told on Hôm nay, read, put off, fetched and checked; what is wrong is said; installing backs up first. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { installerOf, type ReleaseKey, releaseKey, writeRelease } from '../support/release.ts';
import { NOW } from './fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smc-update-'));
const shelf = path.join(folder, 'release');
const stick = path.join(folder, 'usb');
const keysFile = path.join(folder, 'keys.json');
let hub: HubProcess;
let desk: DeskApp;
let key: ReleaseKey;

const platform = `${process.platform}-${process.arch}`;
const release = (place: string, version: string, signedBy = key) => {
  const bytes = installerOf(version);
  return writeRelease(place, {
    version,
    key: signedBy,
    bytes,
    more: { notes: ['In Mẫu 02 đúng khổ A5.', 'Tìm hồ sơ nhanh hơn.'] },
    platform,
  });
};

test.beforeAll(async () => {
  key = await releaseKey();
  writeFileSync(keysFile, JSON.stringify([key.trusted]));
  hub = await startHubProcess(
    path.join(folder, 'city'),
    ['--enrol-code', '26743', '--role', 'head', '--name', 'Lê Thị Hạnh'],
    { SMC_NOW: NOW, SMC_CITY_UPDATES: shelf },
  );
  desk = await launchDesk({
    ...{ dataDir: path.join(folder, 'desk'), cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW },
    env: { SMC_UPDATE_KEYS: keysFile },
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
const card = () => desk.page.getByRole('region', { name: 'Phiên bản chương trình' });

test('a new version of the city is offered with what changed, put off, told on Hôm nay, fetched and held ready', async () => {
  const { page } = desk;
  await release(shelf, '9.0.0');
  await desk.room(6);
  await expect(card()).toContainText('Đây là bản mới nhất máy biết.');
  await card().getByRole('button', { name: 'Hỏi Thành phố ngay' }).click();
  await expect(card()).toContainText('Có bản mới 9.0.0');
  await expect(card()).toContainText('In Mẫu 02 đúng khổ A5.');
  await look(page, 'offered');
  await desk.room(1);
  const due = page.getByText('Có bản chương trình mới 9.0.0.');
  await expect(due).toBeVisible();
  await look(page, 'due');
  await page.getByRole('button', { name: 'Xem và cập nhật' }).click();
  await card().getByRole('button', { name: 'Cập nhật sau giờ làm' }).click();
  await expect(card()).toContainText('Đã để đến hôm nay 16:45');
  await desk.room(1);
  await expect(due).toBeHidden();
});

test('now: the store is backed up, and where this machine needs an administrator he gets the line to type', async () => {
  const { page } = desk;
  await desk.room(6);
  await card().getByRole('button', { name: 'Cập nhật ngay' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cập nhật lên bản 9.0.0?' });
  await look(page, 'ask');
  await dialog.getByRole('button', { name: 'Cập nhật ngay' }).click();
  await expect(card()).toContainText('sudo apt install', { timeout: 60_000 });
  await expect(dialog).toBeHidden();
  await expect(card()).toContainText('Đã lấy về và kiểm tra chữ ký xong');
  await look(page, 'by-hand');
  expect(await desk.call('backup.list', {})).toMatchObject([{ reason: 'update' }]);
  // The desk goes on as before.
  expect(await desk.call('data.verify', {})).toMatchObject({ ok: true });
});

test('from a stick: one that a stranger signed is refused in words, a good newer one is taken', async () => {
  const { page } = desk;
  await release(stick, '9.1.0', await releaseKey());
  await desk.app.evaluate(({ dialog }, place) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [place] });
  }, stick);
  await desk.room(6);
  await card().getByRole('button', { name: 'Lấy từ USB…' }).click();
  await expect(card().getByRole('alert')).toContainText('ký bằng khoá mà máy này không biết');
  await look(page, 'stranger');
  rmSync(stick, { recursive: true });
  await release(path.join(folder, 'good'), '9.1.0');
  cpSync(path.join(folder, 'good'), stick, { recursive: true });
  await card().getByRole('button', { name: 'Lấy từ USB…' }).click();
  await expect(card()).toContainText('Có bản mới 9.1.0');
  await expect(card()).toContainText('từ USB');
  await expect(card()).toContainText('sẵn sàng cài');
});
