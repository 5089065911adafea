/** What came back, two versions, receipts on paper, and the closing of a day: in the real app, by keyboard, against a real city. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { saveInPlain } from '../support/answer-guard.ts';
import { reception } from '../support/forms.ts';
import { startTwoMachines, type TwoMachines } from '../support/two-machines.ts';
import { NOW } from './fixture.ts';

const UNIT = '26743@2025-07-01';
const DAY = '2026-11-20';

const test = base.extend<object, { world: TwoMachines }>({
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

async function noSeriousFinding(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
}

async function noSidewaysScroll(page: Page): Promise<void> {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBeLessThanOrEqual(0);
}

/** A dossier that both machines hold, corrected on both; this machine sends last. Answers its id. */
async function twoVersions(
  { desk, other }: TwoMachines,
  [name, theirs, mine]: readonly [string, string, string],
): Promise<string> {
  const id = randomUUID();
  await desk.call('dossier.receive', reception(id, 'birth', { 'child.fullName': name }));
  await desk.call('sync.run', {});
  await other.desk.call('sync.run', {});
  const correct = async (on: Pick<typeof desk, 'call'>, text: string, reason: string) => {
    const { form, revision } = await on.call('dossier.get', { id });
    const values = { ...form, 'child.fullName': text };
    await on.call('dossier.correct', { id, base: revision, values, reason });
  };
  await correct(other.desk, theirs, 'theo giấy chứng sinh');
  await correct(desk, mine, 'gõ nhầm');
  await other.desk.call('sync.run', {});
  await desk.call('sync.run', {});
  return id;
}

