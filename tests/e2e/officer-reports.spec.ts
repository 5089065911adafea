/** Báo cáo at the city: the figures of the wards' dossiers, asked on line, kept for when the line is gone, and clear words where there are none. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import fc from 'fast-check';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { lifeOf } from '../support/dossier-lives.ts';
import { enrolDesk, makeEvent, sendEvents } from '../support/fake-desk.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';
import { type Line, startLine } from '../support/line.ts';
import { wishesOf } from '../support/sent-lives.ts';

const NOW = '2026-11-20T02:30:00Z';
const WARDS = ['26743', '26740', '27004', '26506', '27259', '26737'];

let hub: TestHub;
let line: Line;
let desk: DeskApp;
let page: Page;
const folder = mkdtempSync(path.join(tmpdir(), 'smc-officer-'));

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  hub = await startTestHub('pglite');
  hub.clock.move(Date.parse(NOW) - hub.clock.now());
  for (const [i, ward] of WARDS.entries()) {
    const fake = await enrolDesk(hub, ward);
    const lives = fc.sample(lifeOf, { seed: 900 + i, numRuns: 20 });
    await sendEvents(
      fake,
      lives.flatMap((life) => wishesOf(life, ward)).map((wish) => makeEvent(fake, wish)),
    );
  }
  line = await startLine(hub.url);
  const enrolCode = await hub.createEnrolCode({
    unit: '79',
    name: 'Lê Thị Hạnh',
    role: 'officer',
    demo: false,
  });
  desk = await launchDesk({ dataDir: path.join(folder, 'desk'), cityUrl: line.url, enrolCode, now: NOW });
  page = desk.page;
});
test.afterAll(async () => {
  await desk?.close().catch(() => undefined);
  await line?.close();
  await hub?.remove();
  rmSync(folder, { recursive: true, force: true });
});

const table = () => page.getByRole('grid');
const pick = (id: string) => page.getByLabel('Chọn báo cáo').selectOption(id);
const state = () => page.locator('.city-figures');
const look = async (name: string) => {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
};
async function fromTo(from: string, to: string): Promise<void> {
  for (const [label, day] of [
    ['Từ ngày', from],
    ['đến ngày', to],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(day);
    await page.keyboard.press('Enter');
  }
}
async function expectClean(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
}

test('on line the report of the two procedures stands there with the moment of its figures', async () => {
  await desk.room(4);
  await pick('lien-thong');
  await fromTo('11/08/2026', '10/09/2026');
  await expect(state()).toContainText('Số liệu của Thành phố lúc 09:30 ngày 20/11/2026, từ hồ sơ');
  await expect(table().getByRole('row').last()).toContainText(/Cả hai nhóm\d+/);
  await expect(page.getByText(/^Số liệu của Thành phố lúc 09:30 ngày 20\/11\/2026, từ hồ sơ/)).toHaveCount(2);
  await expectClean();
  await look('on-line');
  await page.getByRole('tab', { name: /Lời văn/ }).click();
  await expect(page.getByText(/đã tiếp nhận \d+ hồ sơ trên Phần mềm/)).toBeVisible();
  await look('on-line-text');
  await page.getByRole('tab', { name: /Biểu đồ/ }).click();
  await expect(page.locator('.report-chart svg, svg').first()).toBeVisible();
  await look('on-line-charts');
  await page.getByRole('tab', { name: /Bảng số liệu/ }).click();
});

test('by unit all 168 rows are there', async () => {
  await pick('lien-thong-don-vi');
  await expect(state()).toContainText('Số liệu của Thành phố lúc 09:30');
  // Two rows of headings, 168 units, the total.
  await expect(table().getByRole('row')).toHaveCount(171);
  await look('168-units');
  await expectClean();
});

test('it is kept and goes to a file like any other report', async () => {
  await pick('lien-thong');
  await expect(state()).toContainText('Số liệu của Thành phố lúc 09:30');
  const file = path.join(folder, 'bao-cao.csv');
  await desk.saveTo(file);
  await page.getByRole('heading', { name: 'Báo cáo', exact: true }).click();
  await page.keyboard.press('c');
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toMatch(/^birth,data,[^\n]*,\d+,/m);
  await page.keyboard.press('k');
  await expect(page.getByRole('tab', { name: 'Đã chốt (1)' })).toBeVisible();
});

test('off line the last answer stands, with the words that it is the last', async () => {
  line.down();
  await page.getByRole('heading', { name: 'Báo cáo', exact: true }).click();
  await page.keyboard.press('h');
  await expect(state()).toHaveText(
    /^Chưa hỏi lại được Thành phố: đang xem số liệu của Thành phố lúc 09:30 ngày 20\/11\/2026\./,
  );
  await expect(table().getByRole('row').last()).toContainText(/Cả hai nhóm\d+/);
  await expectClean();
  await look('off-line-kept');
});

test('off line and never asked: clear words, no figure is made up, and nothing can be kept as sent', async () => {
  await pick('dung-han');
  await expect(state()).toContainText(
    'Chưa có số liệu của Thành phố cho kỳ này; bảng dưới chỉ đếm hồ sơ có trên máy này.',
  );
  await look('off-line-none');
  await expectClean();
  await page.getByRole('heading', { name: 'Báo cáo', exact: true }).click();
  await page.keyboard.press('k');
  await expect(page.getByRole('alert').filter({ hasText: 'nên chưa chốt được' })).toBeVisible();
  line.up();
  await page.keyboard.press('h');
  await expect(state()).toContainText('Số liệu của Thành phố lúc 09:30');
  await expect(table().getByRole('row').last()).toContainText(/Tổng\d+/);
});

test('a list of dossiers is the wards’ own: it says so', async () => {
  await pick('so-theo-doi');
  await expect(state()).toContainText('Thành phố chỉ trả lời bằng số liệu');
  await look('wards');
  await expectClean();
});
