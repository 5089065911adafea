/** The printed papers: golden pictures, words letter for letter, codes that a scanner reads, preview equal to print. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type SlipForm, slipForms } from '../../shared/catalogue/slips.ts';
import { type DossierSlipKind, makeRegister, makeSlip } from '../../shared/slip/make-slip.ts';
import { paperSizes } from '../../shared/slip/paper-size.ts';
import { words } from '../../shared/slip/words.ts';
import { compareWithGolden, scan } from '../support/pictures.ts';
import { readPdf, type SlipHost, startSlipHost } from '../support/slip-host.ts';
import { modelTexts, squeezed } from '../support/slip-texts.ts';
import { inputOf, source, WALL } from './slip-page/fixtures.ts';

const GOLDEN_DPI = 64;
const SCAN_DPI = 300;
/** A letter more or less is found by the text tests; the pictures hold layout, lines and fonts. */
const GOLDEN_SHARE = 0.001;

const test = base.extend<object, { host: SlipHost }>({
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the destructured names, an empty pattern means none.
    async ({}, use) => {
      const host = await startSlipHost();
      await use(host);
      await host.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const year = ({ numbering }: SlipForm) => (numbering === 'tt01-2018' ? '2018' : '2025');
const dossierForms = slipForms.filter((form) => form.kind !== 'register');
const kindOf = (form: SlipForm) => form.kind as DossierSlipKind;
const slipHash = (fixture: string, form: SlipForm, size: string) =>
  `#/print/slip/${fixture}-${year(form)}/${form.kind}/${size}`;
const golden = (name: string) => path.join(import.meta.dirname, 'slips-golden', `${name}.png`);

async function printed(host: SlipHost, hash: string, dpi = GOLDEN_DPI) {
  const counted = await host.open(hash);
  const pages = await readPdf(await host.pdf(), dpi);
  expect(pages.length, 'pages counted in the preview and pages printed').toBe(counted);
  return pages;
}

/** The running head of a later page stands between two halves of a text: taken away. */
function wholeText(pages: readonly { readonly text: string }[], running: string): string {
  return pages.map(({ text }) => squeezed(text).replaceAll(squeezed(`2${running}`), '')).join('');
}

for (const form of dossierForms)
  for (const size of paperSizes)
    test(`${form.kind} of ${form.numbering} on ${size} looks as its golden pictures`, async ({
      host,
    }, info) => {
      for (const fixture of ['longest', 'blank']) {
        const name = `${form.kind}-${year(form)}-${size}-${fixture}`;
        const pages = await printed(host, slipHash(fixture, form, size));
        const { share, seen } = compareWithGolden(
          golden(name),
          pages.map((page) => page.png),
        );
        if (share > GOLDEN_SHARE) await info.attach(name, { body: seen, contentType: 'image/png' });
        expect(share, name).toBeLessThanOrEqual(GOLDEN_SHARE);
      }
    });

for (const [from, to, name] of [
  ['2024-01-01', '2024-01-13', 'register-2018-A4'],
  ['2026-01-01', '2026-01-13', 'register-2025-A4'],
] as const)
  test(`${name} looks as its golden picture`, async ({ host }, info) => {
    const pages = await printed(host, `#/print/register/${from}/${to}`);
    const { share, seen } = compareWithGolden(
      golden(name),
      pages.map((page) => page.png),
    );
    if (share > GOLDEN_SHARE) await info.attach(name, { body: seen, contentType: 'image/png' });
    expect(share).toBeLessThanOrEqual(GOLDEN_SHARE);
  });

for (const form of dossierForms)
  test(`${form.kind} of ${form.numbering} shows every text letter for letter, however long it is`, async ({
    host,
  }) => {
    for (const fixture of ['plain', 'longest']) {
      const model = makeSlip(kindOf(form), form.numbering, inputOf(fixture));
      if (!model) throw new Error('no such paper');
      const text = wholeText(await printed(host, slipHash(fixture, form, 'A5')), model.running);
      const missing = modelTexts(model).filter((line) => !text.includes(squeezed(line)));
      expect(missing, fixture).toEqual([]);
    }
  });

for (const [kind, letter] of [
  ['refusal', 'L'],
  ['control', 'G'],
] as const)
  test(`a text longer than a sheet goes on over the next ones, in the ${kind}`, async ({ host }) => {
    const pages = await printed(host, `#/print/slip/wall-2025/${kind}/A5`);
    expect(pages.length).toBeGreaterThan(1);
    const text = squeezed(pages.map((page) => page.text).join(''));
    expect(WALL.filter((n) => !text.includes(letter + n))).toEqual([]);
  });

test('a register of 300 rows shows every row, numbers its pages and repeats its head', async ({ host }) => {
  const [from, to] = ['2026-01-01', '2026-10-28'];
  const { numbering, input } = await source.register({ from, to });
  const model = makeRegister(numbering, input);
  if (!model) throw new Error('no such paper');
  expect(input.rows).toHaveLength(300);
  const pages = await printed(host, `#/print/register/${from}/${to}`, 20);
  const text = squeezed(pages.map((page) => page.text).join(''));
  expect(modelTexts(model).filter((line) => !text.includes(squeezed(line)))).toEqual([]);
  for (const [i, page] of pages.entries()) {
    expect(squeezed(page.text), `head on page ${i + 1}`).toContain(squeezed(words.regAgency));
    if (i > 0) expect(page.text.split('\n').map((line) => line.trim())).toContain(String(i + 1));
  }
});

for (const size of paperSizes)
  for (const [fixture, code] of [
    ['plain', inputOf('plain').code.official],
    ['blank', inputOf('blank').code.temporary],
  ] as const)
    test(`on ${size} a scanner reads ${code} from the bars and from the square`, async ({ host }) => {
      const [page] = await printed(host, `#/print/slip/${fixture}-2025/receipt/${size}`, SCAN_DPI);
      if (!page) throw new Error('no page');
      expect(scan(page.png, 'bars')).toBe(code);
      expect(scan(page.png, 'square')).toBe(code);
    });

/** The sheet, counted from 0, on which the last line of an element stands. */
const sheetOf = (page: Page, selector: string) =>
  page.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    const flow = document.querySelector('.slip-flow');
    const step = document.querySelector('.slip')?.computedStyleMap().get('--sheet-step')?.toString();
    if (!element || !flow || !step) throw new Error(`no ${wanted}`);
    const last = [...element.getClientRects()].at(-1);
    // An element at the very edge of its sheet lies a hair before it, by rounding.
    const inside = 1 + (last?.left ?? 0) - flow.getBoundingClientRect().left;
    return Math.floor(inside / Number.parseFloat(step));
  }, selector);

for (const size of paperSizes)
  test(`on ${size} signatures never stand alone on a sheet, whatever the length`, async ({ host }) => {
    const counts = new Set<number>();
    for (let items = 1; items <= 61; items++) {
      counts.add(await host.open(`#/print/slip/items${items}-2025/supplement/${size}`));
      const [before, signatures] = [
        await sheetOf(host.page, '.slip-paragraph:has(+ .slip-sign)'),
        await sheetOf(host.page, '.slip-sign'),
      ];
      expect(signatures, `${items} items`).toBe(before);
    }
    expect([...counts].sort(), 'the lengths pass over a page break').toEqual([1, 2]);
  });

test('the last row of a register goes with its total and the signature', async ({ host }) => {
  const counts = new Set<number>();
  for (let rows = 1; rows <= 16; rows++) {
    const to = `2026-01-${String(rows + 1).padStart(2, '0')}`;
    counts.add(await host.open(`#/print/register/2026-01-01/${to}`));
    const [last, signatures] = [
      await sheetOf(host.page, '.slip-last td:nth-child(2) p'),
      await sheetOf(host.page, '.slip-sign'),
    ];
    expect(signatures, `${rows} rows`).toBe(last);
  }
  expect([...counts].sort(), 'the lengths pass over a page break').toEqual([1, 2, 3]);
});

test('the preview shows the same sheets, changes size and zoom, and has no serious accessibility finding', async ({
  host,
}) => {
  const { page } = host;
  await host.visit('#/preview/slip/longest-2025/receipt/A4');
  await expect(page.getByText('4 trang')).toBeVisible();
  await expect(page.locator('.slip-sheet')).toHaveCount(4);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);

  const width = async () => (await page.locator('.slip-sheet').first().boundingBox())?.width ?? 0;
  const before = await width();
  await page.getByRole('button', { name: 'Phóng to' }).press('Enter');
  await expect(page.getByText('125 %')).toBeVisible();
  expect(await width()).toBeCloseTo(before * 1.25, 0);
  await page.getByRole('button', { name: 'A5' }).press('Enter');
  await expect(page.getByRole('button', { name: 'A5' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(width).toBeCloseTo((before * 1.25 * 148) / 210, 0);
});

test('an address that has no values says so and is ready with no page', async ({ host }) => {
  expect(await host.open('#/print/slip/nobody-2025/receipt/A4')).toBe(0);
  await expect(host.page.getByRole('alert')).toBeVisible();
});

test('a paper that the numbering of the day has not says so and is ready with no page', async ({ host }) => {
  expect(await host.open('#/print/slip/plain-2018/stop/A4')).toBe(0);
  await expect(host.page.getByText('chưa có mẫu tương ứng')).toBeVisible();
});
