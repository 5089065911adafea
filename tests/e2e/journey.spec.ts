/** The clerk's day, by keyboard alone: network off, both kinds of dossier, counts, then "Gửi" and a receipt for every item. */
import { everything } from '../support/forms.ts';
import { fillIn } from './clerk.ts';
import { expect, test, typeAndTab } from './fixture.ts';

test('a birth and a death dossier and counts typed offline are received with a signed receipt each', async ({
  page,
  world,
}) => {
  const { desk, line } = world;
  line.down();

  // Khai sinh: fields in the order of the paper form, dates as ddmmyyyy, choices by the arrows.
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { name: /Tiếp nhận · Khai sinh/ })).toBeVisible();
  await expect(page.locator('#field-requester-fullName')).toBeFocused();
  await fillIn(page, {
    'requester.fullName': 'Đặng Thị Đào',
    'requester.citizenNumber': '099196004217',
    'requester.birth': '12031996',
    'requester.relation': 'me',
    'requester.phone': '0903118204',
    'requester.residence': '12 Lê Lợi, phường Bến Thành',
    'child.fullName': 'Nguyễn Đặng An Nhiên',
    'child.birth': '15112026',
    'child.sex': 'nu',
    'child.birthPlace': 'Bệnh viện Từ Dũ',
  });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /GIẤY TIẾP NHẬN/i }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nguyễn Đặng An Nhiên').first()).toBeVisible();
  await expect(page.getByText('T-1-261120-001').first()).toBeVisible();
  await expect(page.getByText(/Lưu trên máy này, chưa gửi/).first()).toBeVisible();

  // Khai tử: a year-only birth date, hour and cause left blank.
  await desk.room(2);
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { name: /Tiếp nhận · Khai tử/ })).toBeVisible();
  await expect(page.locator('#field-requester-fullName')).toBeFocused();
  await fillIn(
    page,
    {
      'requester.fullName': 'Trần Văn Con',
      'requester.relation': 'con',
      'deceased.fullName': 'Trần Thị Mất',
      'deceased.birth': '1941',
      'deceased.sex': 'nu',
      'death.date': '18112026',
    },
    'Tab',
  );
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /GIẤY TIẾP NHẬN/i }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('T-1-261120-002').first()).toBeVisible();

  // Counts: type over, Enter goes down; 0 is a figure, the rest stays "chưa báo cáo".
  await desk.room(3);
  await page.getByRole('grid').getByRole('gridcell').filter({ hasText: '–' }).last().waitFor();
  await page.keyboard.press('Control+3');
  await page.locator('[role="gridcell"][tabindex="0"]').focus();
  for (const figure of ['1320', '0']) {
    await page.keyboard.type(figure);
    await page.keyboard.press('Enter');
  }
  await expect
    .poll(
      async () =>
        (await desk.call('count.grid', { asOf: '2026-11-20', form: null, from: null })).rows[0]?.cells,
    )
    .toEqual({
      'hoi_cuu_chien_binh/tong': 1320,
      'hoi_nong_dan/tong': 0,
    });

  // F9 without a line: nothing is lost, nothing is claimed.
  await page.keyboard.press('F9');
  await expect(page.getByRole('button', { name: /Ngoại tuyến · 4 thay đổi chờ gửi/ })).toBeVisible();
  expect(await desk.call('sync.state', {})).toMatchObject({ waiting: 4, received: 0 });

  line.up();
  await page.keyboard.press('F9');
  await expect(page.getByRole('button', { name: /Trực tuyến · đã gửi hết/ })).toBeVisible();
  const { items } = await desk.call('sync.items', { list: 'received', before: null });
  expect(items.map((i) => i.verb).sort()).toEqual(
    ['count.record', 'count.record', 'dossier.correct', 'dossier.receive', 'dossier.receive'].filter(
      (v) => v !== 'dossier.correct',
    ),
  );
  expect(items.every((i) => i.delivery.receipt !== null)).toBe(true);
  await desk.room(5);
  await page.getByRole('tab', { name: /Đã nhận/ }).click();
  await expect(page.getByText('Nguyễn Đặng An Nhiên').first()).toBeVisible();
  await desk.room(2);
  await expect(page.getByText(/Thành phố đã nhận/).first()).toBeVisible();
});

