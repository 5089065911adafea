/** A newer program wrote the data, then an older one is started: it says so, shows and finds everything, writes nothing, and loses nothing typed. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { openKeySlots } from '../../db/key-slots.ts';
import { must } from '../../shared/lib/must.ts';
import { launchDesk, TEST_PASSWORD } from '../support/desk-app.ts';
import { form, reception } from '../support/forms.ts';
import { setStoreVersion } from '../support/store-version.ts';
import { expect, NOW, test } from './fixture.ts';

test.use({ worldName: 'newer-store' });

test('the store of a newer program is read alone, in words', async ({ world }) => {
  test.setTimeout(180_000);
  const { desk: first, folder, line } = world;
  const id = randomUUID();
  await first.call('dossier.receive', reception(id, 'birth', { 'child.fullName': 'Trẻ Bản Mới' }));
  const values = form('birth', 1, { 'child.fullName': 'Đang Gõ Dở' });
  await first.call('draft.save', { id: randomUUID(), chain: 'birth', values });
  await first.close();
  const data = path.join(folder, 'desk');
  const slots = openKeySlots(data);
  setStoreVersion(data, await slots.open(must(slots.people()[0], 'person').id, TEST_PASSWORD), 99);

  const desk = await launchDesk({ dataDir: data, cityUrl: line.url, now: NOW });
  try {
    const { page } = desk;
    const note = page.getByRole('region', { name: 'Chỉ xem' });
    await expect(note).toContainText('Dữ liệu do bản chương trình mới hơn tạo ra');
    await expect(note).toContainText('vẫn được ghi nhật ký');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('tre ban moi');
    await page.getByText('Trẻ Bản Mới').first().click();
    await expect(page.getByRole('heading', { name: /Trẻ Bản Mới/ })).toBeVisible();
    // No button that could only be refused.
    await expect(page.getByRole('group', { name: 'Ghi việc đã xảy ra' })).toContainText(
      'Dữ liệu đang chỉ xem',
    );
    await expect(page.getByRole('button', { name: 'Sửa hồ sơ' })).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('xem.png') });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map((v) => v.id)).toEqual([]);

    await desk.room(1);
    await expect(page.getByRole('button', { name: 'Khai sinh', exact: true })).toHaveCount(0);
    await page.keyboard.press('n');
    await expect(page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Gửi ngay' })).toBeDisabled();
    await page.screenshot({ path: test.info().outputPath('hom-nay.png') });
    await desk.room(3);
    const cell = page.locator('[role="gridcell"][tabindex="0"]');
    await cell.focus();
    await page.keyboard.press('5');
    await expect(page.getByText('Dữ liệu đang chỉ xem, chưa ghi thêm được.')).toBeVisible();
    await expect(cell).toHaveText('–');
    await page.screenshot({ path: test.info().outputPath('so-lieu.png') });

    // A form that was begun before is looked at; what is typed into it all the same stays on the screen.
    await desk.room(1);
    await page.getByRole('button', { name: /^Đang Gõ Dở/ }).click();
    const name = page.getByLabel('Họ, chữ đệm, tên').first();
    await name.fill('Đang Gõ Thêm');
    await page.keyboard.press('Tab');
    await expect(page.getByText('nên bản này chỉ xem, tìm, in và xuất').first()).toBeVisible();
    await expect(name).toHaveValue('Đang Gõ Thêm');
    await page.screenshot({ path: test.info().outputPath('go.png') });
    expect(await desk.call('session.get', {})).toMatchObject({ readOnly: 'newer', unkept: false });
  } finally {
    await desk.close();
  }
});
