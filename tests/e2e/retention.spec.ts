/** Cài đặt > Máy này by keyboard: closed dossiers are seen before they go, go once the city proved a backup, and are found by their code. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { everything, reception } from '../support/forms.ts';
import { NOW } from './fixture.ts';

const LATER = '2027-03-01T02:30:00Z';
const LONG = 'Công Tằng Tôn Nữ Thị Phương Nguyễn Hoàng Bảo Châu Minh Nguyệt Thanh Trúc';
const CLOSED = 3;
let folder: string;
let desk: DeskApp;
let page: Page;
let end: () => Promise<void>;

/** A day's work in November, the city's backup at night, and the same machine in March. */
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-retention-'));
  const [city, data] = [path.join(folder, 'city'), path.join(folder, 'desk')];
  const code = ['--enrol-code', '26743', '--role', 'head', '--name', 'Lê Thị Hạnh'];
  const hub = await startHubProcess(city, code, { SMC_NOW: NOW });
  desk = await launchDesk({ dataDir: data, cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW });
  for (let n = 0; n <= CLOSED; n++) await receive(n);
  await desk.call('sync.run', {});
  await desk.close();
  await hub.stop();
  execFileSync(process.execPath, ['city/main.ts', '--backup', path.join(folder, 'city.tgz')], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, SMC_CITY_DATA_DIR: city, SMC_NOW: NOW },
  });
  const later = await startHubProcess(city, [], { SMC_NOW: LATER });
  desk = await launchDesk({ dataDir: data, cityUrl: later.url, now: LATER });
  page = desk.page;
  end = async () => {
    await desk.close().catch(() => undefined);
    await later.stop();
    rmSync(folder, { recursive: true, force: true });
  };
});
test.afterAll(() => end());

/** All but the first one are withdrawn on the same day. */
async function receive(n: number): Promise<void> {
  const id = crypto.randomUUID();
  await desk.call('dossier.receive', reception(id, 'birth', { 'child.fullName': `${LONG} ${n}` }));
  if (n === 0) return;
  const { components, revision } = await desk.call('dossier.get', { id });
  const step = { action: 'withdraw', on: null, time: null, reason: 'Gia đình xin rút' } as const;
  await desk.call('dossier.act', {
    ...{ id, base: revision },
    step: { ...step, components: components.map((c) => c.code) },
  });
}

const axe = async () => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
};
const card = () => page.getByRole('region', { name: 'Xóa hồ sơ đã xong khỏi máy' });

test('what can go is seen before it goes, with what stays and why', async () => {
  await desk.call('sync.run', {});
  await desk.room(6);
  await expect(page.getByText('Cần nối mạng một lần')).toHaveCount(0);
  await expect(card()).not.toContainText('chưa báo bản nào');
  await card().getByRole('button', { name: 'Xem trước' }).focus();
  await page.keyboard.press('Enter');
  await expect(card().getByRole('status')).toContainText(`Xóa được ${CLOSED} hồ sơ`);
  await expect(card().getByRole('table', { name: 'Ở lại máy' })).toContainText('chưa xong');
  await card().scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath('look.png') });
  expect(await axe()).toEqual([]);
});

test('they go, their codes are found and say when; what was typed since is here', async () => {
  const ns = await desk.call('dossier.index', { ...everything, state: 'ended' });
  const [row] = await desk.call('dossier.rows', { ns: [...ns] });
  await card()
    .getByRole('button', { name: `Xóa ${CLOSED} hồ sơ khỏi máy` })
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Không lấy lại được trên máy này');
  await page.screenshot({ path: test.info().outputPath('ask.png') });
  expect(await axe()).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(card()).toContainText('Lần xóa gần nhất');
  await expect(card()).not.toContainText('chưa có');
  await page.keyboard.press('Control+K');
  await page.keyboard.insertText(row?.code ?? '');
  await expect(page.getByText('Đã xóa khỏi máy ngày 01/03/2027').first()).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('list.png') });
  await page.keyboard.press('Enter');
  await expect(page.getByText('đã được xóa khỏi máy ngày 01/03/2027').first()).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('page.png') });
  expect(await axe()).toEqual([]);
});

test('by itself once a month, where a head ticks it', async () => {
  await page.keyboard.press('Escape');
  await desk.room(6);
  const tick = card().getByRole('checkbox', { name: 'Tự xóa mỗi tháng một lần' });
  await tick.focus();
  await page.keyboard.press('Space');
  await expect(tick).toBeChecked();
  expect((await desk.call('retention.state', {})).auto).toBe(true);
});