test('a conflict is chosen by keyboard, reaches the city, and both versions stay readable', async ({
  world,
}) => {
  const { desk, other } = world;
  const { page } = desk;
  const id = await twoVersions(world, ['Trẻ Gốc', 'Tên Máy Kia', 'Tên Máy Này']);
  await desk.room(5);
  await expect(page.getByRole('heading', { name: 'Hai máy sửa khác nhau' })).toBeVisible();
  await noSeriousFinding(page);
  await noSidewaysScroll(page);
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Chọn bản: Tên Máy Kia' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Hai bản khác nhau/ })).toBeVisible();
  await noSeriousFinding(page);
  const row = page.getByRole('row', { name: /Họ, chữ đệm, tên khai sinh/ });
  await expect(row).toContainText('Tên Máy Này');
  await expect(row).toContainText('Tên Máy Kia');
  await expect(row).toContainText('trước đó: Trẻ Gốc');
  await expect(page.getByRole('button', { name: 'Ghi lựa chọn' })).toBeDisabled();

  await row.getByRole('button', { name: 'Thành phố' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(row.getByRole('button', { name: 'Máy này' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByLabel('Lý do chọn').fill('theo giấy chứng sinh');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Đồng bộ' })).toBeVisible();
  await expect(
    page.getByText('Không có gì chờ gửi.').or(page.getByRole('tab', { name: 'Chờ gửi (1)' })),
  ).toBeVisible();
  await desk.call('sync.run', {});
  await other.desk.call('sync.run', {});
  for (const machine of [desk, other.desk])
    expect((await machine.call('dossier.get', { id })).form['child.fullName']).toBe('Tên Máy Này');

  await desk.room(2);
  await page
    .getByRole('row', { name: /Tên Máy Này/ })
    .first()
    .click();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Xem hai bản' }).click();
  await expect(page.getByText(/đã chọn lúc/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Họ, chữ đệm, tên khai sinh/ })).toContainText('Tên Máy Kia');
  await expect(page.getByRole('button', { name: 'Ghi lựa chọn' })).toHaveCount(0);
  await page.keyboard.press('Escape');
});

test('many conflicts are chosen with one reason, each written by itself', async ({ world }) => {
  const { desk } = world;
  const { page } = desk;
  const ids: string[] = [];
  for (const n of [1, 2, 3]) ids.push(await twoVersions(world, [`Trẻ Nhiều ${n}`, `Kia ${n}`, `Này ${n}`]));
  await desk.room(5);
  await page.getByRole('button', { name: 'Chọn cho nhiều mục' }).click();
  const dialog = page.getByRole('dialog');
  await noSeriousFinding(page);
  await dialog.getByLabel('Chọn mục Kia 2').uncheck();
  await dialog.getByLabel('Lý do chọn').fill('máy kia làm sau');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Cần xử lý (1)' })).toBeVisible();
  await desk.call('sync.run', {});
  expect((await desk.call('dossier.get', { id: ids[0] ?? '' })).form['child.fullName']).toBe('Kia 1');
  expect(await desk.call('attention.cards', {})).toMatchObject([{ state: 'conflict', total: 1 }]);
});

test('figures that two machines typed are chosen cell by cell', async ({ world }) => {
  const { desk, other } = world;
  const { page } = desk;
  const counts = (first: number, second: number) => ({
    ...{ asOf: DAY, form: null, from: null, source: 'typed' as const },
    units: [
      {
        unit: UNIT,
        cells: [
          { category: 'hoi_nong_dan', measure: 'tong', value: first },
          { category: 'nguoi_co_cong', measure: 'tong', value: second },
        ],
      },
    ],
  });
  await other.desk.call('count.record', counts(20, 21));
  await desk.call('count.record', counts(0, 32));
  await other.desk.call('sync.run', {});
  await desk.call('sync.run', {});
  await desk.room(5);
  await page.getByRole('button', { name: /Chọn bản: Phường Bến Thành/ }).click();
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
  await row('Hội Nông dân').getByRole('button', { name: 'Máy này' }).click();
  await row('Người có công').getByRole('button', { name: 'Thành phố' }).click();
  await page.getByLabel('Lý do chọn').fill('theo danh sách');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Đồng bộ' })).toBeVisible();
  await desk.call('sync.run', {});
  const [sheet] = (await desk.call('count.grid', { asOf: DAY, form: null, from: null })).rows;
  expect(sheet?.cells).toMatchObject({ 'hoi_nong_dan/tong': 0, 'nguoi_co_cong/tong': 21 });
});

test('a receipt is found by the name of a dossier, and printed on one page that a technician can check', async ({
  world,
}) => {
  const { desk, folder } = world;
  const { page } = desk;
  await desk.room(5);
  await page.getByRole('searchbox', { name: /Tìm theo ngày/ }).fill('khong co ten nay');
  await expect(page.getByText('Không thấy biên nhận nào')).toBeVisible();
  await page.getByRole('searchbox', { name: /Tìm theo ngày/ }).fill('kia 1');
  await page
    .getByRole('button', { name: /Mở biên nhận/ })
    .first()
    .click();
  await page.keyboard.press('Control+p');
  await expect(page.getByRole('heading', { name: 'Biên nhận của Thành phố' }).first()).toBeVisible();
  await expect(page.getByText(/trang/).first()).toBeVisible();
  const file = path.join(folder, 'receipt.pdf');
  await desk.saveTo(file);
  await page.keyboard.press('Control+s');
  await saveInPlain(page, 'Lưu hồ sơ giấy');
  await expect(page.getByText('Đã lưu')).toBeVisible();
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Đồng bộ' })).toBeVisible();
});

test('a day is closed against the city, opened again it tells what changed', async ({ world }) => {
  const { desk, line } = world;
  const { page } = desk;
  await desk.room(1);
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { name: /Chốt ngày 20/ })).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByText('Thành phố ký lúc')).toBeVisible();
  await expect(page.getByText('khớp', { exact: true })).toBeVisible();
  await noSeriousFinding(page);
  await noSidewaysScroll(page);

  // One conflict is still open from before: it wants words.
  await expect(page.getByRole('heading', { name: 'Bị trả lại, chưa xử lý' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Chốt ngày/ })).toBeDisabled();
  await page.getByLabel(/Giải thích/).fill('chờ hỏi lại máy kia');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Đã chốt lần 1/)).toBeVisible();
  expect(await desk.call('day.figures', { day: DAY })).toMatchObject({
    closed: { revision: 1, stale: false },
  });

  line.down();
  await desk.call('dossier.receive', reception(randomUUID(), 'birth', { 'child.fullName': 'Đến Muộn' }));
  await expect(page.getByText('Có ở máy này, chưa gửi: lúc chốt 0, nay 1')).toBeVisible();
  line.up();
  await page.getByRole('button', { name: 'Xem 1 bản ghi' }).first().click();
  await expect(page.getByText('Đến Muộn')).toBeVisible();
  await page.keyboard.press('Control+p');
  await expect(page.getByText('CHƯA CHỐT: trang này chỉ để xem.')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('what citizens are often asked for stands beside the form', async ({ world }) => {
  const { desk } = world;
  const { page } = desk;
  for (const n of [1, 2]) {
    const id = randomUUID();
    await desk.call('dossier.receive', reception(id, 'birth', { 'child.fullName': `Thiếu Giấy ${n}` }));
    const { revision, components } = await desk.call('dossier.get', { id });
    const step = { action: 'ask_supplement', on: null, time: null, items: ['Nộp giấy chứng sinh bản chính'] };
    await desk.call('dossier.act', {
      ...{ id, base: revision },
      step: { ...step, action: 'ask_supplement', components: [components[0]?.code ?? ''] },
    });
  }
  await desk.room(2);
  await page.keyboard.press('n');
  await expect(page.getByText('Đơn vị mình hay gặp:')).toBeVisible();
  await expect(page.locator('details.coach summary')).toContainText('(2 lần)');
  await page.keyboard.press('Escape');
});
