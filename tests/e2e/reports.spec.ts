/** Báo cáo by keyboard: the city's table, a printed total beside it, pictures, a kept report, paper, clipboard. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { saveInPlain } from '../support/answer-guard.ts';
import { expect, startWorld, test, type World } from './fixture.ts';

const SEED_DAY = '2023-09-19';
let world: World & { end(): Promise<void> };
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  world = await startWorld('79');
  page = world.desk.page;
  const file = path.resolve(import.meta.dirname, '../fixtures/seeds-ngoai-nganh-2023-09-19.csv');
  const { data } = Papa.parse<Record<string, string>>(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  });
  const rows = data.filter((r) => /^7\d\d$/.test(r.unit_code ?? ''));
  const units = [...new Set(rows.map((r) => r.unit_code ?? ''))].map((code) => ({
    unit: `${code}@2021-01-01`,
    cells: rows
      .filter((r) => r.unit_code === code)
      .map((r) => ({ category: r.category_code ?? '', measure: 'tong', value: Number(r.count) })),
  }));
  await world.desk.call('count.record', { asOf: SEED_DAY, form: null, from: null, source: 'pasted', units });
});
test.afterAll(() => world?.end());

const tab = (name: RegExp) => page.getByRole('tab', { name });
const table = () => page.getByRole('grid');
const pick = (id: string) => page.getByLabel('Chọn báo cáo').selectOption(id);
/** A picture of how it stood, kept beside the results. */
const look = async (name: string) => {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
};

async function expectClean(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
}

test.describe.configure({ mode: 'serial' });
test("the city's table stands there at once, and arrows walk through it", async () => {
  await world.desk.room(1);
  await world.desk.room(4);
  await expect(table().getByRole('row')).toHaveCount(24);
  const sums = table().getByRole('row').last();
  await expect(sums).toHaveText(/Tổng33\.37026\.770159\.00612\.71950\.87129\.1838\.1901\.408$/);
  await expect(tab(/Bảng số liệu/)).toBeFocused();
  for (const key of ['Tab', 'Tab', 'PageDown', 'PageDown', 'ArrowRight', 'ArrowRight'])
    await page.keyboard.press(key);
  await expect(page.locator('td:focus')).toHaveText('33.370');
  await expectClean();
  await look('table');
});

test('a printed total is typed in beside ours, and the finding leads to its cell', async () => {
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('33.140');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText('Công văn 1068, phụ lục');
  await look('dialog');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  const finding = page.getByRole('button', { name: /báo cáo ghi 33\.140: lệch 230/ });
  await expect(finding).toBeVisible();
  await expect(page.locator('td:focus')).toHaveText(/33\.370in: 33\.140/);
  await finding.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('td:focus')).toHaveText(/33\.370/);
  await expectClean();
  await look('finding');
});

test('pictures are drawn without a word from the guard of the page', async () => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await tab(/Biểu đồ/).click();
  await expect(page.locator('.report-chart svg').first()).toBeVisible();
  await expect(page.locator('.report-chart svg text').filter({ hasText: 'Quận Bình Thạnh' })).toHaveCount(1);
  expect(said.filter((text) => /Content Security|Refused|error/i.test(text))).toEqual([]);
  await expectClean();
  await look('charts');
});

test('a report that was sent is kept; what changed since is told', async () => {
  await tab(/Bảng số liệu/).click();
  await page.keyboard.press('k');
  await expect(tab(/Đã chốt \(1\)/)).toBeVisible();
  await world.desk.call('count.record', {
    ...{ asOf: SEED_DAY, form: null, from: null, source: 'typed' },
    units: [{ unit: '760@2021-01-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 7 }] }],
  });
  await tab(/Đã chốt/).click();
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: /Thống kê thu thập/ })
    .click();
  await expect(page.getByText('2 chỗ đã đổi từ khi chốt')).toBeVisible();
  await expect(table().getByRole('row').last()).toContainText('26.770nay: 26.777');
  await expectClean();
  await look('frozen');
});

test('what was kept goes to file and paper with the figures of that day, and says what changed', async () => {
  test.setTimeout(120_000);
  const title = page.getByRole('heading', { name: 'Báo cáo', exact: true });
  await expect(page.getByText('Xuất bản đã chốt')).toBeVisible();
  for (const format of ['csv', 'xlsx', 'docx', 'pdf'] as const) {
    const file = test.info().outputPath(`kept.${format}`);
    await world.desk.saveTo(file);
    await title.click();
    await page.keyboard.press({ csv: 'c', xlsx: 'x', docx: 'w', pdf: 'p' }[format]);
    await expect
      .poll(() => existsSync(file) && readFileSync(file).length, { timeout: 60_000 })
      .toBeGreaterThan(1000);
    await expect(page.getByRole('button', { name: 'PDF' })).toBeEnabled();
    if (format === 'csv') expect(readFileSync(file, 'utf8')).toMatch(/total,total.*,26770,.*,1408\r\n$/);
  }
  await page.getByRole('button', { name: 'Danh sách đã chốt' }).click();
  await expect(page.getByText('Xuất bản đã chốt')).toBeHidden();
  await expect(page.getByText('Xuất', { exact: true })).toBeVisible();
});

