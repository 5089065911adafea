/** The disk of a desk was copied to another PC: the copy says so, shows everything, takes nothing, and is enrolled as a machine of its own. */
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { launchDesk } from '../support/desk-app.ts';
import { reception } from '../support/forms.ts';
import { expect, NOW, test } from './fixture.ts';

test.use({ worldName: 'twin-machine' });
const machine = (name: string) => ({
  SMC_HARDWARE: JSON.stringify({ board: [`BOARD${name}`], disk: [`DISK${name}`] }),
});

test('a copy is read alone, then enrolled as a machine of its own', async ({ world }) => {
  test.setTimeout(240_000);
  const { desk: unknown, folder, line } = world;
  await unknown.close();
  const [data, copy] = [path.join(folder, 'desk'), path.join(folder, 'copy')];
  const of = { cityUrl: line.url, now: NOW };
  // The first start that knows its machine.
  const one = await launchDesk({ ...of, dataDir: data, env: machine('ONE') });
  await one.call('dossier.receive', reception(randomUUID(), 'birth', { 'child.fullName': 'Trẻ Hai Máy' }));
  await expect.poll(async () => (await one.call('sync.run', {})).waiting, { timeout: 30_000 }).toBe(0);
  await one.close();
  cpSync(data, copy, { recursive: true, filter: (from) => !path.basename(from).startsWith('Singleton') });

  const two = await launchDesk({ ...of, dataDir: copy, env: machine('TWO') });
  try {
    const { page } = two;
    const note = page.getByRole('region', { name: 'Chỉ xem' });
    await expect(note).toContainText('Dữ liệu này được chép từ một máy khác');
    await expect(page.getByText('Trẻ Hai Máy').first()).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('ban-sao.png') });
    await note.getByRole('button', { name: 'Ghi danh lại máy này…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ghi danh lại máy này' });
    await expect(dialog).toContainText('Không xoá gì');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map((v) => v.id)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('ghi-danh-lai.png') });
    await dialog.getByRole('button', { name: 'Cất dữ liệu cũ và ghi danh lại' }).click();

    await expect(page.getByLabel('Mã ghi danh')).toBeVisible({ timeout: 60_000 });
    await page.screenshot({ path: test.info().outputPath('may-moi.png') });
    const [aside = ''] = readdirSync(path.join(copy, 'set-aside'));
    expect(existsSync(path.join(copy, 'set-aside', aside, 'desk.db'))).toBe(true);
    expect(await two.call('session.get', {})).toMatchObject({ enrolled: false, readOnly: null });
  } finally {
    await two.close();
  }
});
