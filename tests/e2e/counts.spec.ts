/** Ngoại ngành by keyboard: a ward's weekly sheet, the officer's 168 units, Excel blocks, approval and return, an import and its undo. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { categories, countColumns } from '../../shared/catalogue/categories.ts';
import { expect, startWorld, test } from './fixture.ts';

test.use({ worldName: 'counts' });

const ASOF = '2026-11-20';
const PLACE = { asOf: ASOF, form: null, from: null };

const clip = (page: Page, kind: 'copy' | 'cut' | 'paste', data: Record<string, string> = {}) =>
  page.evaluate(
    ([name, given]) => {
      const transfer = new DataTransfer();
      for (const [type, text] of Object.entries(given)) transfer.setData(type, text);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent(name, { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
      return { text: transfer.getData('text/plain'), html: transfer.getData('text/html') };
    },
    [kind, data] as const,
  );

async function noSeriousFinding(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
}

/** What the officer waits for after a step: its dialog is gone and the row says the new state. */
async function rowSays(page: Page, unit: string, word: string): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(
    page.getByRole('row').filter({ hasText: unit }).getByText(word, { exact: true }),
  ).toBeVisible();
}

const start = (page: Page) => page.locator('[role="gridcell"][tabindex="0"]').focus();

test('a ward types its counts, says why one fell, locks and sends', async ({ page, world }) => {
  const { desk } = world;
  const unit = '26743@2025-07-01';
  await desk.call('count.record', {
    ...{ asOf: '2026-11-13', form: null, from: null, source: 'typed' },
    units: [
      {
        unit,
        cells: countColumns.map(({ category, measure }) => ({
          ...{ category: category.code, measure: measure.code, value: 40 },
        })),
      },
    ],
  });
  await desk.call('count.record', {
    ...{ ...PLACE, source: 'typed' },
    units: [{ unit, cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }] }],
  });
  await desk.room(3);
  await page.getByRole('grid').waitFor();
  await start(page);
  await page.keyboard.press('Control+Home');
  const began = Date.now();
  // The second figure falls; the third is not of this place; the fifteenth stays blank.
  for (const figure of ['41', '12', 'x', '41', '30', '12', ...Array(8).fill('42')]) {
    await page.keyboard.type(figure);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText('Giảm 28 so với 40').first()).toBeVisible();
  await page.keyboard.press('F4');
  await page.keyboard.insertText('Rà soát lại, bỏ người đã chuyển đi');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+F4');
  await page.keyboard.insertText('Danh sách Hội Nông dân tháng 11');
  await page.keyboard.press('Enter');
  test.info().annotations.push({ type: 'seconds', description: String((Date.now() - began) / 1000) });
  await expect
    .poll(async () => (await desk.call('count.grid', PLACE)).rows[0]?.notes['hoi_nong_dan/tong'])
    .toMatchObject({
      reason: 'Rà soát lại, bỏ người đã chuyển đi',
      evidence: 'Danh sách Hội Nông dân tháng 11',
    });
  const typed = (await desk.call('count.grid', PLACE)).rows[0];
  expect(typed?.cells).toMatchObject({ 'hoi_cuu_chien_binh/tong': 41, 'hoi_nong_dan/tong': 12 });
  expect(typed?.notes['hoi_nguoi_cao_tuoi/tong']?.outside).toBe(true);
  expect(Object.keys(typed?.cells ?? {})).toHaveLength(13);
  // The parts of the Red Cross make 42 where the sheet says 41.
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText('lệch 1').first()).toBeVisible();
  await noSeriousFinding(page);

  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toContainText('1 ô chưa báo cáo');
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await desk.call('count.grid', PLACE)).rows[0]?.status).toBe('locked');
  await expect(page.getByText('Đã gửi').first()).toBeVisible();
  await start(page);
  await page.keyboard.type('9');
  await expect(page.getByText(/đã khoá và gửi/).first()).toBeVisible();
  expect((await desk.call('count.grid', PLACE)).rows[0]?.cells).toEqual(typed?.cells);
});

