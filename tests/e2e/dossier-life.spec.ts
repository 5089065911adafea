/** The life of a dossier after its reception, by keyboard in the real app: steps, clocks, papers, "Chép sang", lists. */
import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ChainCode } from '../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../shared/contract/ipc/dossier.ts';
import { COMMUNE, everybody, form } from '../support/forms.ts';
import { expect, test, type World } from './fixture.ts';

test.use({ worldName: 'life' });

const RECEIVED = { date: '2026-11-16', time: '09:00' };
/** Without căn cước, so that the chain has three components. */
const born = { 'child.birth': '10/11/2026', 'child.certificateDate': '10/11/2026', 'request.idCard': '' };

async function receive(
  { desk }: World,
  chain: ChainCode,
  { received = RECEIVED, ...more }: { received?: typeof RECEIVED | null } & Record<string, unknown>,
): Promise<string> {
  const { id } = await desk.call('dossier.receive', {
    id: randomUUID(),
    chain,
    channel: 'truc_tiep',
    commune: COMMUNE,
    values: form(chain, 3, { ...(chain === 'birth' ? born : {}), ...(more as Record<string, string>) }),
    received,
    atOnce: null,
  });
  return id;
}

/** By its name, as a clerk finds it. */
async function open(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+2');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name, exact: true, level: 1 })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Ghi việc đã xảy ra' })).toBeVisible();
}

async function step(page: Page, key: string, title: RegExp): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole('dialog', { name: title })).toBeVisible();
}