test('report, window and units are kept under a name, taken by its digit, dropped', async () => {
  await pick('lien-thong');
  const from = page.getByLabel('Từ ngày');
  await from.fill('11/08/2023');
  await from.press('Tab');
  const to = page.getByLabel('đến ngày');
  await to.fill('10/09/2023');
  await to.press('Tab');
  await expect(page.locator('.report-title')).toContainText('Từ ngày 11/8/2023 đến ngày 10/9/2023');
  await page.getByRole('heading', { name: 'Báo cáo', exact: true }).click();
  await page.keyboard.press('s');
  const name = page.getByRole('dialog').getByLabel('Tên');
  await expect(name).toHaveValue('Kết quả giải quyết 02 nhóm thủ tục liên thông 11/8-10/9');
  await name.fill('Báo cáo tháng 11/8-10/9');
  await name.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  const kept = page.getByRole('group', { name: 'Báo cáo đã lưu' });
  await expect(kept.getByRole('button', { pressed: true })).toContainText('Báo cáo tháng 11/8-10/9');
  await expectClean();
  await look('choice');
  await page.getByRole('button', { name: 'Kỳ sau' }).click();
  await expect(page.locator('.report-title')).toContainText('Từ ngày 11/9/2023 đến ngày 10/10/2023');
  await pick('ngoai-nganh');
  await expect(table().getByRole('row')).toHaveCount(24);
  await expect(kept.getByRole('button', { pressed: false }).first()).toContainText('Báo cáo tháng');
  await page.getByRole('heading', { name: 'Báo cáo', exact: true }).click();
  await page.keyboard.press('1');
  await expect(page.locator('.report-title')).toContainText('Từ ngày 11/8/2023 đến ngày 10/9/2023');
  await kept.getByRole('button', { name: 'Xoá tên Báo cáo tháng 11/8-10/9' }).focus();
  await page.keyboard.press('Enter');
  await expect(kept.getByRole('button', { name: 'Lưu cách chọn này' })).toBeVisible();
  await expect(kept.getByRole('button')).toHaveCount(1);
});

test('the clipboard gets table and sentence', async () => {
  await pick('tien-do-chi-tieu');
  await expect(table()).toBeVisible();
  await page.getByRole('heading', { name: 'Báo cáo', exact: true }).click();
  await page.keyboard.press('b');
  await expect
    .poll(() => world.desk.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toContain('Hội Chữ thập đỏ');
  await look('progress-table');
  await tab(/Lời văn/).click();
  await look('text');
  await tab(/Biểu đồ/).click();
  await expect(page.locator('.report-progress')).toBeVisible();
  await look('progress');
});

for (const id of [
  'lien-thong',
  'tinh-hinh-bao-cao-thang',
  'phu-luc-9',
  'bieu-06',
  'phu-luc-8',
  'dung-han',
  'ngoai-nganh-cap-xa',
])
  test(`${id} fits the window at 100 % and 125 %`, async () => {
    await pick(id);
    await expect(table()).toBeVisible();
    await look(id);
    await tab(/Biểu đồ/).click();
    await look(`${id}-charts`);
    await tab(/Bảng số liệu/).click();
    const zoom = (factor: number) =>
      world.desk.app.evaluate(
        ({ BrowserWindow }, f) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(f),
        factor,
      );
    await zoom(1.25);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBeLessThanOrEqual(0);
    await look(`${id}-125`);
    await zoom(1);
    await expectClean();
  });

test('every unit of the tiles is named in full', async () => {
  await pick('tinh-hinh-bao-cao-thang');
  await tab(/Biểu đồ/).click();
  const names = page.locator('.report-tiles .name');
  await expect(names.first()).toBeVisible();
  const cut = await names.evaluateAll((all) =>
    all.filter((n) => n.scrollWidth > n.clientWidth + 1).map((n) => n.textContent),
  );
  expect(cut).toEqual([]);
  await tab(/Bảng số liệu/).click();
});

test('the register goes to paper only: the PDF is the book as it is printed', async () => {
  test.setTimeout(120_000);
  await pick('so-theo-doi');
  await expect(page.getByRole('button', { name: 'PDF' })).toBeEnabled();
  const file = test.info().outputPath('so-theo-doi.pdf');
  await world.desk.saveTo(file);
  await page.getByRole('heading', { name: 'Báo cáo', exact: true }).click();
  await page.keyboard.press('p');
  await saveInPlain(page, 'Nộp Sở Tư pháp');
  await expect
    .poll(() => existsSync(file) && readFileSync(file).length, { timeout: 60_000 })
    .toBeGreaterThan(5000);
  await expect(page.getByRole('button', { name: 'PDF' })).toBeEnabled();
  await expect(page.getByRole('button', { name: 'In', exact: true })).toBeEnabled();
  for (const name of ['Excel', 'Word', 'CSV', 'Chép bảng', 'Chốt báo cáo'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
});

test('paper: the same table and pictures on A4', async () => {
  test.setTimeout(120_000);
  for (const id of ['ngoai-nganh', 'tien-do-chi-tieu']) {
    await pick(id);
    await expect(table()).toBeVisible();
    const file = test.info().outputPath(`${id}.pdf`);
    await world.desk.saveTo(file);
    await page.getByRole('heading', { name: 'Báo cáo', exact: true }).click();
    await page.keyboard.press('p');
    await expect
      .poll(() => existsSync(file) && readFileSync(file).length, { timeout: 60_000 })
      .toBeGreaterThan(5000);
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    await expect(page.getByRole('button', { name: 'PDF' })).toBeEnabled();
  }
});
