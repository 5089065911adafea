/** The officer above the wards, by keyboard: clusters, a file with a locked sheet, an undo that names what stays, targets from a file. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, startWorld, test } from './fixture.ts';

const PLACE = { asOf: '2026-11-20', form: null, from: null };
const [BEN_THANH, SAI_GON] = ['26743@2025-07-01', '26740@2025-07-01'];

async function noSeriousFinding(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
}

test('an officer makes a cluster, looks at it alone, imports around a locked sheet and takes back what can be', async () => {
  test.setTimeout(120_000);
  const city = await startWorld('79');
  try {
    const { desk } = city;
    const { page } = desk;
    await desk.room(3);
    await page.getByRole('grid').waitFor();

    // A cluster of two wards, found without accents.
    await page.getByRole('button', { name: 'Cụm đơn vị' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Cụm đơn vị ngày 20/11/2026' });
    await dialog.getByLabel('Tên cụm').fill('Cụm thi đua số 1');
    for (const name of ['Phường Bến Thành', 'Phường Sài Gòn']) {
      await dialog.getByLabel('Tìm đơn vị').fill(name === 'Phường Sài Gòn' ? 'sai gon' : 'ben thanh');
      await dialog.getByRole('checkbox', { name, exact: true }).press('Space');
    }
    await expect(dialog.getByText('Đã chọn 2 trên 168 đơn vị')).toBeVisible();
    await dialog.getByRole('button', { name: 'Ghi cụm' }).press('Enter');
    await expect(dialog.getByRole('cell', { name: 'Cụm thi đua số 1', exact: true })).toBeVisible();
    await expect(dialog.getByText('166 đơn vị không thuộc cụm nào')).toBeVisible();
    await noSeriousFinding(page);

    // A unit of it cannot be in a second one; what was typed stays.
    await dialog.getByLabel('Tên cụm').fill('Cụm thi đua số 2');
    await dialog.getByLabel('Tìm đơn vị').fill('ben thanh');
    await dialog.getByRole('checkbox', { name: /^Phường Bến Thành/ }).press('Space');
    await dialog.getByRole('button', { name: 'Ghi cụm' }).press('Enter');
    await expect(dialog.getByText('Phường Bến Thành đang thuộc Cụm thi đua số 1')).toBeVisible();
    await expect(dialog.getByLabel('Tên cụm')).toHaveValue('Cụm thi đua số 2');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    // With the choice of clusters too, every tool of the officer stands in one row.
    const tops = await page
      .locator('.counts-head')
      .locator('h1, select, input:visible, button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map((r) => r.top + r.height / 2));
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(10);

    // A wrong text waits in its cell, and in no cell of the cluster's grid.
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.type('12a');
    await page.keyboard.press('Enter');
    await expect(page.getByText('“12a”')).toBeVisible();

    // The grid of the cluster has its two rows.
    await page.getByLabel('Xem theo cụm').selectOption({ label: 'Cụm thi đua số 1' });
    await expect(page.locator('tbody tr[aria-rowindex]')).toHaveCount(2);
    await expect(page.getByText('“12a”')).toBeHidden();
    await page.getByLabel('Xem theo cụm').selectOption('');
    await expect(page.getByText('“12a”')).toBeVisible();
    await expect(page.getByRole('rowheader', { name: 'Phường An Đông' })).toBeVisible();

    // One sheet is locked: the dry run says that it is left out, the rest goes in.
    const cells = [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }];
    await desk.call('count.record', { ...PLACE, source: 'typed', units: [{ unit: BEN_THANH, cells }] });
    await desk.call('sheet.lock', { ...PLACE, units: [BEN_THANH], reason: '' });
    const csv = 'unit_code,hoi_nong_dan,nguoi_co_cong\n26743,5,6\n26740,7,không thuộc địa bàn\n';
    await page
      .getByLabel('Chọn tệp số liệu')
      .setInputFiles({ name: 'bang.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    const check = page.getByRole('dialog', { name: /Nhập tệp bang\.csv/ });
    await expect(check.getByText('1 đơn vị đã khoá biểu, bỏ qua')).toBeVisible();
    await expect(check.getByText('Biểu của đơn vị này đã khoá và gửi: bỏ qua 2 số')).toBeVisible();
    await noSeriousFinding(page);
    await check.getByRole('button', { name: /^Nhập 2 dòng/ }).press('Enter');
    await expect(check).toBeHidden();
    const saiGon = async () =>
      (await desk.call('count.grid', PLACE)).rows.find((r) => r.unit.key === SAI_GON);
    expect((await saiGon())?.cells).toEqual({ 'hoi_nong_dan/tong': 7 });
    expect((await saiGon())?.notes['nguoi_co_cong/tong']?.outside).toBe(true);

    // Since then that sheet was locked too: the undo says what stays.
    await desk.call('sheet.lock', { ...PLACE, units: [SAI_GON], reason: '' });
    await page.getByRole('button', { name: 'Các lần nhập' }).press('Enter');
    const imports = page.getByRole('dialog', { name: 'Các lần nhập tệp trên máy này' });
    await imports.getByRole('button', { name: 'Hoàn tác' }).press('Enter');
    await expect(imports.getByText('Phường Sài Gòn: 2 ô ở biểu đã khoá')).toBeVisible();
    await noSeriousFinding(page);
    await page.keyboard.press('Escape');
    await expect(imports).toBeHidden();

    // Targets come from a file after a look at it.
    await page.getByRole('button', { name: 'Chỉ tiêu', exact: true }).press('Enter');
    const targets = page.getByRole('dialog', { name: /Chỉ tiêu có hiệu lực/ });
    const list =
      'unit_code,category_code,measure,target,from,to,source\n79,hoi_nong_dan,tong,900,2026-01-01,,Kế hoạch mẫu\n';
    await targets
      .getByLabel('Chọn tệp chỉ tiêu')
      .setInputFiles({ name: 'chi-tieu.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
    await expect(targets.getByText('Tệp có 1 chỉ tiêu đọc được, 1 chỉ tiêu sẽ thay đổi.')).toBeVisible();
    await targets.getByRole('button', { name: 'Nhập 1 chỉ tiêu' }).press('Enter');
    await expect(targets.getByRole('cell', { name: 'Kế hoạch mẫu' })).toBeVisible();
    await noSeriousFinding(page);
    await page.keyboard.press('Escape');
    await expect(targets).toBeHidden();

    // The keys of the grid are all told.
    await page.keyboard.press('F1');
    await expect(page.getByText('Ghi căn cứ của ô (danh sách, giấy tờ)')).toBeVisible();
    await page.keyboard.press('Escape');
  } finally {
    await city.end();
  }
});
