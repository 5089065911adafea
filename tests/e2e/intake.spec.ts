/** Tiếp nhận: a whole birth dossier by keyboard alone, and every way in which the code of an ID card may come. */
import { everything } from '../support/forms.ts';
import { cursor, fillIn, newForm, paste, scan, value } from './clerk.ts';
import { expect, test } from './fixture.ts';

const MOTHER =
  '079196004217|025123456|Đặng Thị Đào|12031996|Nữ|12 Lê Lợi, Bến Thành, TP. Hồ Chí Minh|05082024';
const FATHER = '079093001234||Nguyễn Hữu Phước|01021993|Nam|12 Lê Lợi, Bến Thành, TP. Hồ Chí Minh|10012022';

// Its dossiers are not among those that other files count.
test.use({ worldName: 'intake' });

test('a whole birth dossier by keyboard alone, from the scan to the preview of Mẫu 01, in at most 60 stops', async ({
  page,
  world,
}) => {
  test.setTimeout(120_000);
  await page.evaluate(() => {
    const seen = window as unknown as { mouse: number };
    seen.mouse = 0;
    for (const kind of ['pointerdown', 'mousedown', 'pointermove'])
      window.addEventListener(kind, () => seen.mouse++, true);
  });
  await world.desk.room(2);
  await newForm(page, 'n');
  const began = Date.now();
  await scan(page, MOTHER);
  await expect(page.getByText('Đã điền 7 ô từ thẻ của người yêu cầu.')).toBeVisible();

  const stops: string[] = [];
  /** Up to this field, which keeps the cursor. */
  const until = async (field: string, answers: Record<string, string>) => {
    for (;;) {
      const at = await cursor(page);
      if (at.field === field) return;
      stops.push(at.field);
      if (answers[at.field]) await fillOne(at.field, answers[at.field] ?? '');
      await page.keyboard.press('Enter');
    }
  };
  const fillOne = async (field: string, text: string) => {
    const { tag } = await cursor(page);
    if (tag !== 'SELECT') return page.keyboard.insertText(text);
    for (let i = 0; i < 12 && (await cursor(page)).value !== text; i++)
      await page.keyboard.press('ArrowDown');
    expect((await cursor(page)).value, field).toBe(text);
  };
  await until('child.fullName', { 'requester.relation': 'me', 'requester.phone': '0903118204' });
  await page.keyboard.press('Shift+F4');
  await until('father.fullName', {
    'child.fullName': 'Nguyễn Đặng An Nhiên',
    'child.birth': '15112026',
    'child.sex': 'nu',
    'child.hometown': 'Bến Thành, TP. Hồ Chí Minh',
    'child.birthPlaceKind': 'co_so_y_te',
    'child.birthPlace': 'Bệnh viện Từ Dũ, TP. Hồ Chí Minh',
    'child.certificateNumber': '00123.GCS.79010.26',
    'child.certificateDate': '15112026',
    'child.certificateIssuer': 'Bệnh viện Từ Dũ',
    'mother.ethnicity': 'Kinh',
    'mother.nationality': 'Việt Nam',
  });
  expect(await value(page, 'mother.fullName')).toBe('Đặng Thị Đào');
  expect(await value(page, 'child.birthWords')).toBe(
    'Ngày mười lăm tháng mười một năm hai nghìn hai mươi sáu',
  );
  await scan(page, FATHER);
  expect(await value(page, 'father.fullName')).toBe('Nguyễn Hữu Phước');
  stops.push(
    ...(await fillIn(page, {
      'father.ethnicity': 'Kinh',
      'father.nationality': 'Việt Nam',
      'parents.married': 'da_ket_hon',
      'marriage.number': '12/2020',
      'marriage.date': '20122020',
      'marriage.place': 'UBND phường Bến Thành',
      'residence.livesWith': 'me',
      'residence.headIs': 'me',
      'residence.dwelling': 'trong_csdl',
      'insurance.facility': 'Trạm y tế phường Bến Thành',
      'request.idCard': '1',
    })),
  );
  expect(await value(page, 'residence.headOfHousehold')).toBe('Đặng Thị Đào');

  // Sections are counted as they are seen, also where one has no field to show.
  const numbers = (await page.locator('.form-section h2').allInnerTexts()).map((text) => parseInt(text, 10));
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));

  // The papers by letter, back to the button, commit.
  await page.keyboard.press('F7');
  await page.keyboard.press('a');
  await expect(page.getByText('Đủ giấy tờ cho trường hợp này')).toBeVisible();
  await page.keyboard.press('F7');
  await page.keyboard.press('Control+Enter');
  await expect(
    page.getByRole('heading', { name: /GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ/i }).first(),
  ).toBeVisible();
  const seconds = (Date.now() - began) / 1000;
  const said = `${stops.length} field stops, ${seconds.toFixed(1)} s from the scan to the preview of Mẫu 01`;
  test.info().annotations.push({ type: 'intake', description: said });
  process.stdout.write(`    ${said}\n`);

  expect(stops.length).toBeLessThanOrEqual(60);
  expect(new Set(stops).size).toBe(stops.length);
  expect(await page.evaluate(() => (window as unknown as { mouse: number }).mouse)).toBe(0);
  await page.keyboard.press('Escape');
  await expect(page.getByText(/Lưu trên máy này, chưa gửi/).first()).toBeVisible();
  const [n] = await world.desk.call('dossier.index', { ...everything, q: 'an nhien dang' });
  const [row] = await world.desk.call('dossier.rows', { ns: [n ?? -1] });
  const stored = await world.desk.call('dossier.get', { id: row?.id ?? '' });
  expect(stored.form).toMatchObject({
    'mother.citizenNumber': '079196004217',
    'father.birth': '1993-02-01',
    'father.paperKind': 'cccd',
    'paper.ks_giay_chung_sinh': 'original',
  });
  expect(stored.components.map((c) => c.code)).toEqual(['K1', 'K2', 'K3', 'K4']);
});