test('blank, zero and outside survive copy, cut, paste and undo, in a sheet older than the last one, which is told', async ({
  page,
  world,
}) => {
  const { desk } = world;
  await desk.call('count.record', {
    ...{ ...PLACE, asOf: '2026-11-19', source: 'typed' },
    units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 12 }] }],
  });
  await desk.room(3);
  await page.getByLabel('Tính đến ngày').fill('06/11/2026');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: /06\/11\/2026/ })).toBeVisible();
  await expect(page.getByText(/^Đã có số liệu ngày (19|20)\/11\/2026, mới hơn ngày đang mở$/)).toBeVisible();
  const there = { ...PLACE, asOf: '2026-11-06' };
  const stored = async () => {
    const row = (await desk.call('count.grid', there)).rows[0];
    return categories.slice(0, 3).map(({ code }) => {
      const key = `${code}/tong`;
      return row?.notes[key]?.outside ? 'x' : (row?.cells[key] ?? null);
    });
  };
  await start(page);
  for (const key of ['0', 'k']) {
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
  }
  await expect.poll(stored).toEqual([0, 'x', null]);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  const copied = await clip(page, 'cut');
  expect(copied.text).toBe('0\r\nx\r\n');
  await expect.poll(stored).toEqual([null, null, null]);
  await clip(page, 'paste', { 'text/plain': copied.text, 'text/html': copied.html });
  await expect.poll(stored).toEqual([0, 'x', null]);
  await page.keyboard.press('Control+z');
  await expect.poll(stored).toEqual([null, null, null]);
  await page.keyboard.press('Control+z');
  await expect.poll(stored).toEqual([0, 'x', null]);
  await page.keyboard.press('Control+y');
  await expect.poll(stored).toEqual([null, null, null]);
});

test('Ctrl+Z after a wrong text throws the text away and leaves the figures', async ({ page, world }) => {
  const { desk } = world;
  const place = { ...PLACE, asOf: '2026-11-17' };
  await desk.room(3);
  await page.getByLabel('Tính đến ngày').fill('17/11/2026');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: /17\/11\/2026/ })).toBeVisible();
  await start(page);
  await page.keyboard.press('Control+Home');
  for (const text of ['7', '12a']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('“12a”')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('“12a”')).toBeHidden();
  const held = async () => (await desk.call('count.grid', place)).rows[0]?.cells['hoi_cuu_chien_binh/tong'];
  expect(await held()).toBe(7);
  await page.keyboard.press('Control+z');
  await expect.poll(held).toBeUndefined();
});

test('undo leaves what another machine typed since; a sheet locked while a cell is open loses nothing', async ({
  page,
  world,
}) => {
  const { desk } = world;
  const place = { ...PLACE, asOf: '2026-11-18' };
  const unit = '26743@2025-07-01';
  const record = (value: number) =>
    desk.call('count.record', {
      ...{ ...place, source: 'typed' },
      units: [{ unit, cells: [{ category: 'hoi_cuu_chien_binh', measure: 'tong', value }] }],
    });
  const held = async () => (await desk.call('count.grid', place)).rows[0]?.cells['hoi_cuu_chien_binh/tong'];
  await record(5);
  await desk.room(3);
  await page.getByLabel('Tính đến ngày').fill('18/11/2026');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: /18\/11\/2026/ })).toBeVisible();
  await start(page);
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await expect.poll(held).toBe(7);
  await record(9);
  await expect(page.getByRole('gridcell', { name: 'Hội Cựu chiến binh: 9' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('1 ô đã được sửa ở nơi khác hoặc đã khoá, giữ nguyên.')).toBeVisible();
  expect(await held()).toBe(9);
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('12');
  await desk.call('sheet.lock', { ...place, units: [unit], reason: '' });
  await expect(page.getByText('Đã khoá').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('“12”')).toBeVisible();
  expect(await held()).toBe(9);
});

