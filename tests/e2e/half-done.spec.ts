/** A choice between two versions and the explanation of a day, half done when the window is closed: both stand there again. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { launchDesk } from '../support/desk-app.ts';
import { reception } from '../support/forms.ts';
import { startTwoMachines } from '../support/two-machines.ts';
import { NOW } from './fixture.ts';

test('both are kept with every letter, and gone when they are written', async () => {
  test.setTimeout(240_000);
  const world = await startTwoMachines({ unit: '26743', now: NOW });
  const { other, line, folder } = world;
  let { desk } = world;
  try {
    const id = randomUUID();
    const sent = () =>
      expect.poll(async () => (await desk.call('sync.run', {})).waiting, { timeout: 30_000 }).toBe(0);
    await desk.call('dossier.receive', reception(id, 'birth', { 'child.fullName': 'Trẻ Gốc' }));
    await sent();
    await other.desk.call('sync.run', {});
    const correct = async (on: Pick<typeof desk, 'call'>, name: string) => {
      const { form, revision } = await on.call('dossier.get', { id });
      const values = { ...form, 'child.fullName': name };
      await on.call('dossier.correct', { id, base: revision, values, reason: 'gõ nhầm' });
    };
    await correct(other.desk, 'Tên Máy Kia');
    await correct(desk, 'Tên Máy Này');
    await other.desk.call('sync.run', {});
    await sent();

    const openChoice = async () => {
      await desk.room(5);
      await desk.page.getByRole('button', { name: /^Chọn bản/ }).press('Enter');
      await expect(desk.page.getByRole('button', { name: 'Máy này', exact: true })).toBeFocused();
    };
    await openChoice();
    await desk.page.keyboard.press('ArrowLeft');
    await desk.page.getByLabel('Lý do chọn').fill('theo giấy chứng si');
    await desk.room(1);
    await desk.page.keyboard.press('c');
    await desk.page.getByLabel(/^Giải thích: bị trả lại/).fill('chờ người dân đem giấy');
    // The last letter is kept when the day's page says that nothing is left to explain.
    await expect(desk.page.getByRole('button', { name: 'Chốt ngày' })).toBeEnabled();
    await desk.close();

    desk = await launchDesk({ dataDir: path.join(folder, 'desk'), cityUrl: line.url, now: NOW });
    await desk.room(1);
    await desk.page.keyboard.press('c');
    await expect(desk.page.getByLabel(/^Giải thích: bị trả lại/)).toHaveValue('chờ người dân đem giấy');
    await openChoice();
    const mine = desk.page.getByRole('button', { name: 'Máy này', exact: true });
    await expect(mine).toHaveAttribute('aria-pressed', 'true');
    const reason = desk.page.getByLabel('Lý do chọn');
    await expect(reason).toHaveValue('theo giấy chứng si');
    await reason.press('End');
    await desk.page.keyboard.insertText('nh');
    await desk.page.keyboard.press('Control+Enter');
    await expect(desk.page.getByRole('heading', { name: 'Đồng bộ' })).toBeVisible();
    await expect(desk.page.getByRole('tab', { name: 'Cần xử lý (0)' })).toBeVisible();
    expect((await desk.call('dossier.get', { id })).form['child.fullName']).toBe('Tên Máy Này');
  } finally {
    await desk.close().catch(() => undefined);
    await world.end();
  }
});
