/** A dossier handed over to another ward by keyboard: the fields that are asked, what this office may do afterwards. */
import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { COMMUNE, form } from '../support/forms.ts';
import { expect, test } from './fixture.ts';

test.use({ worldName: 'transfer' });

const LONG = 'Tôn Nữ Hoàng Phượng Nguyệt Cát Khuê Quỳnh Thục Đoan';

test('a dossier is handed over; this office reads on and acts no more', async ({ page, world }) => {
  const { desk } = world;
  await desk.call('dossier.receive', {
    ...{
      id: randomUUID(),
      chain: 'birth',
      channel: 'truc_tiep',
      commune: COMMUNE,
      received: null,
      atOnce: null,
    },
    values: form('birth', 3, { 'child.fullName': LONG }),
  });
  await desk.room(2);
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText('ton nu hoang phuong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: LONG, exact: true, level: 1 })).toBeVisible();
  await page.keyboard.press('u');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Phường, xã nhận hồ sơ')).toBeFocused();

  // Nothing typed, then a ward that does not exist: told beside the field, nothing done.
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Còn trống lý do chuyển. Hãy ghi lý do.')).toBeVisible();
  await page.keyboard.insertText('Phường Không Có');
  await expect(dialog.getByText('Không có phường, xã tên này.')).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('Phường Sài Gòn');
  await dialog.getByLabel('Lý do').focus();
  await page.keyboard.insertText('Gia đình chuyển nơi cư trú');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Hồ sơ đã chuyển đến Phường Sài Gòn.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Chuyển phường, xã khác' })).toHaveCount(0);
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  expect(await desk.call('sync.run', {})).toMatchObject({ waiting: 0, attention: 0 });
});