test('an officer finds units, pastes from Excel, approves, returns, unlocks; an import is taken back', async () => {
  test.setTimeout(120_000);
  const city = await startWorld('79');
  try {
    const { desk } = city;
    const { page } = desk;
    const rowOf = async (name: string) =>
      (await desk.call('count.grid', PLACE)).rows.find((row) => row.unit.name === name);
    await desk.room(3);
    await page.getByRole('grid').waitFor();
    await start(page);
    expect(await page.locator('tbody tr[aria-rowindex]').count()).toBeLessThan(80);

    // Typing a letter looks for a unit; figures go on from there.
    await page.keyboard.type('sai gon');
    await expect(page.getByRole('status').filter({ hasText: 'Phường Sài Gòn' })).toBeVisible();
    await page.keyboard.press('Enter');
    await page.keyboard.type('1.320');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await rowOf('Phường Sài Gòn'))?.cells['hoi_cuu_chien_binh/tong'])
      .toBe(1320);

    // A block with names, a heading, merged cells and a total row goes where its names say.
    await clip(page, 'paste', {
      'text/html': `<table>
        <tr><td colspan="2">Đơn vị</td><td>Nông dân</td><td>Cựu chiến binh</td></tr>
        <tr><td>1</td><td>Phường Bến Thành</td><td>7</td><td>5</td></tr>
        <tr><td>2</td><td>Phường Tân Định</td><td>0</td><td>x</td></tr>
        <tr><td></td><td>Tổng</td><td>7</td><td>5</td></tr></table>`,
    });
    await expect
      .poll(async () => (await rowOf('Phường Bến Thành'))?.cells)
      .toEqual({ 'hoi_cuu_chien_binh/tong': 5, 'hoi_nong_dan/tong': 7 });
    expect((await rowOf('Phường Tân Định'))?.notes['hoi_cuu_chien_binh/tong']?.outside).toBe(true);
    await expect(page.getByText('bỏ qua 1 dòng cộng')).toBeVisible();
    await noSeriousFinding(page);

    // Block of sheets: lock, approve, return with a reason, unlock after approving again.
    await page.keyboard.press('Control+f');
    await page.keyboard.type('ben thanh');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await rowOf('Phường Bến Thành'))?.status).toBe('locked');
    await rowSays(page, 'Phường Bến Thành', 'Đã gửi');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Duyệt 1 biểu' }).click();
    await expect.poll(async () => (await rowOf('Phường Bến Thành'))?.status).toBe('approved');
    await rowSays(page, 'Phường Bến Thành', 'Đã duyệt');
    await start(page);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Trả lại 1 biểu' }).click();
    await page.getByLabel('Lý do trả lại').fill('Thiếu số Hội Người cao tuổi');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => await rowOf('Phường Bến Thành'))
      .toMatchObject({ status: 'returned', statusReason: 'Thiếu số Hội Người cao tuổi' });
    await rowSays(page, 'Phường Bến Thành', 'Bị trả lại');
    await start(page);
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await rowOf('Phường Bến Thành'))?.status).toBe('locked');
    await rowSays(page, 'Phường Bến Thành', 'Đã gửi');
    await start(page);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Mở khoá 1 biểu' }).click();
    await page.getByLabel('Lý do mở khoá').fill('Nhập nhầm');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await rowOf('Phường Bến Thành'))?.status).toBe('draft');
    await rowSays(page, 'Phường Bến Thành', 'Nháp');

    // A wide file with its own headings; one column is chosen by hand; then the import is taken back.
    const csv = 'Tên đơn vị,Nông dân,Người già\nPhường Bến Thành,9,20\nPhường Sài Gòn,1,30\nTổng,10,50\n';
    await page
      .getByLabel('Chọn tệp số liệu (CSV, xlsx)')
      .setInputFiles({ name: 'bang.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Các cột của tệp/).click();
    await dialog.getByLabel('Người già').selectOption('hoi_nguoi_cao_tuoi/tong');
    await dialog.getByRole('button', { name: 'Nhập 4 dòng' }).click();
    await expect
      .poll(async () => (await rowOf('Phường Bến Thành'))?.cells['hoi_nguoi_cao_tuoi/tong'])
      .toBe(20);
    await page.getByRole('button', { name: 'Các lần nhập' }).click();
    await dialog.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect
      .poll(async () => (await rowOf('Phường Bến Thành'))?.cells)
      .toEqual({ 'hoi_cuu_chien_binh/tong': 5, 'hoi_nong_dan/tong': 7 });
    await expect(dialog.getByText('đã hoàn tác')).toBeVisible();
  } finally {
    await city.end();
  }
});
