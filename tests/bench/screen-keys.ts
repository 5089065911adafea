/** The key presses that `bench screens` times, each from the place where a clerk presses it. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { must } from '../../shared/lib/must.ts';
import type { DeskApp } from '../support/desk-app.ts';
import { everybody } from '../support/forms.ts';
import { type Candidate, WrongAnswer } from './rounds.ts';

const METER = readFileSync(path.join(import.meta.dirname, 'screen-meter.js'), 'utf8');
const REPEATS = 6;
const QUIET_MS = 250;
const LONGEST_MS = 20_000;
const rooms = ['Hôm nay', 'Hồ sơ', 'Ngoại ngành', 'Báo cáo', 'Đồng bộ', 'Cài đặt'];
const LIST_ROW = '#dossier-list [role="rowgroup"] [role="gridcell"]';
const LIST_COUNT = '#content .head [role="status"]';
const DETAIL = '#content h1.subject';
const FORM = '#field-requester-fullName';
const NAME = '[data-field="child.fullName"]';

interface Wish {
  /** What must stand on the page. */
  readonly ready: string;
  /** The beginning of its text, or of its value. */
  readonly text?: string;
  /** A text that it must no longer have. */
  readonly not?: string;
}
/** ms from the key: `first` to the painted frame where the wish holds, `settled` to the last one that changed the content. */
interface Painted {
  readonly first: number;
  readonly settled: number;
}
interface Metered {
  readonly smcMeter: {
    arm(wish: Readonly<Record<string, string | number | null>>): void;
    read(): Promise<Painted>;
  };
}

async function press(page: Page, key: string, { ready, text, not }: Wish): Promise<Painted> {
  const wish = { ready, text: text ?? null, not: not ?? null, quiet: QUIET_MS };
  await page.evaluate((w) => (globalThis as unknown as Metered).smcMeter.arm(w), wish);
  await page.keyboard.press(key);
  const late = new Promise<never>((_, reject) =>
    setTimeout(reject, LONGEST_MS, new WrongAnswer(`screens: ${key} did not bring ${ready}`)).unref(),
  );
  return Promise.race([page.evaluate(() => (globalThis as unknown as Metered).smcMeter.read()), late]);
}

async function repeated(once: (i: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) times.push(await once(i));
  return times;
}

/** A second window of the same program with one field in it: what a frame costs where nothing is done. */
export async function emptyPage(desk: DeskApp, name: string): Promise<Candidate> {
  const opened = desk.app.waitForEvent('window');
  await desk.app.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true } });
    return window.loadURL('about:blank');
  });
  const page = await opened;
  await page.setContent('<input id="field">');
  await page.evaluate(METER);
  await page.locator('#field').focus();
  let typed = '';
  return {
    name,
    run: () =>
      repeated(async () => {
        typed += 'a';
        return (await press(page, 'a', { ready: '#field', text: typed })).first;
      }),
  };
}

/** Presses `key` at the list, on another dossier each time: nothing of it is remembered. */
function fromList({ page, room }: DeskApp, name: string, key: string, wish: Wish): Candidate {
  return {
    name,
    run: async () => {
      await room(2);
      await page.locator(LIST_ROW).first().waitFor();
      return repeated(async () => {
        await page.locator('#dossier-list').focus();
        await page.keyboard.press('ArrowDown');
        const { settled } = await press(page, key, wish);
        await page.keyboard.press('Escape');
        await page.locator(LIST_ROW).first().waitFor();
        return settled;
      });
    },
  };
}

function backToList({ page, room }: DeskApp): Candidate {
  return {
    name: 'dossier → list',
    run: async () => {
      await room(2);
      await page.locator(LIST_ROW).first().waitFor();
      return repeated(async () => {
        await page.locator('#dossier-list').focus();
        await page.keyboard.press('Enter');
        await page.locator(DETAIL).waitFor();
        return (await press(page, 'Escape', { ready: LIST_ROW })).settled;
      });
    },
  };
}

/** All rooms in turn, each from the one before. */
function roomChanges({ page, room }: DeskApp): Candidate {
  return {
    name: 'room → room',
    run: async () => {
      await room(1);
      const times: number[] = [];
      for (const n of [2, 3, 4, 5, 6, 1])
        times.push(
          (await press(page, `Control+${n}`, { ready: '#content h1', text: must(rooms[n - 1], 'room') }))
            .settled,
        );
      return times;
    },
  };
}

/** Letters at the end of the child's name: papers, clocks, problems and duplicates stand beside it and follow it. */
function typing({ page, room }: DeskApp, subject: string): Candidate {
  return {
    name: 'letter in the intake form',
    run: async () => {
      await room(1);
      await page.getByRole('button', { name: subject }).first().click();
      const field = page.locator(NAME);
      await field.focus();
      await page.keyboard.press('End');
      await page.locator('#duplicates-title').waitFor();
      let value = await field.inputValue();
      const times = await repeated(async (i) => {
        const key = i % 2 === 0 ? 'a' : 'Backspace';
        value = key === 'a' ? `${value}a` : value.slice(0, -1);
        return (
          await press(page, key, { ready: NAME, text: value, ...(key !== 'a' && { not: `${value}a` }) })
        ).first;
      });
      await page.keyboard.press('Escape');
      return times;
    },
  };
}

/** The first letter of a word, not one that nearly everybody has: to the rows that answer it. */
function searching({ page, room }: DeskApp): Candidate {
  return {
    name: 'letter in the search',
    run: async () => {
      await room(2);
      const count = page.locator(LIST_COUNT);
      const all = (await count.textContent()) ?? '';
      await page.keyboard.press('Control+k');
      return repeated(async (i) => {
        const { settled } = await press(page, must('bdlhkq'[i], 'letter'), { ready: LIST_COUNT, not: all });
        await page.keyboard.press('Escape');
        await count.filter({ hasText: all }).waitFor();
        return settled;
      });
    },
  };
}

/** Leaves a full form as a draft: the same child as a dossier of the store, so that the warning stands beside it. */
async function leaveDraft(desk: DeskApp): Promise<string> {
  const index = await desk.page.evaluate(
    async (filter) => {
      const door = globalThis as unknown as {
        desk: { invoke(m: string, i: unknown): Promise<{ value: Uint32Array }> };
      };
      return [...(await door.desk.invoke('dossier.index', filter)).value.slice(0, 1)];
    },
    { ...everybody, chain: 'birth' },
  );
  const { id } = must((await desk.call('dossier.rows', { ns: index }))[0], 'dossier');
  const { form } = await desk.call('dossier.get', { id });
  await desk.call('draft.save', { id: randomUUID(), chain: 'birth', values: { ...form } });
  return must(form['child.fullName'], 'name');
}

export async function screenKeys(desk: DeskApp): Promise<Candidate[]> {
  await desk.page.evaluate(METER);
  const name = await leaveDraft(desk);
  return [
    fromList(desk, 'list → dossier', 'Enter', { ready: DETAIL }),
    backToList(desk),
    fromList(desk, 'list → new form', 'n', { ready: FORM }),
    roomChanges(desk),
    typing(desk, name),
    searching(desk),
  ];
}
