/** The disk is full while a clerk types: what is typed stays wherever he goes, he reads why it is not saved, and it saves itself once there is room. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from '@playwright/test';
import { startHubProcess } from '../demo/hub-process.ts';
import { launchDesk, TEST_PASSWORD } from '../support/desk-app.ts';
import { smallDisk } from '../support/small-disk.ts';
import { expect, NOW } from './fixture.ts';

const NUMBER = '079090012345';
const failed = 'Mã lỗi DB_FULL';

test('typing goes on over a full disk, and nothing of it is lost', async () => {
  test.setTimeout(180_000);
  const disk = smallDisk(96);
  if (!disk) return test.info().skip(true, 'this user may not mount');
  const city = mkdtempSync(path.join(tmpdir(), 'smc-full-'));
  const hub = await startHubProcess(city, ['--enrol-code', '26743', '--name', 'Lê Thị Hạnh'], {
    SMC_NOW: NOW,
  });
  const place = { dataDir: path.join(disk.folder, 'desk'), cityUrl: hub.url, now: NOW };
  let desk = await launchDesk({ ...place, enrolCode: hub.enrolCode });
  try {
    const { page } = desk;
    const name = page.locator('#field-requester-fullName');
    const number = page.locator('#field-requester-citizenNumber');
    const saved = page.getByTestId('draft-state');
    const signIn = async (password: string) => {
      await page.locator('dialog.gate input[name="password"]').fill(password);
      await page.keyboard.press('Enter');
    };
    await test.step('what cannot be saved any more says why, with its code', async () => {
      await page.keyboard.press('n');
      await expect(name).toBeFocused();
      await page.keyboard.insertText('Âu Dương Kiến Huê');
      await page.keyboard.press('Tab');
      await expect(saved).toContainText('Bản nháp tự lưu lúc');
      disk.fill();
      await page.keyboard.insertText(NUMBER);
      await page.keyboard.press('Tab');
      await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
    });
    await test.step('the form is left, the machine locked: the typed text is still there', async () => {
      await desk.room(1);
      await expect(page.getByText('Chữ gõ sau cùng chưa lưu được (DB_FULL)')).toBeVisible();
      await page.keyboard.press('Control+l');
      await expect(page.getByRole('heading', { name: 'Máy đang khoá' })).toBeVisible();
      await signIn('không phải mật khẩu này');
      await expect(page.getByText('Mã lỗi PASSWORD_WRONG')).toBeVisible();
      await signIn(TEST_PASSWORD);
      await expect(page.locator('dialog.gate')).toHaveCount(0);
      await page.getByRole('button', { name: 'Người yêu cầu Âu Dương Kiến Huê' }).click();
      await expect(number).toHaveValue(NUMBER);
    });
    await test.step('a form that never was saved is found again as well', async () => {
      await desk.room(1);
      await page.keyboard.press('m');
      await expect(name).toBeFocused();
      await page.keyboard.insertText('Trần Văn Mẫu');
      await page.keyboard.press('Tab');
      await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
      await desk.room(1);
      await page.getByRole('button', { name: /Khai tử.*chưa lưu được \(DB_FULL\)/ }).click();
      await expect(name).toHaveValue('Trần Văn Mẫu');
    });
    await test.step('with room again both save themselves', async () => {
      disk.free();
      await expect(saved).toContainText('Bản nháp tự lưu lúc', { timeout: 20_000 });
      await desk.room(1);
      await expect(page.getByText('chưa lưu được')).toHaveCount(0);
      const drafts = await desk.call('draft.list', {});
      const values = await Promise.all(drafts.map(({ id }) => desk.call('draft.get', { id })));
      expect(values.map((one) => one?.values['requester.fullName']).sort()).toEqual([
        'Trần Văn Mẫu',
        'Âu Dương Kiến Huê',
      ]);
      expect(values.map((one) => one?.values['requester.citizenNumber'] ?? '')).toContain(NUMBER);
    });
    await desk.close();
    await test.step('full before the start: it says so, and opens once there is room', async () => {
      disk.fill();
      desk = await launchDesk({ ...place, signIn: null });
      const at = desk.page;
      const enter = async () => {
        await at.locator('dialog.gate input[name="password"]').fill(TEST_PASSWORD);
        await at.keyboard.press('Enter');
      };
      await enter();
      await expect(at.getByText(failed)).toBeVisible();
      disk.free();
      await enter();
      await expect(at.getByText('Âu Dương Kiến Huê').first()).toBeVisible();
    });
  } finally {
    await desk.close().catch(() => undefined);
    await hub.stop();
    disk.remove();
    rmSync(city, { recursive: true, force: true });
  }
});