async function commit(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

const detail = (world: World, id: string) => world.desk.call('dossier.get', { id });
const component = ({ components }: DossierDetail, code: string) => components.find((c) => c.code === code);
const dialog = (page: Page) => page.getByRole('dialog');

async function setDay(page: Page, day: string): Promise<void> {
  await dialog(page).getByLabel('Ngày', { exact: true }).fill(day);
  await dialog(page).getByLabel('Giờ', { exact: true }).fill('1000');
}

/** Chooses exactly these components in the dialog, with the space bar. */
async function choose(page: Page, names: readonly string[]): Promise<void> {
  for (const box of await dialog(page).getByRole('group', { name: 'Thủ tục' }).getByRole('checkbox').all()) {
    const label = (await box.locator('xpath=..').innerText()).trim();
    const wanted = names.some((name) => label.startsWith(name));
    if ((await box.isChecked()) === wanted) continue;
    await box.focus();
    await page.keyboard.press('Space');
  }
}

test('a birth dossier lives its whole life by keyboard', async ({ page, world }) => {
  const name = 'Nguyễn Phan Trọn Đời';
  const id = await receive(world, 'birth', { 'child.fullName': name });
  await open(page, name);

  // K1 ends with its number; the clocks of K2 and K3 begin on that day.
  await step(page, 'k', /Có kết quả/);
  await choose(page, ['Khai sinh']);
  await dialog(page)
    .getByLabel(/Mã, số kết quả/)
    .fill('KS 077/2026');
  await setDay(page, '17112026');
  await expect(
    dialog(page)
      .getByText(/bắt đầu tính|hạn/)
      .first(),
  ).toBeVisible();
  await commit(page);
  await expect.poll(async () => component(await detail(world, id), 'K1')?.state).toBe('done');
  let now = await detail(world, id);
  expect(now.form['code.K1']).toBe('KS 077/2026');
  expect(['K2', 'K3'].map((code) => component(now, code)?.startedOn)).toEqual(['2026-11-17', '2026-11-17']);
  const before = { k2: component(now, 'K2')?.due, k3: component(now, 'K3')?.due };

  // K2 goes to the police, its clock runs on.
  await step(page, 'c', /Chuyển cơ quan/);
  await choose(page, ['Thường trú']);
  await expect(dialog(page).getByLabel('Cơ quan nhận hồ sơ')).not.toHaveValue('');
  await setDay(page, '17112026');
  await commit(page);
  await expect.poll(async () => component(await detail(world, id), 'K2')?.state).toBe('elsewhere');
  expect(component(await detail(world, id), 'K2')?.due).toBe(before.k2);

  // K3 needs a paper: its clock stands still, and moves by as many days when it has come.
  await step(page, 'b', /Yêu cầu bổ sung/);
  await choose(page, ['Thẻ BHYT']);
  await dialog(page).getByLabel('Nội dung khác, mỗi dòng một việc').fill('Bổ sung mã hộ gia đình');
  await setDay(page, '18112026');
  await expect(dialog(page).getByText(/Dân bổ sung đến hết/)).toBeVisible();
  await commit(page);
  await expect(page.getByRole('button', { name: /In Phiếu yêu cầu bổ sung/ })).toBeVisible();
  await expect.poll(async () => component(await detail(world, id), 'K3')?.state).toBe('supplement');
  await step(page, 'd', /Dân đã bổ sung/);
  await setDay(page, '20112026');
  await dialog(page).getByLabel('Giờ', { exact: true }).fill('0900');
  await expect(dialog(page).getByText(/Thẻ BHYT: hạn/)).toBeVisible();
  await commit(page);
  await expect.poll(async () => component(await detail(world, id), 'K3')?.state).toBe('processing');
  now = await detail(world, id);
  expect(component(now, 'K3')?.due).not.toBe(before.k3);
  await expect(page.getByText(/Hạn Thẻ BHYT: .* → /).first()).toBeVisible();

  // Both results come, everything is given: the chain is whole.
  for (const short of ['Thường trú', 'Thẻ BHYT']) {
    await step(page, 'k', /Có kết quả/);
    if (short === 'Thường trú') await choose(page, [short]);
    await commit(page);
  }
  await expect.poll(async () => component(await detail(world, id), 'K3')?.state).toBe('done');
  await step(page, 't', /Trả kết quả/);
  await commit(page);
  await expect(page.getByText('Xong cả chuỗi (3 thủ tục)')).toBeVisible();
  expect((await detail(world, id)).outcome).toBe('whole');
});

test('a second request for papers warns, and is recorded only after it was read', async ({ page, world }) => {
  const name = 'Lê Hai Lần Hỏi';
  const id = await receive(world, 'birth', { 'child.fullName': name });
  await open(page, name);
  const ask = async (day: string, items: string) => {
    await step(page, 'b', /Yêu cầu bổ sung/);
    await choose(page, ['Khai sinh']);
    await dialog(page).getByLabel('Nội dung khác, mỗi dòng một việc').fill(items);
    await setDay(page, day);
  };
  await ask('16112026', 'Giấy chứng sinh bản chính');
  await commit(page);
  await expect.poll(async () => component(await detail(world, id), 'K1')?.state).toBe('supplement');
  await step(page, 'd', /Dân đã bổ sung/);
  await setDay(page, '17112026');
  await commit(page);
  await expect.poll(async () => component(await detail(world, id), 'K1')?.state).toBe('processing');

  await ask('18112026', 'Văn bản uỷ quyền');
  await expect(dialog(page).getByRole('alert')).toContainText(/lần/);
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page).getByRole('checkbox', { name: 'Đã đọc, vẫn ghi bước này' })).toBeFocused();
  expect(component(await detail(world, id), 'K1')?.supplements).toBe(1);
  await page.keyboard.press('Space');
  await commit(page);
  await expect.poll(async () => component(await detail(world, id), 'K1')?.supplements).toBe(2);
  await expect(page.getByText('đã yêu cầu bổ sung 2 lần: bị tính trễ')).toBeVisible();
});

test('a refusal needs a reason, ends the whole chain, and can be taken back', async ({ page, world }) => {
  const name = 'Trần Bị Từ Chối';
  const id = await receive(world, 'birth', { 'child.fullName': name });
  await open(page, name);
  await step(page, 'q', /Từ chối/);
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page).getByLabel('Lý do', { exact: true })).toBeFocused();
  await expect(dialog(page)).toBeVisible();
  await dialog(page).getByLabel('Lý do có sẵn').selectOption({ index: 2 });
  await commit(page);
  await expect(page.getByText('Không giải quyết').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /In Phiếu từ chối/ })).toBeVisible();
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { name: /Phiếu từ chối/, level: 1 }).first()).toBeVisible();
  const size = (name: string) => page.getByRole('button', { name, exact: true });
  await expect(size('A4')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('5');
  await expect(size('A5')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('-');
  await expect(page.getByText('80 %')).toBeVisible();
  await page.keyboard.press('Escape');
  expect((await detail(world, id)).outcome).toBe('none');

  await step(page, 'l', /Thu lại/);
  await dialog(page).getByLabel('Lý do có sẵn').selectOption({ index: 1 });
  await commit(page);
  await expect.poll(async () => (await detail(world, id)).outcome).toBe('under_way');
  expect(component(await detail(world, id), 'K2')?.state).toBe('waiting');
});