test.describe('a scanned card', () => {
  test.beforeEach(async ({ page, world }) => {
    await world.desk.room(2);
    await newForm(page, 'n');
  });

  test('fills the person under the cursor, whatever has the focus, and its Enter does nothing', async ({
    page,
  }) => {
    await page.keyboard.insertText('Đặng');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText('07');
    await page.waitForTimeout(300);
    await scan(page, MOTHER);
    // What stood there before the scan stands again and is compared.
    await expect(page.locator('#field-requester-citizenNumber')).toHaveValue('07');
    await expect(page.locator('#field-requester-citizenNumber')).toBeFocused();
    await expect(page.locator('#field-requester-fullName')).toHaveValue('Đặng');
    await expect(page.locator('#field-requester-sex')).toHaveValue('nu');
    await page.getByRole('button', { name: 'Lấy theo thẻ: Số định danh' }).press('Enter');
    await expect(page.locator('#field-requester-citizenNumber')).toHaveValue('079196004217');

    // A list has the focus: no choice is changed by the letters of the scan.
    await page.locator('#field-child-sex').focus();
    await scan(page, '079326000001|Nguyễn An Nhiên|15112026|Nữ||18112026', 'Tab');
    await expect(page.locator('#field-child-fullName')).toHaveValue('Nguyễn An Nhiên');
    await expect(page.locator('#field-child-citizenNumber')).toHaveValue('079326000001');
    await expect(page.locator('#field-child-sex')).toBeFocused();
    await expect(page.locator('form.form-page')).toBeVisible();
  });

  const variants: readonly [string, string, string][] = [
    ['seven fields with the old CMND left blank', FATHER.replace('||', '| |'), '01/02/1993'],
    ['six fields', '079093001234|Nguyễn Hữu Phước|01021993|Nam|Bến Thành|10012022', '01/02/1993'],
    ['a year only', '079093001234||Nguyễn Hữu Phước|1993|Nam|Bến Thành|10012022', '1993'],
    ['lower case', '079093001234||nguyễn hữu phước|01021993|nam|bến thành|10012022', '01/02/1993'],
    [
      'a blank between and no issue date',
      '079093001234||Nguyễn Hữu Phước|01021993|Nam|Bến Thành|',
      '01/02/1993',
    ],
  ];
  for (const [what, code, birth] of variants)
    test(`with ${what} is read, without Enter too`, async ({ page }) => {
      await page.locator('#field-father-residence').focus();
      await scan(page, code, null);
      await expect(page.locator('#field-father-citizenNumber')).toHaveValue('079093001234');
      await expect(page.locator('#field-father-birth')).toHaveValue(birth);
      await expect(page.locator('#field-father-residence')).toBeFocused();
    });

  const broken: readonly [string, string, RegExp][] = [
    ['cut off', '079093001234||Nguyễn Hữu Phước|0102', /chưa hết nội dung/],
    [
      'with a short number',
      '0790930012|025123456|Nguyễn Hữu Phước|01021993|Nam|Bến Thành|10012022',
      /không đủ 12/,
    ],
    ['on a wrong keyboard', '079093001234||Nguye?n Hu?u|01021993|Nam|B?n Th\u00e0nh|10012022', /UniKey/],
    [
      'with a day that is none',
      '079093001234||Nguyễn Hữu Phước|31021993|Nam|Bến Thành|10012022',
      /Ngày sinh trong mã QR/,
    ],
  ];
  for (const [what, code, words] of broken)
    test(`${what} is explained and fills nothing`, async ({ page }) => {
      await page.locator('#field-father-fullName').focus();
      await scan(page, code);
      await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
      await expect(page.locator('#field-father-fullName')).toHaveValue('');
      await expect(page.locator('#field-father-fullName')).toBeFocused();
    });

  test('can be pasted, and read in a line of its own behind F2', async ({ page }) => {
    await page.locator('#field-father-birth').focus();
    await paste(page, FATHER);
    await expect(page.locator('#field-father-fullName')).toHaveValue('Nguyễn Hữu Phước');
    await page.locator('#field-mother-fullName').focus();
    await page.keyboard.press('F2');
    const dialog = page.getByRole('dialog', { name: 'Quét thẻ căn cước của mẹ' });
    await scan(page, 'https://example.com/không phải thẻ');
    await expect(dialog.getByRole('alert')).toContainText('không phải mã QR của thẻ căn cước');
    await scan(page, MOTHER);
    await expect(dialog).toBeHidden();
    await expect(page.locator('#field-mother-fullName')).toHaveValue('Đặng Thị Đào');
    await expect(page.locator('#field-mother-fullName')).toBeFocused();
  });

  test('of the mother in the block of the father is doubted, and presses no button', async ({ page }) => {
    await page.locator('#field-mother-fullName').focus();
    await scan(page, MOTHER);
    await page.locator('#field-father-fullName').focus();
    await scan(page, MOTHER);
    await expect(page.getByText(/đang là số của mẹ/)).toBeVisible();
    await expect(page.getByText(/không khớp giới tính/).first()).toBeVisible();
    // The blanks and the Enter of a scan while the button has the focus.
    await page.getByRole('button', { name: 'Tiếp nhận và in giấy hẹn' }).focus();
    await scan(page, MOTHER);
    await expect(page.getByRole('button', { name: 'Tiếp nhận và in giấy hẹn' })).toBeFocused();
    await expect(page.locator('#field-child-sex')).toHaveAttribute('aria-invalid', 'false');
  });
});
