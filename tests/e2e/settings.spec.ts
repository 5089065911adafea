/** Cài đặt > Danh mục by keyboard: find a row, correct it, add days of Tết, read who corrected what; a clerk only reads. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { Role } from '../../shared/domain/verbs.ts';
import { startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { NOW, typeAndTab } from './fixture.ts';

const SOURCE = 'Quyết định giả định 99/QĐ-TTg ngày 01/12/2026';

async function deskOf(role: Role): Promise<{ desk: DeskApp; end(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-settings-'));
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
  return { desk, end };
}

const axe = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
};
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );

async function openCatalogue(desk: DeskApp): Promise<void> {
  await desk.room(6);
  await expect(desk.page.getByRole('tab', { name: 'Máy này' })).toBeFocused();
  await desk.page.keyboard.press('ArrowRight');
  await expect(desk.page.getByRole('tab', { name: 'Danh mục' })).toBeFocused();
}

test.describe('the head of a desk', () => {
  let desk: DeskApp;
  let end: () => Promise<void>;
  test.beforeAll(async () => {
    ({ desk, end } = await deskOf('head'));
  });
  test.afterAll(() => end());
  test.beforeEach(async () => {
    await desk.page.keyboard.press('Escape');
    await desk.room(1);
    await openCatalogue(desk);
  });

  test('sees what is open first, under its groups, with nothing cut at 1366x768 and at 125 %', async () => {
    const { page, app } = desk;
    await expect(page.getByRole('checkbox', { name: 'Chỉ mục cần xác nhận' })).toBeChecked();
    await expect(page.getByRole('rowheader', { name: /^Thời hạn \d/ })).toBeVisible();
    await expect(page.getByText('đã đối chiếu')).toHaveCount(0);
    expect(await axe(page)).toEqual([]);
    const list = page.getByRole('group', { name: 'Danh mục' });
    for (const zoom of [1, 1.25]) {
      await app.evaluate(
        ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor),
        zoom,
      );
      const wider = await list.evaluate((box) => box.scrollWidth - box.clientWidth);
      expect(wider, `at ${zoom}`).toBeLessThanOrEqual(0);
      const head = page.getByRole('columnheader', { name: 'Căn cứ' });
      await list.evaluate((box) => box.scrollTo(0, 0));
      const before = await head.boundingBox();
      await list.focus();
      await page.keyboard.press('End');
      await expect.poll(() => list.evaluate((box) => box.scrollTop)).toBeGreaterThan(500);
      expect((await head.boundingBox())?.y, `head at ${zoom}`).toBe(before?.y);
    }
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1));
  });

  test('corrects a limit without the mouse; the refusal says why, and the focus goes on to the next row', async () => {
    const { page } = desk;
    await page.getByLabel('Tìm trong danh mục').focus();
    await page.keyboard.insertText('thoi han cap the');
    await expect(page.getByRole('button', { name: /^Sửa: / })).toHaveCount(2);
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^Sửa: Thời hạn cấp thẻ BHYT/);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/^Sửa: Thời hạn cấp thẻ căn cước/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Số ngày làm việc')).toBeFocused();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('năm');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
      'Số ngày phải là số nguyên từ 1 đến 999',
    );
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('5');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Cần ghi căn cứ');
    await page.keyboard.press('Tab');
    await typeAndTab(page, SOURCE);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Cần ghi lý do');
    await page.keyboard.insertText('đã có văn bản');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Sửa: / })).toHaveCount(1);
    await expect.poll(() => focused(page)).toMatch(/^Sửa: Thời hạn cấp thẻ căn cước/);
    await page.getByRole('checkbox').uncheck();
    const row = page.getByRole('row', { name: /Thời hạn cấp thẻ BHYT/ });
    await expect(row).toContainText('5 ngày làm việc');
    await expect(row).toContainText('Phường Bến Thành đã sửa');
  });

  test('a dialog that is closed gives the focus back and changes nothing', async () => {
    const { page } = desk;
    const first = page.getByRole('button', { name: /^Sửa: / }).first();
    await first.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(first).toBeFocused();
  });

  test('adds the days of Tết as typed, and the history tells them as one correction', async () => {
    const { page } = desk;
    const year = page.getByRole('button', { name: /^Lịch năm 2027: còn 11 ngày/ });
    await year.press('Enter');
    await expect(page.getByRole('button', { name: /^Sửa: / })).toHaveCount(11);
    await page.getByRole('button', { name: 'Thêm ngày nghỉ / làm bù' }).press('Enter');
    await expect(page.getByLabel('Ngày', { exact: true })).toBeFocused();
    await typeAndTab(page, '11022027');
    await typeAndTab(page, '10/2/2027');
    await page.keyboard.press('Tab');
    await typeAndTab(page, SOURCE);
    await page.keyboard.insertText('đã có lịch nghỉ Tết');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
      'Ngày cuối phải không trước ngày đầu',
    );
    await page.getByLabel('Đến hết ngày').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('12/2/2027');
    await expect(page.getByText('Thứ Năm 11/02/2027 - Thứ Sáu 12/02/2027: 2 ngày')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('row', { name: /12\/02\/2027 · nghỉ lễ/ })).toContainText('đã sửa');
    await page.getByRole('button', { name: 'Các lần đã sửa' }).press('Enter');
    const last = page.getByRole('dialog').getByRole('row').nth(1);
    await expect(last).toContainText('Lê Thị Hạnh');
    await expect(last).toContainText('Ngày 12/02/2027: ngày thường nghỉ lễ');
    await expect(last).toContainText('đã có lịch nghỉ Tết');
    expect(await axe(page)).toEqual([]);
  });

  test('a make-up day on a Friday is refused, on a Saturday it is taken', async () => {
    const { page } = desk;
    const add = page.getByRole('button', { name: 'Thêm ngày nghỉ / làm bù' });
    await add.press('Enter');
    await typeAndTab(page, '19022027');
    await page.keyboard.press('Tab');
    await page.getByLabel('Ngày này là').selectOption('làm bù');
    await page.keyboard.press('Tab');
    await typeAndTab(page, SOURCE);
    await page.keyboard.insertText('hoán đổi ngày làm việc');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
      'Ngày 19/02/2027 vốn là ngày làm việc',
    );
    await page.getByLabel('Ngày', { exact: true }).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('20022027');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(add).toBeFocused();
    await expect(page.getByRole('row', { name: /20\/02\/2027 · làm bù/ })).toBeVisible();
  });
});

test('a clerk reads it all and corrects nothing', async () => {
  const { desk, end } = await deskOf('clerk');
  try {
    await openCatalogue(desk);
    const { page } = desk;
    await expect(page.getByText('Lãnh đạo bộ phận hoặc quản trị đơn vị mới sửa được')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Sửa|^Thêm ngày/ })).toHaveCount(0);
    await page.getByRole('checkbox').press('Space');
    await expect(page.getByText('đã đối chiếu').first()).toBeVisible();
    await page.getByRole('button', { name: 'Các lần đã sửa' }).press('Enter');
    await expect(page.getByText('Chưa có lần sửa nào')).toBeVisible();
    expect(await axe(page)).toEqual([]);
  } finally {
    await end();
  }
});