test('papers are changed by arrows and told as missing', async ({ page, world }) => {
  const name = 'Phạm Thiếu Giấy';
  const id = await receive(world, 'birth', { 'child.fullName': name });
  await open(page, name);
  const papers = page.getByRole('tabpanel');
  const select = papers.getByRole('combobox').first();
  const code = ((await select.getAttribute('id')) ?? '').slice('paper-'.length);
  await select.selectOption('missing');
  await expect(papers.getByText(/Sẽ bị trả vì thiếu/)).toBeVisible();
  await expect.poll(async () => (await detail(world, id)).form[`paper.${code}`]).toBe('missing');
  await expect(page.getByRole('tab', { name: /Giấy tờ \(thiếu/ })).toBeVisible();
  await select.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(async () => (await detail(world, id)).form[`paper.${code}`]).toBe('not_applicable');
});

test('F8 copies field after field as the other system wants it, then keeps its code', async ({
  page,
  world,
}) => {
  const name = 'Đỗ Chép Sang';
  const id = await receive(world, 'birth', { 'child.fullName': name });
  const clipboard = () => world.desk.app.evaluate(({ clipboard: board }) => board.readText());
  await open(page, name);
  await page.keyboard.press('2');
  await page.getByLabel('Hệ thống').selectOption('ho_tich');
  await page.keyboard.press('F8');
  await expect(page.getByText(/Đã chép ô 1/)).toBeVisible();
  expect(await clipboard()).toBe('ĐỖ CHÉP SANG');
  await page.keyboard.press('F8');
  await expect(page.getByText(/Đã chép ô 2/)).toBeVisible();
  expect(await clipboard()).toBe('10/11/2026');
  await expect(page.getByText('đã chép').first()).toBeVisible();
  // Reading the clipboard stays refused.
  const read = await page.evaluate(() =>
    navigator.clipboard.readText().then(
      () => 'read',
      () => 'refused',
    ),
  );
  expect(read).toBe('refused');

  await page.getByLabel('Mã bên kia trả về').focus();
  await page.keyboard.insertText('HT-2026-000777');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await detail(world, id)).form['code.K1']).toBe('HT-2026-000777');
  expect((await detail(world, id)).form['entered.ho_tich']).toBe('1');
  await expect(page.getByRole('checkbox', { name: /Đã nhập vào Phần mềm hộ tịch/ })).toBeChecked();
  // The dossier is found by that code too.
  const found = await world.desk.call('dossier.index', { ...everybody, q: '000777' });
  expect(found).toHaveLength(1);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('000777');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
});

test('a step on a stale revision is refused; what this machine wrote meanwhile disturbs no dialog', async ({
  page,
  world,
}) => {
  const name = 'Vũ Hai Máy';
  const id = await receive(world, 'birth', { 'child.fullName': name });
  const { revision } = await detail(world, id);
  await expect(
    world.desk.call('dossier.act', {
      id,
      base: revision + 7,
      step: { action: 'withdraw', components: ['K1'], on: null, time: null, reason: 'thử' },
    }),
  ).rejects.toThrow('DOSSIER_CHANGED');
  await open(page, name);
  await step(page, 'r', /Dân rút/);
  await dialog(page).getByLabel('Lý do', { exact: true }).fill('Nộp nơi khác');
  await world.desk.call('dossier.annotate', { id, changes: { 'code.official': 'H29-261116-0009' } });
  await expect(page.getByText('mã hồ sơ H29-261116-0009')).toBeVisible();
  await expect(dialog(page).getByText(/vừa đổi ở nơi khác/)).toBeHidden();
  await commit(page);
  expect((await detail(world, id)).outcome).toBe('none');
});

test('the two dossiers of a newborn who died lead to each other, and the second one begins with the first', async ({
  page,
  world,
}) => {
  const [name, gone] = ['Bùi Sơ Sinh', 'Đoàn Đã Khuất'];
  const birth = await receive(world, 'birth', { 'child.fullName': name });
  await open(page, name);
  await page.keyboard.press('4');
  await page.getByRole('button', { name: 'Mở hồ sơ khai tử cho trẻ này' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Tiếp nhận/ })).toBeVisible();
  await expect(page.locator('#field-deceased-fullName')).toHaveValue(name);

  const death = await receive(world, 'death', { 'deceased.fullName': gone, received: null });
  await world.desk.call('dossier.annotate', { id: death, changes: { 'link.dossier': birth } });
  await open(page, name);
  await expect(page.getByRole('button', { name: /Hồ sơ khai tử của trẻ/ })).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { name: gone, level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: /Hồ sơ khai sinh của trẻ/ })).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { name, exact: true, level: 1 })).toBeVisible();
});

