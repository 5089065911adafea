/** The first password of a machine, chosen at the window as a person does. */
import type { Page } from '@playwright/test';

/** Answers the recovery code that was shown. */
export async function choosePassword(page: Page, password: string): Promise<string> {
  await page.locator('input[name="first"]').fill(password);
  await page.locator('input[name="again"]').fill(password);
  await page.getByRole('button', { name: 'Đặt mật khẩu', exact: true }).click();
  const code = (await page.locator('[data-recovery]').getAttribute('data-recovery')) ?? '';
  await page.getByLabel('Tôi đã in hoặc chép mã ra giấy').check();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  return code;
}
