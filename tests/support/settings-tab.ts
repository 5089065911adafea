/** A tab of Cài đặt by the arrow keys, from the first one, wherever it stands in the row. */
import { expect, type Page } from '@playwright/test';

export async function goToTab(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('tab', { name: 'Máy này' })).toBeFocused();
  const tabs = await page.getByRole('tab').allTextContents();
  for (const _ of tabs.slice(0, tabs.indexOf(name))) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name })).toBeFocused();
}
