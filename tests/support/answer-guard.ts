/** Answers, by keyboard, the question before a file with personal data is saved. */
import { expect, type Page } from '@playwright/test';

const asked = (page: Page) => page.getByRole('dialog', { name: 'Lưu tệp có dữ liệu cá nhân' });

/** In plain. */
export async function saveInPlain(page: Page, why: string): Promise<void> {
  await expect(asked(page).getByRole('radio', { name: 'Có mật khẩu' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Lý do không đặt mật khẩu')).toBeFocused();
  await page.keyboard.insertText(why);
  await page.keyboard.press('Enter');
  await expect(asked(page)).toHaveCount(0);
}

/** Answers the password that was shown. */
export async function saveSealed(
  page: Page,
  whenShown = async (): Promise<void> => undefined,
): Promise<string> {
  await expect(asked(page).getByRole('radio', { name: 'Có mật khẩu' })).toBeFocused();
  await page.keyboard.press('Enter');
  const made = page.getByRole('dialog', { name: 'Mật khẩu của tệp vừa lưu' });
  await expect(made).toBeVisible({ timeout: 30_000 });
  const password = (await made.locator('[data-password]').textContent()) ?? '';
  await expect(made.getByRole('button', { name: 'Đã báo hoặc đã ghi lại' })).toBeFocused();
  await whenShown();
  await page.keyboard.press('Enter');
  await expect(made).toHaveCount(0);
  return password;
}