test('search finds a name without accents, by word order and by the end of a number', async ({
  page,
  world,
}) => {
  const { desk } = world;
  for (const q of ['an nhien dang', 'NGUYEN dang an', '4217', 'T-1-261120-001']) {
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(q);
    await expect(page.getByRole('row', { name: /Nguyễn Đặng An Nhiên/ }), q).toBeVisible();
  }
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  expect((await desk.call('dossier.index', everything)).length).toBeGreaterThan(1);
});

test('a half-typed form with wrong values comes back as it was', async ({ page, world }) => {
  const { desk } = world;
  await desk.room(2);
  await page.keyboard.press('n');
  await expect(page.locator('#field-requester-fullName')).toBeFocused();
  await typeAndTab(page, 'Lê Ô');
  await typeAndTab(page, 'không phải số');
  await typeAndTab(page, '31022026');
  await expect(page.getByText(/không có trong lịch/).first()).toBeVisible();
  await page.keyboard.press('Control+Enter');
  // Refused at the desk, in words; focus on the first field to mend.
  await expect(page.getByText(/Không đọc được|không có trong lịch|Còn trống/).first()).toBeVisible();
  await desk.room(1);
  await page.getByRole('region', { name: 'Bản nháp làm tiếp' }).getByRole('button').first().click();
  await expect(page.getByLabel('Họ, chữ đệm, tên', { exact: false }).first()).toHaveValue('Lê Ô');
  await expect(page.getByLabel('Số định danh').first()).toHaveValue('không phải số');
  await expect(page.getByLabel('Ngày sinh').first()).toHaveValue('31022026');
});

test('a wrong count file shows its problems by row and imports nothing until asked', async ({
  page,
  world,
}) => {
  const { desk } = world;
  await desk.room(3);
  const before = await desk.call('count.grid', { asOf: '2026-11-20', form: null, from: null });
  const csv = [
    'unit_code,unit_name,category_code,count',
    '26743,Phường Bến Thành,nguoi_co_cong,12',
    '99999,Không có,nguoi_co_cong,1',
    '26743,,hoi_ve_chim,1',
    '26743,,an_sinh_xa_hoi,-4',
    '26743,,nguoi_lao_dong,"1,5"',
    '26743,,ho_tro_tien_thue_nha,=1+1',
  ].join('\n');
  await page
    .getByLabel('Chọn tệp số liệu (CSV, xlsx)')
    .setInputFiles({ name: 'sai.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  const dialog = page.getByRole('dialog');
  for (const text of ['99999', 'hoi_ve_chim', '-4', '1,5', '=1+1'])
    await expect(dialog.getByText(text, { exact: true }).first()).toBeVisible();
  expect(
    (await desk.call('count.grid', { asOf: '2026-11-20', form: null, from: null })).rows[0]?.cells,
  ).toEqual(before.rows[0]?.cells);
  await dialog.getByRole('button', { name: 'Không nhập' }).click();
  expect(
    (await desk.call('count.grid', { asOf: '2026-11-20', form: null, from: null })).rows[0]?.cells,
  ).toEqual(before.rows[0]?.cells);

  await page
    .getByLabel('Chọn tệp số liệu (CSV, xlsx)')
    .setInputFiles({ name: 'sai.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await dialog.getByRole('button', { name: 'Chỉ nhập dòng đúng' }).click();
  await expect
    .poll(
      async () =>
        (await desk.call('count.grid', { asOf: '2026-11-20', form: null, from: null })).rows[0]?.cells[
          'nguoi_co_cong/tong'
        ],
    )
    .toBe(12);
});

test('a block from Excel is pasted into the grid', async ({ page, world }) => {
  const { desk } = world;
  await desk.room(3);
  await page.locator('[role="gridcell"][tabindex="0"]').waitFor();
  await page.locator('[role="gridcell"][tabindex="0"]').focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '1.400\r\n7\r\nhai\r\n19\r\n');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect
    .poll(
      async () =>
        (await desk.call('count.grid', { asOf: '2026-11-20', form: null, from: null })).rows[0]?.cells,
    )
    .toMatchObject({ 'hoi_cuu_chien_binh/tong': 1400, 'hoi_nong_dan/tong': 7, 'hoi_chu_thap_do/tong': 19 });
  await expect(page.getByText('hai', { exact: true }).first()).toBeVisible();
});
