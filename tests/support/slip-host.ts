/** The slip page in the real Electron: builds it, opens it, prints it to PDF, and turns PDF into pictures and text. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { SLIP_PDF } from '../../shared/slip/paper-size.ts';
import { launchElectron } from './launch-electron.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const source = path.join(root, 'tests/e2e/slip-page');

export interface PrintedPage {
  /** Grey picture of the page, PNG. */
  readonly png: Buffer;
  readonly text: string;
}
export interface SlipHost {
  readonly page: Page;
  /** Opens a print address and answers the pages counted on the screen. */
  open(hash: string): Promise<number>;
  visit(hash: string): Promise<void>;
  /** Prints what is open. */
  pdf(): Promise<Buffer>;
  close(): Promise<void>;
}

async function buildHost(folder: string): Promise<void> {
  const common = { configFile: false, logLevel: 'error' } as const;
  await build({
    ...common,
    root: source,
    plugins: [react()],
    build: { outDir: path.join(folder, 'page'), target: 'chrome130', assetsInlineLimit: 0 },
  });
  await build({
    ...common,
    root: source,
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      ssr: path.join(source, 'host.ts'),
      rolldownOptions: { external: ['electron'], output: { entryFileNames: 'host.js' } },
    },
  });
  const app = { name: 'smc-slip-host', version: '0.0.0', type: 'module', main: 'host.js' };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(app));
}

export async function startSlipHost(): Promise<SlipHost> {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-slips-'));
  await buildHost(folder);
  const app = await launchElectron([`--user-data-dir=${path.join(folder, 'user')}`, folder]);
  const page = await app.firstWindow();
  let visits = 0;
  // Another query each time, so that another fixture is a new page and not a jump inside the old one.
  const visit = async (hash: string) => {
    visits += 1;
    await page.goto(`app://bundle/index.html?${visits}${hash}`);
  };
  return {
    page,
    visit,
    async open(hash) {
      await visit(hash);
      const body = page.locator('body[data-ready="1"]');
      await body.waitFor({ state: 'attached' });
      return Number(await body.getAttribute('data-pages'));
    },
    async pdf() {
      const text = await app.evaluate(async ({ BrowserWindow }, options) => {
        const bytes = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF(options);
        return bytes?.toString('base64') ?? '';
      }, SLIP_PDF);
      return Buffer.from(text, 'base64');
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Its text as poppler reads it; a form feed ends each page. */
export async function textOfPdf(file: string): Promise<string> {
  return (await run('pdftotext', ['-raw', file, '-'], { maxBuffer: 64 * 1024 * 1024 })).stdout;
}

/** Pages of a PDF as poppler draws and reads them. */
export async function readPdf(pdf: Buffer, dpi: number): Promise<readonly PrintedPage[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-pdf-'));
  try {
    const file = path.join(folder, 'slip.pdf');
    writeFileSync(file, pdf);
    const pictures = path.join(folder, 'pages');
    mkdirSync(pictures);
    await run('pdftoppm', ['-r', String(dpi), '-gray', '-png', file, path.join(pictures, 'p')]);
    const texts = (await textOfPdf(file)).split('\f');
    return readdirSync(pictures)
      .sort()
      .map((name, i) => ({ png: readFileSync(path.join(pictures, name)), text: texts[i] ?? '' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