test('a filter is kept under a name, applied by its digit, and removed', async ({ page, world }) => {
  await receive(world, 'birth', { 'child.fullName': 'Hồ Bộ Lọc' });
  await world.desk.room(2);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.getByRole('grid', { name: 'Danh sách hồ sơ' }).focus();
  await page.keyboard.press('f');
  await expect(page.getByLabel('Tình trạng', { exact: true })).toBeFocused();
  await page.getByLabel('Tình trạng', { exact: true }).selectOption('under_way');
  await page.getByLabel('Nhóm', { exact: true }).selectOption('birth');
  await page.getByRole('grid', { name: 'Danh sách hồ sơ' }).focus();
  await page.keyboard.press('l');
  await expect(page.getByLabel('Tên bộ lọc')).toBeFocused();
  await page.keyboard.insertText('Khai sinh đang làm');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Khai sinh đang làm', exact: true })).toBeVisible();
  expect(await world.desk.call('filter.list', {})).toEqual([
    { name: 'Khai sinh đang làm', filter: { ...everybody, chain: 'birth', state: 'under_way' } },
  ]);
  await page.keyboard.press('a');
  await expect(page.getByLabel('Nhóm', { exact: true })).toHaveValue('');
  await page.keyboard.press('1');
  await expect(page.getByLabel('Nhóm', { exact: true })).toHaveValue('birth');
  await page.getByRole('button', { name: 'Xoá bộ lọc Khai sinh đang làm' }).press('Enter');
  await expect.poll(() => world.desk.call('filter.list', {})).toEqual([]);
  await page.keyboard.press('a');
});

test('Hôm nay tells who waits, and offers Mẫu 04 before the day of return', async ({ page, world }) => {
  const name = 'Ngô Chờ Đợi';
  const id = await receive(world, 'birth', {
    'child.fullName': name,
    received: { date: '2026-11-19', time: '16:00' },
  });
  await world.desk.room(1);
  await page.getByRole('button', { name: `Soạn Mẫu 04: ${name}` }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Ngày hẹn mới')).toBeFocused();
  await page.keyboard.insertText('27112026');
  await dialog(page).getByLabel('Lý do có sẵn').selectOption({ index: 1 });
  await commit(page);
  await expect.poll(async () => component(await detail(world, id), 'K1')?.due).toBe('2026-11-27');
  await step(page, 'b', /Yêu cầu bổ sung/);
  await dialog(page).getByLabel('Nội dung khác, mỗi dòng một việc').fill('Giấy chứng sinh');
  await commit(page);
  await world.desk.room(1);
  const waiting = page.getByRole('region', { name: 'Thiếu giấy tờ, chờ dân bổ sung' });
  await expect(waiting.getByRole('button', { name })).toBeVisible();
  await expect(waiting.getByText(/còn \d+ ngày làm việc/).first()).toBeVisible();
});

test('the page of a dossier and the dialog of a step have no serious accessibility finding', async ({
  page,
  world,
}) => {
  const name = 'Tôn Nữ Hoàng Thị Phương Thảo Nguyên Quỳnh Anh Ngọc Bích Trâm';
  const id = await receive(world, 'birth', { 'child.fullName': name, 'request.idCard': '1' });
  const { revision } = await detail(world, id);
  await world.desk.call('dossier.act', {
    id,
    base: revision,
    step: {
      action: 'report_obstacle',
      components: ['K1'],
      on: null,
      time: null,
      obstacle: 'phan_mem_ho_tich',
    },
  });
  await open(page, name);
  const check = async () => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
    expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
  };
  for (const tab of ['1', '2', '3', '4']) {
    await page.keyboard.press(tab);
    await check();
  }
  for (const key of ['b', 'g', 'h', 'k', 'q', 'o']) {
    await page.keyboard.press(key);
    await expect(dialog(page)).toBeVisible();
    await check();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
  }
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBeLessThanOrEqual(0);
});
