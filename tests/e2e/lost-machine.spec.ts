/** Cài đặt > Mất máy by keyboard: what stood on the lost machine, its key in two steps, the notice of 72 hours copied and saved. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { enrolDesk, type FakeDesk, makeEvent, sendEvents, sendHello } from '../support/fake-desk.ts';
import { goToTab } from '../support/settings-tab.ts';
import { receiveDossier } from '../support/wire-events.ts';
import { NOW } from './fixture.ts';

const WARD = '26743';
let folder: string;
let desk: DeskApp;
let page: Page;
let lost: FakeDesk;
let end: () => Promise<void>;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-lost-'));
  const city = path.join(folder, 'city');
  // A hub gives one code at its start: the machine that will be lost, then the head's.
  const first = await startHubProcess(city, ['--enrol-code', WARD], { SMC_NOW: NOW });
  const enrolled = await enrolDesk({ url: first.url, createEnrolCode: async () => first.enrolCode }, WARD);
  await first.stop();
  const hub = await startHubProcess(city, ['--enrol-code', WARD, '--role', 'head', '--name', 'Lê Thị Hạnh'], {
    SMC_NOW: NOW,
  });
  lost = { ...enrolled, url: hub.url };
  await sendEvents(lost, [makeEvent(lost, receiveDossier(WARD)), makeEvent(lost, receiveDossier(WARD))]);
  await sendHello(lost, { seq: lost.seq + 3 });
  desk = await launchDesk({
    ...{ dataDir: path.join(folder, 'desk'), cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW },
  });
  page = desk.page;
  end = async () => {
    await desk.close().catch(() => undefined);
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  };
});
test.afterAll(() => end());

const axe = async () => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
};
const lostRow = () => page.getByRole('button', { name: `${lost.me.no} · Máy thử` });

async function openLost(): Promise<void> {
  await page.keyboard.press('Escape');
  await desk.room(6);
  await goToTab(page, 'Mất máy');
  await expect(lostRow()).toBeVisible();
  await lostRow().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: `Trên máy ${lost.me.no} có gì` })).toBeVisible();
}

test('the figures of the machine stand there, nothing of a person, and axe finds nothing', async () => {
  await openLost();
  const held = page.getByRole('region', { name: `Trên máy ${lost.me.no} có gì` });
  await expect(held).toContainText('2 (đang giải quyết 2, đã xong 0)');
  await expect(held).toContainText('còn 3 bản ghi chưa gửi');
  await expect(page.getByRole('article')).toContainText('CHƯA thu hồi');
  await expect(page.locator('body')).not.toContainText('Nguyễn Thị Ánh');
  expect(await axe()).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
});

test('the hours count from the finding that is typed; one that lies ahead is told, not counted', async () => {
  await openLost();
  await page.getByLabel('Phát hiện mất ngày').fill('19/11/2026');
  await page.getByLabel('Lúc', { exact: true }).fill('9h30');
  // The hub's clock runs: a minute has begun of the 48th hour.
  await expect(page.getByText(/^Còn 4[78] giờ$/)).toBeVisible();
  await expect(page.getByRole('article')).toContainText('Phát hiện lúc 09:30 ngày 19/11/2026');
  await page.getByLabel('Phát hiện mất ngày').fill('19/12/2026');
  await expect(page.getByRole('alert')).toContainText('sau lúc này');
  await expect(page.getByRole('article')).toHaveCount(0);
});

test('the text is copied, and the paper is saved', async () => {
  await openLost();
  await page.getByRole('button', { name: 'Chép văn bản' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã chép văn bản thông báo')).toBeVisible();
  const copied = await desk.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('THÔNG BÁO VI PHẠM QUY ĐỊNH VỀ BẢO VỆ DỮ LIỆU CÁ NHÂN');
  const file = path.join(folder, 'thong-bao.pdf');
  await desk.saveTo(file);
  await page.getByRole('button', { name: 'Lưu PDF' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã lưu tệp PDF')).toBeVisible();
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
});

test('its key is revoked by the reason and the number typed again; a wrong number revokes nothing', async () => {
  await openLost();
  const { no } = lost.me;
  const go = page.getByRole('button', { name: `Thu hồi máy ${no}` });
  await go.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Lý do')).toBeFocused();
  await page.keyboard.insertText('mất trộm tại trụ sở');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Gõ lại số máy để xác nhận')).toBeFocused();
  expect(await axe()).toEqual([]);
  await page.keyboard.insertText('77');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Chưa thu hồi máy nào');
  expect((await sendHello(lost)).status).toBe(200);
  await dialog.getByLabel('Gõ lại số máy để xác nhận').fill(String(no));
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(`Đã thu hồi máy ${no}`)).toBeVisible();
  await expect(page.getByRole('article')).toContainText('Đã thu hồi khoá của máy lúc 09:3');
  await expect(page.getByRole('article')).toContainText('lý do: mất trộm tại trụ sở');
  await expect(go).toHaveCount(0);
  expect((await sendHello(lost)).status).toBe(403);
});
