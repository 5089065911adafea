/** The disk of the data lets nothing be written any more: the app opens all the same, shows what is there, and says of every write why not. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test } from '@playwright/test';
import { startHubProcess } from '../demo/hub-process.ts';
import { launchDesk } from '../support/desk-app.ts';
import { form, reception } from '../support/forms.ts';
import { smallDisk } from '../support/small-disk.ts';
import { expect, NOW } from './fixture.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const DRAFT = '22222222-2222-4222-8222-222222222222';

test('a locked disk is opened for reading, a slip goes to another place, and what is typed says why it is not saved', async () => {
  test.setTimeout(180_000);
  const disk = smallDisk(96);
  if (!disk) return test.info().skip(true, 'this user may not mount');
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-locked-'));
  const hub = await startHubProcess(
    path.join(folder, 'city'),
    ['--enrol-code', '26743', '--name', 'Lê Thị Hạnh'],
    {
      SMC_NOW: NOW,
    },
  );
  const place = { dataDir: path.join(disk.folder, 'desk'), cityUrl: hub.url, now: NOW };
  let desk = await launchDesk({ ...place, enrolCode: hub.enrolCode });
  try {
    await desk.call('dossier.receive', reception(ID, 'birth', { 'child.fullName': 'Trần Bảo An' }));
    await desk.call('draft.save', { id: DRAFT, chain: 'birth', values: form('birth', 1) });
    await desk.close();
    disk.lock();
    desk = await launchDesk(place);
    const { page } = desk;
    const note = page.getByRole('region', { name: 'Chỉ xem' });
    await expect(note).toContainText('Ổ đĩa không cho ghi.');
    await desk.room(2);
    await page.getByText('Trần Bảo An').first().click();
    await expect(page.getByRole('heading', { name: 'Trần Bảo An' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')).toEqual([]);
    const slip = path.join(folder, 'phieu.pdf');
    await desk.saveTo(slip);
    await desk.call('slip.save', {
      id: ID,
      kind: 'receipt',
      size: 'A4',
      guard: { way: 'plain', why: 'Thử ổ đĩa không cho ghi' },
    });
    expect(existsSync(slip)).toBe(true);
    await desk.room(1);
    await page.getByRole('region', { name: 'Bản nháp làm tiếp' }).getByRole('button').first().click();
    const name = page.locator('#field-requester-fullName');
    await name.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('Âu Dương Kiến Huê');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('alert').filter({ hasText: 'Mã lỗi DB_READ_ONLY' })).toBeVisible();
    await expect(name).toHaveValue('Âu Dương Kiến Huê');
    await desk.close();
    disk.unlock();
    desk = await launchDesk(place);
    await expect(desk.page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
    await expect(desk.page.getByRole('region', { name: 'Chỉ xem' })).toHaveCount(0);
  } finally {
    await desk.close().catch(() => undefined);
    await hub.stop();
    disk.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
