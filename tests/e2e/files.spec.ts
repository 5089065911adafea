/** Scans of a dossier in the real app: chosen, dropped, seen through the window's own protocol, saved, sent, taken off. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base } from '@playwright/test';
import { saveInPlain, saveSealed } from '../support/answer-guard.ts';
import { COMMUNE, form, reception } from '../support/forms.ts';
import { openZip } from '../support/open-sealed.ts';
import { scan } from '../support/scans.ts';
import { startTwoMachines, type TwoMachines } from '../support/two-machines.ts';
import { expect, NOW, test } from './fixture.ts';

test.use({ worldName: 'files' });

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);

test('a scan is attached, seen, saved, sent and taken off', async ({ page, world }) => {
  const { desk, folder } = world;
  const { id } = await desk.call('dossier.receive', {
    ...{
      id: randomUUID(),
      chain: 'birth',
      channel: 'truc_tiep',
      commune: COMMUNE,
      received: null,
      atOnce: null,
    },
    values: form('birth', 3, { 'child.fullName': 'Lê Quét Thử' }),
  });
  const chosen = path.join(folder, 'Giấy chứng sinh.png');
  writeFileSync(chosen, PNG);
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, chosen);
  await page.keyboard.press('Control+2');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('Lê Quét Thử');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Lê Quét Thử', exact: true, level: 1 })).toBeVisible();
  await page.keyboard.press('5');
  await expect(page.getByText('Chưa có tệp quét nào.')).toBeVisible();
  await page.getByLabel('Ghi chú').fill('bản chính');
  await page.getByRole('button', { name: 'Chọn tệp…' }).click();
  await expect(page.getByRole('tab', { name: 'Tệp quét (1)' })).toBeVisible();
  await expect(page.getByText('bản chính')).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

  await page.getByRole('button', { name: 'Xem Giấy chứng sinh.png' }).click();
  const picture = page.getByRole('img', { name: 'Giấy chứng sinh.png' });
  await expect(picture).toHaveJSProperty('naturalWidth', 1);
  await page.screenshot({ path: path.join(folder, 'seen.png') });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  const out = path.join(folder, 'luu-ra.png');
  await desk.saveTo(out);
  await page.getByRole('button', { name: 'Lưu Giấy chứng sinh.png ra tệp' }).click();
  await saveInPlain(page, 'Người dân xin lại bản chụp');
  await expect(page.getByText('Đã lưu Giấy chứng sinh.png.')).toBeVisible();
  expect(readFileSync(out).equals(PNG)).toBe(true);

  await page.locator('.drop-scan').evaluate((zone) => {
    const data = new DataTransfer();
    data.items.add(new File(['%PDF-1.7 thử'], 'giay.bin'));
    zone.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
  });
  await expect(page.getByRole('tab', { name: 'Tệp quét (2)' })).toBeVisible();
  await expect(page.getByText('giay.pdf', { exact: true })).toBeVisible();
  await page.locator('.drop-scan').evaluate((zone) => {
    const data = new DataTransfer();
    data.items.add(new File(['một trang chữ'], 'giay.jpg'));
    zone.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
  });
  await expect(page.getByText(/không phải ảnh JPG, PNG hoặc PDF/)).toBeVisible();

  const state = await desk.call('sync.run', {});
  expect(state).toMatchObject({ lastError: null, waiting: 0, attention: 0 });
  await page.getByRole('button', { name: 'Bỏ giay.pdf khỏi hồ sơ' }).click();
  await expect(page.getByRole('dialog', { name: 'Bỏ tệp khỏi hồ sơ' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog').getByText(/lý do/i).first()).toBeVisible();
  await page.getByRole('dialog').getByLabel('Lý do').fill('nhầm hồ sơ');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Tệp quét (1)' })).toBeVisible();
  expect((await desk.call('dossier.get', { id })).files).toHaveLength(1);
});

const two = base.extend<object, { world: TwoMachines }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const world = await startTwoMachines({ unit: '26743', now: NOW });
      await use(world);
      await world.end();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

two('a scan of another machine says where it is, and is fetched when it is opened', async ({ world }) => {
  const { desk, other, line } = world;
  const { page } = desk;
  const id = randomUUID();
  await other.desk.call('dossier.receive', reception(id, 'birth', { 'child.fullName': 'Lê Ở Máy Khác' }));
  for (const [name, bytes] of [
    ['Giấy chứng sinh.png', new Uint8Array(PNG)],
    ['Sổ hộ khẩu cũ.pdf', scan(900_000, 'application/pdf')],
  ] as const) {
    const { sha256 } = await other.desk.call('file.take', { name, bytes });
    await other.desk.call('dossier.attach', { id, sha256, name, paper: null, note: '' });
  }
  await other.desk.call('sync.run', {});
  await desk.call('sync.run', {});
  line.down();
  await page.keyboard.press('Control+2');
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText('Lê Ở Máy Khác');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Lê Ở Máy Khác', exact: true, level: 1 })).toBeVisible();
  await page.keyboard.press('5');
  await expect(page.getByText(/^Tệp ở máy khác/)).toHaveCount(2);

  const view = page.getByRole('button', { name: 'Xem Giấy chứng sinh.png' });
  await view.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Giấy chứng sinh.png' });
  await expect(dialog.getByText(/Tệp ở máy khác, tải khi có mạng\./)).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

  line.up();
  await dialog.getByRole('button', { name: 'Tải lại' }).click();
  await expect(dialog.getByRole('img', { name: 'Giấy chứng sinh.png' })).toHaveJSProperty('naturalWidth', 1);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^Tệp ở máy khác/)).toHaveCount(1);

  const out = path.join(world.folder, 'luu-ra.zip');
  await desk.saveTo(out);
  await page.getByRole('button', { name: 'Lưu Sổ hộ khẩu cũ.pdf ra tệp' }).click();
  const password = await saveSealed(page);
  await expect(page.getByText('Đã lưu Sổ hộ khẩu cũ.pdf.')).toBeVisible();
  const { name, content } = openZip(readFileSync(out), password);
  // Outside the cipher stands no name that somebody gave the scan.
  expect(name).toMatch(/^ban-quet-[0-9a-f]{12}\.pdf$/);
  expect(content.equals(Buffer.from(scan(900_000, 'application/pdf')))).toBe(true);
  await expect(page.getByText(/^Tệp ở máy khác/)).toHaveCount(0);
});

two(
  'the scan behind a figure: attached, seen and taken off by keyboard; its room is given back and it is fetched again',
  async ({ world }) => {
    const { desk, line, folder } = world;
    const { page } = desk;
    const chosen = path.join(folder, 'Danh sách hội viên có chữ ký.png');
    writeFileSync(chosen, PNG);
    await desk.app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    }, chosen);
    const place = { asOf: '2026-11-20', form: null, from: null };
    const noteOf = async () => Object.values((await desk.call('count.grid', place)).rows[0]?.notes ?? {})[0];
    await desk.room(3);
    await page.getByRole('grid').waitFor();
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Home');
    await expect(page.getByRole('button', { name: 'Chọn tệp…' })).toBeEnabled();
    await page.keyboard.press('F7');
    await page.keyboard.press('Enter');
    await expect
      .poll(noteOf)
      .toMatchObject({ file: { name: 'Danh sách hội viên có chữ ký.png', here: true } });
    await expect(page.getByRole('button', { name: 'Xem Danh sách hội viên có chữ ký.png' })).toBeVisible();
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
    await page.keyboard.press('F7');
    await page.keyboard.press('Enter');
    const picture = page.getByRole('img', { name: 'Danh sách hội viên có chữ ký.png' });
    await expect(picture).toHaveJSProperty('naturalWidth', 1);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();

    line.up();
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, waiting: 0 });
    await desk.room(6);
    await page.getByRole('button', { name: 'Giải phóng chỗ…' }).click();
    await expect(page.getByRole('dialog')).toContainText('mà Thành phố đã có');
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/^Đã giải phóng/)).toBeVisible();
    expect(await noteOf()).toMatchObject({ file: { here: false } });

    await desk.room(3);
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F7');
    await page.keyboard.press('Enter');
    await expect(picture).toHaveJSProperty('naturalWidth', 1);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByRole('button', { name: 'Bỏ Danh sách hội viên có chữ ký.png khỏi ô' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(noteOf).not.toHaveProperty('file');
  },
);
