/** Tiếp nhận: missing papers and their letters, receptions typed later, odd cases, duplicates, copying, money, corrections. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { launchDesk } from '../support/desk-app.ts';
import { form, reception } from '../support/forms.ts';
import { fillIn, newForm, openDraft } from './clerk.ts';
import { expect, startWorld, test } from './fixture.ts';

// Its dossiers are not among those that other files count.
test.use({ worldName: 'intake' });

const papers = (page: Page) => page.getByRole('region', { name: /Sẽ bị trả vì thiếu|Đủ giấy tờ/ });

async function noSeriousFinding(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
}

const complete = { 'child.birthPlaceKind': 'co_so_y_te', 'residence.dwelling': 'trong_csdl' };

test('a missing paper is told, and Mẫu 02 is printed with the reception in one go', async ({
  page,
  world,
}) => {
  const { desk } = world;
  const name = 'Phạm Thị Thiếu Giấy';
  const id = await openDraft(desk, 'birth', { ...form('birth', 3, complete), 'child.fullName': name });
  await expect(papers(page).getByText(/Sẽ bị trả vì thiếu \d+ giấy tờ/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Yêu cầu bổ sung (Mẫu 02)' })).toHaveClass(/primary/);
  await page.keyboard.press('Control+b');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox').first()).toBeChecked();
  await expect(dialog.getByText(/lần thứ hai thì hồ sơ bị tính quá hạn/)).toBeVisible();
  await dialog.getByLabel('Nội dung khác, mỗi dòng một việc').focus();
  await page.keyboard.insertText('Bản sao giấy ra viện');
  await noSeriousFinding(page);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /YÊU CẦU BỔ SUNG/i }).first()).toBeVisible();
  const stored = await desk.call('dossier.get', { id });
  expect(stored.steps).toHaveLength(1);
  expect(stored.steps[0]).toMatchObject({ action: 'ask_supplement', until: '2026-12-02' });
  expect(stored.steps[0]?.items?.at(-1)).toBe('Bản sao giấy ra viện');
  expect(stored.steps[0]?.papers).toContain('ks_giay_chung_sinh');
  expect(stored.components.every((c) => c.state === 'supplement')).toBe(true);
});

test('a refusal needs its reason and prints Mẫu 03', async ({ page, world }) => {
  const { desk } = world;
  const name = 'Lê Bị Từ Chối';
  const id = await openDraft(desk, 'birth', { ...form('birth', 4, complete), 'child.fullName': name });
  await page.keyboard.press('Control+t');
  const dialog = page.getByRole('dialog');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('Cần ghi lý do');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByLabel('Lý do từ chối, in trên phiếu')).not.toHaveValue('');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /TỪ CHỐI/i }).first()).toBeVisible();
  const stored = await desk.call('dossier.get', { id });
  expect(stored.steps[0]).toMatchObject({ action: 'refuse' });
  expect(stored.steps[0]?.reasonCode).toBeTruthy();
});

test('a reception typed later follows the law of its own day, and the future is refused', async ({
  page,
  world,
}) => {
  const { desk } = world;
  const values = {
    ...form('birth', 5, complete),
    'child.fullName': 'Võ Nhận Trước',
    'child.birth': '2026-08-20',
  };
  const id = await openDraft(desk, 'birth', { ...values, 'child.certificateDate': '2026-08-21' });
  await expect(page.locator('[data-field="request.idCard"]')).toBeVisible();
  await page.keyboard.press('F3');
  await expect(page.locator('#field-received-date')).toBeFocused();
  await page.keyboard.insertText('21112026');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Giờ nhận hồ sơ sau hiện tại.').first()).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('31082026');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('1530');
  await page.keyboard.press('Enter');
  // The regime before 01/09/2026 has no căn cước in its chain; after 15:00 the same-day step moves to the next day.
  await expect(page.getByText(/Nhận ngày 31\/08\/2026: giấy tờ, hạn trả theo/)).toBeVisible();
  await expect(page.locator('[data-field="request.idCard"]')).toHaveCount(0);
  await expect(page.getByTestId('dues').getByText(/Nhận sau 15:00|không phải ngày làm việc/)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /GIẤY TIẾP NHẬN/i }).first()).toBeVisible();
  const stored = await desk.call('dossier.get', { id });
  expect(stored).toMatchObject({ receivedOn: '2026-08-31', receivedTime: '15:30' });
  expect(stored.components.map((c) => c.code)).not.toContain('K4');
  const other = randomUUID();
  await desk.call('dossier.receive', {
    ...reception(other, 'birth', { 'child.birth': '2026-08-20', 'child.certificateDate': '2026-08-21' }),
    received: { date: '2026-09-01', time: '08:00' },
  });
  expect((await desk.call('dossier.get', { id: other })).regime).not.toBe(stored.regime);
});

test('a clock that went back stops the reception in words; the day and hour typed by hand go on', async () => {
  test.setTimeout(120_000);
  const world = await startWorld('26743');
  try {
    await world.desk.call('dossier.receive', reception(randomUUID(), 'birth'));
    await world.desk.close();
    const again = await launchDesk({
      dataDir: path.join(world.folder, 'desk'),
      cityUrl: world.line.url,
      now: '2026-11-18T02:30:00Z',
    });
    const values = form('birth', 2, {
      ...complete,
      'child.birth': '2026-11-10',
      'child.certificateDate': '2026-11-10',
    });
    const id = await openDraft(again, 'birth', { ...values, 'child.fullName': 'Phan Giờ Sai' });
    await again.page.keyboard.press('Control+Enter');
    await expect(again.page.getByRole('alert').filter({ hasText: 'Đồng hồ máy' })).toBeVisible();
    await again.page.keyboard.press('F3');
    await again.page.keyboard.insertText('18112026');
    await again.page.keyboard.press('Enter');
    await again.page.keyboard.insertText('0800');
    await again.page.keyboard.press('Control+Enter');
    await expect(again.page.getByRole('heading', { name: /GIẤY TIẾP NHẬN/i }).first()).toBeVisible();
    expect(await again.call('dossier.get', { id })).toMatchObject({
      receivedOn: '2026-11-18',
      receivedTime: '08:00',
    });
    await again.close();
  } finally {
    await world.end();
  }
});

test('an abandoned child is asked for the record instead of parents', async ({ page, world }) => {
  const { desk } = world;
  await desk.room(2);
  await newForm(page, 'n');
  await expect(page.getByRole('heading', { name: /· Mẹ/ })).toBeVisible();
  const stops = await fillIn(page, {
    'requester.fullName': 'Nguyễn Văn Cán Bộ',
    'requester.relation': 'to_chuc',
    'child.fullName': 'Bến Thành An',
    'child.birth': '10112026',
    'child.sex': 'nam',
    'child.birthPlaceKind': 'bo_roi',
    'child.birthPlace': 'Trước cổng chùa',
    'abandoned.recordNumber': '05/BB',
    'abandoned.recordDate': '11112026',
    'finder.fullName': 'Trần Thị Thấy',
  });
  expect(stops.filter((s) => s.startsWith('mother.') || s.startsWith('father.'))).toEqual([]);
  expect(stops).toContain('abandoned.recordNumber');
  await expect(
    papers(page)
      .getByText(/bỏ rơi/)
      .first(),
  ).toBeVisible();
  await expect(page.getByText(/Cả mẹ và cha đều để trống/)).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /GIẤY TIẾP NHẬN/i }).first()).toBeVisible();
});

test('a dossier that may be the same is shown side by side; twins are said to be twins', async ({
  page,
  world,
}) => {
  const { desk } = world;
  const mother = { 'mother.fullName': 'Hồ Thị Song Sinh', 'child.birth': '2026-11-12' };
  const first = form('birth', 6, { ...complete, ...mother, 'child.fullName': 'Hồ Gia Bảo' });
  await desk.call('dossier.receive', { ...reception(randomUUID(), 'birth'), values: first });
  await openDraft(desk, 'birth', { ...first, 'child.fullName': 'Hồ Gia Bao' });
  const panel = page.getByRole('status').filter({ hasText: 'Có thể trùng' });
  await expect(panel.getByText('Hồ Gia Bảo')).toBeVisible();
  await page.keyboard.press('Control+d');
  const dialog = page.getByRole('dialog', { name: 'So với Hồ Gia Bảo' });
  await expect(dialog.getByRole('row', { name: /Hồ Gia Bao Hồ Gia Bảo/ })).toBeVisible();
  await noSeriousFinding(page);
  await page.keyboard.press('Escape');
  await expect(page.locator('#field-child-fullName')).toHaveValue('Hồ Gia Bao');

  await page.locator('#field-child-fullName').fill('Hồ Khánh Vy');
  await expect(page.getByRole('heading', { name: 'Có thể là anh, chị, em sinh đôi' })).toBeVisible();
  await page.locator('#field-child-fullName').fill('Hồ Khánh Vy');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /GIẤY TIẾP NHẬN/i }).first()).toBeVisible();
});

test('parents are copied from an earlier dossier into blanks, found without accents', async ({
  page,
  world,
}) => {
  const { desk } = world;
  const parents = { 'mother.fullName': 'Cao Thị Chép', 'father.fullName': 'Đỗ Văn Nguồn' };
  const earlier = form('birth', 7, { ...complete, ...parents, 'child.fullName': 'Đỗ Con Đầu' });
  await desk.call('dossier.receive', { ...reception(randomUUID(), 'birth'), values: earlier });
  await desk.room(2);
  await newForm(page, 'n');
  await page.locator('#field-father-fullName').fill('Người Khác');
  await page.keyboard.press('F4');
  const dialog = page.getByRole('dialog', { name: 'Chép từ hồ sơ trước' });
  await page.keyboard.insertText('do con dau');
  await expect(dialog.getByRole('option', { name: /Đỗ Con Đầu/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('checkbox', { name: /Mẹ: \d+ ô/ })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /^Cha:/ })).toHaveCount(0);
  await noSeriousFinding(page);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.locator('#field-mother-fullName')).toHaveValue('Cao Thị Chép');
  await expect(page.locator('#field-father-fullName')).toHaveValue('Người Khác');
  await expect(page.locator('#field-child-fullName')).toHaveValue('');
});

test('a newborn who died: the death dossier takes and names the birth dossier', async ({ page, world }) => {
  const { desk } = world;
  const birthId = randomUUID();
  const birth = form('birth', 8, { ...complete, 'child.fullName': 'Trịnh Bé Sơ Sinh' });
  await desk.call('dossier.receive', { ...reception(birthId, 'birth'), values: birth });
  await desk.room(2);
  await newForm(page, 'm');
  await page.locator('#field-death-kind').selectOption('so_sinh');
  await page.keyboard.press('Control+j');
  await page.keyboard.insertText('trinh be so sinh');
  const dialog = page.getByRole('dialog', { name: 'Hồ sơ khai sinh của trẻ' });
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('#field-deceased-fullName')).toHaveValue('Trịnh Bé Sơ Sinh');
  await expect(page.getByText('đã nối hồ sơ khai sinh')).toBeVisible();
  await page.locator('#field-death-date').fill('19112026');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /GIẤY TIẾP NHẬN/i }).first()).toBeVisible();
  const linked = (await desk.call('dossier.get', { id: birthId })).linked;
  expect(linked).toMatchObject({ chain: 'death', name: 'Trịnh Bé Sơ Sinh' });
});

test('the sum of mai táng is suggested by the day of death, taken by key, and never imposed', async ({
  page,
  world,
}) => {
  await world.desk.room(2);
  await newForm(page, 'm');
  await page.locator('#field-death-date').fill('18112026');
  await page.locator('#field-request-funeral').check();
  await page.locator('#field-funeral-group').selectOption('bhxh');
  await expect(page.getByText('25.300.000 đồng')).toBeVisible();
  await page.keyboard.press('Control+g');
  await expect(page.locator('#field-funeral-amount')).toHaveValue('25.300.000');
  await page.locator('#field-funeral-amount').fill('20000000');
  await expect(page.getByText(/Đang ghi 20\.000\.000 đồng, gợi ý 25\.300\.000 đồng/)).toBeVisible();
  await page.locator('#field-death-date').fill('30062026');
  await expect(page.getByText('23.400.000 đồng', { exact: true })).toBeVisible();
});

test('a dossier is corrected with a reason after one of its components was closed', async ({
  page,
  world,
}) => {
  const { desk } = world;
  const id = randomUUID();
  const values = form('birth', 9, { ...complete, 'child.fullName': 'Mai Sửa Sau' });
  await desk.call('dossier.receive', { ...reception(id, 'birth'), values });
  const before = await desk.call('dossier.get', { id });
  await desk.call('dossier.act', {
    id,
    base: before.revision,
    step: { action: 'result_received', components: ['K1'], on: null, time: null },
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText('mai sua sau');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Mai Sửa Sau' })).toBeVisible();
  await page.keyboard.press('s');
  await page.locator('#field-child-hometown').fill('Cần Giuộc, Tây Ninh');
  await expect(page.getByRole('heading', { name: 'Sẽ sửa (1 ô)' })).toBeVisible();
  await expect(page.getByText('Đã có kết quả: Khai sinh.')).toBeVisible();
  await page.locator('#field-reason').fill('Gõ nhầm quê quán');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Đã lưu bản sửa/)).toBeVisible();
  const after = await desk.call('dossier.get', { id });
  expect(after.form['child.hometown']).toBe('Cần Giuộc, Tây Ninh');
  expect(after.form['paper.ks_giay_chung_sinh']).toBe(before.form['paper.ks_giay_chung_sinh']);
  expect(after.components.find((c) => c.code === 'K1')?.state).toBe('done');
});

for (const zoom of [1, 1.25])
  test(`long names, all fields and many warnings fit at ${zoom * 100} %`, async ({ page, world }) => {
    const { desk } = world;
    const long = 'Tôn Thất Nguyễn Phước Vĩnh Thụy Bảo Khánh Hưng Long Thiện Nhân';
    const names = ['requester', 'child', 'mother', 'father'].map((who) => [`${who}.fullName`, long]);
    await openDraft(desk, 'birth', {
      ...form('birth', 10, complete),
      ...Object.fromEntries(names),
      'requester.citizenNumber': '12345',
      'requester.phone': '12',
      'child.birth': '31/02/2026',
      'mother.birth': '2020',
      'requester.email': 'không có',
    });
    await page.keyboard.press('Control+Enter');
    await desk.app.evaluate(
      ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor),
      zoom,
    );
    const wider = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.form-main .scroll, .form-side')]
        .filter((e) => e.scrollWidth > e.clientWidth)
        .map((e) => `${e.className} ${e.scrollWidth - e.clientWidth}`),
    );
    expect(wider).toEqual([]);
    await noSeriousFinding(page);
    await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1),
    );
  });
