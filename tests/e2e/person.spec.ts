/** Cài đặt > Trích dữ liệu by keyboard: a person found exactly, the request recorded, the paper looked at, printed to PDF, the file saved. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { startHubProcess } from '../demo/hub-process.ts';
import { saveInPlain, saveSealed } from '../support/answer-guard.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { reception } from '../support/forms.ts';
import { openZip } from '../support/open-sealed.ts';
import { goToTab } from '../support/settings-tab.ts';
import { NOW } from './fixture.ts';

const NUMBER = '079196004217';
const LONG = 'Công Tằng Tôn Nữ Thị Phương Nguyễn Hoàng Bảo Châu Minh Nguyệt Thanh Trúc';
let folder: string;
let desk: DeskApp;
let page: Page;
let end: () => Promise<void>;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-person-'));
  const code = ['--enrol-code', '26743', '--role', 'head', '--name', 'Lê Thị Hạnh'];
  const hub = await startHubProcess(path.join(folder, 'city'), code, { SMC_NOW: NOW });
  desk = await launchDesk({
    ...{ dataDir: path.join(folder, 'desk'), cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW },
  });
  page = desk.page;
  const person = { 'mother.fullName': LONG, 'mother.birth': '1996-05-02', 'mother.citizenNumber': NUMBER };
  for (let n = 0; n < 3; n++)
    await desk.call(
      'dossier.receive',
      reception(crypto.randomUUID(), 'birth', { ...person, 'child.fullName': `Trần Thị Út ${n}` }),
    );
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

async function openPanel(): Promise<void> {
  await page.keyboard.press('Escape');
  await desk.room(1);
  await desk.room(6);
  await goToTab(page, 'Trích dữ liệu');
  await page.getByLabel('Số định danh').focus();
}

test('what is too little to go by is told; nobody is found by a wrong number', async () => {
  await openPanel();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('gõ cả họ tên và ngày sinh');
  await page.keyboard.insertText('001099000001');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Không hồ sơ nào trên máy này ghi đúng người đó.')).toBeVisible();
});

test('a person is found, the request recorded, the paper shown and saved, the file saved', async () => {
  await openPanel();
  await page.keyboard.insertText('079 196 004 217');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Có 3 hồ sơ ghi người này')).toBeVisible();
  await expect(page.getByRole('cell', { name: '•••• 4217' })).toHaveCount(3);
  await expect(page.locator('body')).not.toContainText(NUMBER);
  await page.getByLabel('Lý do, văn bản yêu cầu').focus();
  await page.keyboard.insertText('đơn ngày 20/11/2026');
  expect(await axe()).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { name: 'Dữ liệu cá nhân của người yêu cầu', exact: true }),
  ).toBeVisible();
  await expect(page.locator('.slip-preview')).toContainText(NUMBER);
  await expect(page.locator('.slip-preview')).toContainText('25/11/2026');
  expect(await axe()).toEqual([]);
  const pdf = path.join(folder, 'trich.pdf');
  await desk.saveTo(pdf);
  await page.keyboard.press('Control+s');
  await saveInPlain(page, 'Người dân nhận tại quầy');
  await expect(page.getByText('Đã lưu tệp PDF.')).toBeVisible();
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  await page.keyboard.press('Escape');
  await openPanel();
  const json = path.join(folder, 'trich.zip');
  await desk.saveTo(json);
  await page.getByRole('button', { name: 'Lưu JSON của •••• 4217' }).focus();
  await page.keyboard.press('Enter');
  const password = await saveSealed(page);
  await expect(page.getByText('Đã lưu tệp JSON')).toBeVisible();
  const { content } = openZip(readFileSync(json), password);
  expect(JSON.parse(content.toString('utf8')).dossiers).toHaveLength(3);
  await expect(page.getByText(/tệp PDF .*, tệp JSON/)).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
});
