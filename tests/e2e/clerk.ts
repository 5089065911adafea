/** A scripted clerk at the page of reception: reads which field has the cursor, types its answer, goes on by key. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { ChainCode } from '../../shared/catalogue/law.ts';
import type { DeskApp } from '../support/desk-app.ts';
import { expect } from './fixture.ts';

export type Answers = Readonly<Record<string, string>>;

interface Cursor {
  readonly field: string;
  readonly tag: string;
  readonly type: string;
  readonly value: string;
}

export function cursor(page: Page): Promise<Cursor> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLInputElement | null;
    return {
      field: at?.dataset?.field ?? '',
      tag: at?.tagName ?? '',
      type: at?.type ?? '',
      value: at?.value ?? '',
    };
  });
}

/** Choices are taken by arrow, flags by the space bar, everything else is typed over what stands there. */
async function answer(page: Page, { tag, type, value, field }: Cursor, text: string): Promise<void> {
  if (tag === 'SELECT') {
    for (let press = 0; press < 12 && (await cursor(page)).value !== text; press++)
      await page.keyboard.press('ArrowDown');
    expect((await cursor(page)).value, field).toBe(text);
  } else if (type === 'checkbox') {
    if (text === '1') await page.keyboard.press('Space');
  } else if (value !== text) {
    await page.keyboard.insertText(text);
  }
}

/** From the field with the cursor to the button: every stop, in the order in which they came. */
export async function fillIn(
  page: Page,
  answers: Answers,
  next: 'Enter' | 'Tab' = 'Enter',
): Promise<string[]> {
  const stops: string[] = [];
  for (let i = 0; i < 120; i++) {
    const at = await cursor(page);
    if (at.field === '') return stops;
    stops.push(at.field);
    const text = answers[at.field];
    if (text !== undefined) await answer(page, at, text);
    await page.keyboard.press(next);
  }
  return stops;
}

/** As a keyboard-type scanner does: every character a key, then Enter. */
export async function scan(page: Page, code: string, end: 'Enter' | 'Tab' | null = 'Enter'): Promise<void> {
  await page.keyboard.type(code);
  if (end) await page.keyboard.press(end);
}

export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** Opens the form with these values in it, as a draft that somebody left. */
export async function openDraft(desk: DeskApp, chain: ChainCode, values: Answers): Promise<string> {
  const id = randomUUID();
  await desk.call('draft.save', { id, chain, values: { ...values } });
  await desk.room(1);
  const name = values[chain === 'birth' ? 'child.fullName' : 'deceased.fullName'] ?? '';
  await desk.page
    .getByRole('region', { name: 'Bản nháp làm tiếp' })
    .getByRole('button', { name })
    .first()
    .click();
  await expect(desk.page.locator('form.form-page')).toBeVisible();
  return id;
}

export function value(page: Page, field: string): Promise<string> {
  return page.locator(`[data-field="${field}"]`).inputValue();
}

/** N or M, from a room where letters are keys. */
export async function newForm(page: Page, key: 'n' | 'm'): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.locator('#field-requester-fullName')).toBeFocused();
}
