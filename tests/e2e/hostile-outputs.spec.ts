/**
 * Every way out of the desk, with a thousand hostile texts in the book: what was typed stands there letter for letter, nothing of it runs,
 * no name that is proposed leads out of its folder. The table names every call of the shell: a new one does not compile without its row.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import Papa from 'papaparse';
import type { Guard } from '../../shared/contract/ipc/export.ts';
import type { MethodOf } from '../../shared/contract/ipc/registry.ts';
import { birthForm } from '../../shared/domain/birth-form.ts';
import { type HubProcess, startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { enrolDesk } from '../support/fake-desk.ts';
import { COMMUNE, form } from '../support/forms.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { readSheets, readWord } from '../support/read-back.ts';
import { scan } from '../support/scans.ts';
import { textOfPdf } from '../support/slip-host.ts';
import { squeezed } from '../support/slip-texts.ts';
import { NOW } from './fixture.ts';

const NUMBER = '079196004217';
// biome-ignore lint/suspicious/noTemplateCurlyInString: what it is about
const HEAD = '<img src=x onerror=pwned=1> ${7*7}';
const LOST = '"><svg onload=pwned=1>=1+1';
const WINDOW = { from: '2026-11-01', to: '2026-11-30' };
const REPORT = { report: 'lien-thong', ...WINDOW, treeOn: null, compare: false };

let folder: string;
let hub: HubProcess;
let desk: DeskApp;
/** Dossiers with all the texts in them. */
const ids: string[] = [];
let lostNo = 0;

const texts = birthForm
  .flatMap((section) => section.fields)
  .filter(({ kind }) => kind === 'text' || kind === 'name' || kind === 'long_text')
  .map(({ key }) => key);
const isOwn = (key: string) => /^(mother|requester)\./.test(key);
const ownTexts = texts.filter(isOwn);

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = mkdtempSync(path.join(tmpdir(), 'smc-hostile-out-'));
  const city = path.join(folder, 'city');
  const first = await startHubProcess(city, ['--enrol-code', '26743'], { SMC_NOW: NOW });
  const lost = await enrolDesk(
    { url: first.url, createEnrolCode: async () => first.enrolCode },
    '26743',
    undefined,
    LOST,
  );
  lostNo = lost.me.no;
  await first.stop();
  hub = await startHubProcess(city, ['--enrol-code', '26743', '--role', 'head', '--name', HEAD], {
    SMC_NOW: NOW,
  });
  desk = await launchDesk({
    ...{ dataDir: path.join(folder, 'desk'), cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW },
  });
  // One person's own fields take every text once; the other fields take what comes.
  for (let at = 0; at < HOSTILE_TEXTS.length; at += ownTexts.length) {
    const id = randomUUID();
    const others = texts.map((key, n) => [key, HOSTILE_TEXTS[(at * 7 + n) % HOSTILE_TEXTS.length] ?? '']);
    const own = ownTexts.map((key, n) => [key, HOSTILE_TEXTS[(at + n) % HOSTILE_TEXTS.length] ?? '']);
    const values = Object.fromEntries([...others, ...own]) as Record<string, string>;
    const numbers = { 'mother.citizenNumber': NUMBER, 'requester.citizenNumber': NUMBER };
    await desk.call('dossier.receive', {
      ...{ id, chain: 'birth', channel: 'truc_tiep', commune: COMMUNE, received: null, atOnce: null },
      values: form('birth', ids.length, { ...values, ...numbers }),
    });
    ids.push(id);
  }
  await desk.call('sync.run', {});
  await expect.poll(async () => (await desk.call('sync.state', {})).waiting, { timeout: 120_000 }).toBe(0);
});
test.afterAll(async () => {
  await desk.close().catch(() => undefined);
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The save dialog answers with a file of ours, and says under which name it was asked. */
async function proposed(file: string, work: () => Promise<unknown>): Promise<string> {
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async (...given: unknown[]) => {
      Object.assign(globalThis, { proposed: (given.at(-1) as { defaultPath: string }).defaultPath });
      return { canceled: false, filePath };
    };
  }, file);
  await work();
  return desk.app.evaluate(() => String((globalThis as { proposed?: string }).proposed));
}
const harmlessName =
  /^(?!(con|prn|aux|nul|com\d|lpt\d)\.)[\p{L}\p{N}_-][^\p{Cc}\p{Cf}<>:"|?*/\\]{0,80}\.(pdf|json|csv|xlsx|docx|jws|png|zip)$/iu;

/** What a page of Latin letters prints as it stands: no mark that a font joins, orders or leaves out. */
const printable = (words: string) => /^[\x20-\x7E\u00C0-\u024F\u1E00-\u1EFF]+$/.test(words.normalize('NFC'));

async function pdfText(file: string): Promise<string> {
  const bytes = readFileSync(file);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  // What a reader of PDF would run, open or send: in the objects. A packed stream may spell anything by chance, so streams go; one that packs objects would hide them.
  const objects = bytes.toString('latin1').replace(/\bstream\r?\n[\s\S]*?\bendstream\b/g, '');
  expect(objects.includes('/Page') && objects.length < bytes.length).toBe(true);
  expect(
    objects.match(/\/(ObjStm|JavaScript|JS|Launch|OpenAction|AA|URI|SubmitForm|EmbeddedFile|RichMedia)\b/g) ??
      [],
  ).toEqual([]);
  return squeezed((await textOfPdf(file)).normalize('NFC'));
}
/** Its cells, none of which begins like a formula. */
function csvRows(from: string): string[][] {
  const text = readFileSync(from, 'utf8').replace(/^\uFEFF/, '');
  const { data } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' });
  expect(data.flat().filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^-?\d/.test(cell))).toEqual(
    [],
  );
  return data;
}
const notIn = (text: string, wanted: readonly string[]) =>
  wanted.filter((one) => printable(one) && !text.includes(squeezed(one.normalize('NFC'))));

async function keptOf(id: string, of: (key: string) => boolean): Promise<string[]> {
  const { form: kept } = await desk.call('dossier.get', { id });
  return texts.filter(of).flatMap((key) => kept[key] ?? []);
}

const file = (name: string) => path.join(folder, name);
const plain = (why: string): Guard => ({ way: 'plain', why });
const [script = ''] = HOSTILE_TEXTS;

interface WayOut {
  /** Does it, answers the name that was proposed and what should stand in the file and does not. */
  readonly out: () => Promise<{ name: string; missing: readonly string[] }>;
}
type Row = WayOut | { readonly sameAs: MethodOf<'shell'> } | { readonly writesNo: string };

/** The printer gets the page that becomes the PDF. */
const sameAs = (call: MethodOf<'shell'>): Row => ({ sameAs: call });
const ways: Readonly<Record<MethodOf<'shell'>, Row>> = {
  'slip.save': {
    out: async () => {
      let name = '';
      const missing: string[] = [];
      // One in four: the extract below prints every text, this one prints them on the official forms.
      for (const [n, id] of [...ids.entries()].filter(([at]) => at % 4 === 0)) {
        const to = file(`slip-${n}.pdf`);
        const input = { id, kind: 'receipt', size: 'A5', guard: plain(HOSTILE_TEXTS[n] ?? '') } as const;
        name = await proposed(to, () => desk.call('slip.save', input));
        const { input: words } = await desk.call('slip.get', { id, kind: 'receipt' });
        missing.push(
          ...notIn(await pdfText(to), [words.requester.name, words.requester.address, words.content]),
        );
      }
      return { name, missing };
    },
  },
  'register.save': {
    out: async () => {
      const to = file('so.pdf');
      const name = await proposed(to, () => desk.call('register.save', { ...WINDOW, guard: plain(script) }));
      const { input } = await desk.call('register.get', WINDOW);
      expect(input.rows.length).toBe(ids.length);
      return {
        name,
        missing: notIn(
          await pdfText(to),
          input.rows.map(({ name: who }) => who),
        ),
      };
    },
  },
  'person.save': {
    out: async () => {
      const asked = { number: NUMBER, name: '', birth: '', receivedOn: '2026-11-20', reason: script };
      const { id } = await desk.call('person.open', asked);
      const wanted = (await Promise.all(ids.map((one) => keptOf(one, isOwn)))).flat();
      expect(new Set(wanted).size).toBeGreaterThan(900);
      expect(wanted.filter(printable).length).toBeGreaterThan(500);
      const [json, pdf] = [file('trich.json'), file('trich.pdf')];
      await proposed(json, () => desk.call('person.save', { id, format: 'json', guard: plain(script) }));
      type Held = { dossiers: { fields: { value: string }[] }[] };
      const { dossiers } = JSON.parse(readFileSync(json, 'utf8')) as Held;
      const held = new Set(dossiers.flatMap(({ fields }) => fields.map(({ value }) => value)));
      expect(wanted.filter((one) => one !== '' && !held.has(one))).toEqual([]);
      const name = await proposed(pdf, () =>
        desk.call('person.save', { id, format: 'pdf', guard: plain(script) }),
      );
      return { name, missing: notIn(await pdfText(pdf), wanted) };
    },
  },
  'proof.save': {
    out: async () => {
      const missing: string[] = [];
      let name = '';
      for (const id of ids.slice(0, 12)) {
        const to = file('bien-nhan.pdf');
        const input = { kind: 'dossier', id, size: 'A4', guard: plain(script) } as const;
        name = await proposed(to, () => desk.call('proof.save', input));
        missing.push(
          ...notIn(await pdfText(to), [HEAD, ...(await keptOf(id, (key) => key === 'child.fullName'))]),
        );
      }
      return { name, missing };
    },
  },
  'machine.save': {
    out: async () => {
      const to = file('mat-may.pdf');
      const input = { no: lostNo, foundAt: '2026-11-20T01:00:00.000Z' };
      const name = await proposed(to, () => desk.call('machine.save', input));
      return { name, missing: notIn(await pdfText(to), [LOST]) };
    },
  },
  'file.save': {
    out: async () => {
      const [id = ''] = ids;
      const bytes = Buffer.from(scan(3_000, 'application/pdf')).toString('base64');
      const { sha256 } = await desk.page.evaluate(
        async ([scanName, text]) => {
          type Door = { invoke(m: string, i: unknown): Promise<{ value: { sha256: string } }> };
          const { desk: door } = globalThis as unknown as { desk: Door };
          const content = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
          return (await door.invoke('file.take', { name: scanName, bytes: content })).value;
        },
        ['../../CON', bytes] as const,
      );
      await desk.call('dossier.attach', { id, sha256, name: '../../CON', paper: null, note: script });
      const to = file('quet.pdf');
      const name = await proposed(to, () => desk.call('file.save', { id, sha256, guard: plain(script) }));
      return { name, missing: readFileSync(to).equals(Buffer.from(bytes, 'base64')) ? [] : ['content'] };
    },
  },
  'access.save': {
    out: async () => {
      const filter = { person: null, action: null, from: null, to: null, code: '' };
      const to = file('nhat-ky.csv');
      const name = await proposed(to, () => desk.call('access.save', { filter, guard: plain(script) }));
      const [, ...lines] = csvRows(to);
      expect(lines.map((line) => line[2])).toContain(HEAD);
      return { name, missing: [] };
    },
  },
  'report.save': {
    out: async () => {
      const wanted = { report: REPORT.report, from: REPORT.from, to: REPORT.to };
      const made = await desk.call('report.make', REPORT);
      const [row, column] = [
        made.rows[0]?.key ?? '',
        made.columns.find((c) => c.kind === 'count')?.key ?? '',
      ];
      const figures = [{ row, column, text: '123456' }];
      await desk.call('report.print', { ...wanted, figures, source: script });
      let name = '';
      for (const format of ['csv', 'xlsx', 'docx', 'pdf'] as const) {
        const to = file(`bao-cao.${format}`);
        name = await proposed(to, () => desk.call('report.save', { source: REPORT, format }));
      }
      for (const { xml } of readSheets(readFileSync(file('bao-cao.xlsx'))))
        expect(xml).not.toMatch(/<f[ >]|<hyperlink/);
      expect(readWord(readFileSync(file('bao-cao.docx'))).xml).not.toMatch(/<w:instrText|<w:hyperlink/);
      csvRows(file('bao-cao.csv'));
      return { name, missing: notIn(await pdfText(file('bao-cao.pdf')), [made.title.toUpperCase()]) };
    },
  },
  'report.copy': {
    out: async () => {
      await desk.call('report.copy', { source: REPORT, what: 'table' });
      const html = await desk.app.evaluate(({ clipboard }) => clipboard.readText());
      return { name: 'clipboard.csv', missing: /(^|\t|\n)[=@]/.test(String(html)) ? ['a formula'] : [] };
    },
  },
  'count.save': {
    out: async () => {
      const input = { asOf: '2026-11-01', form: null, from: null, shape: 'wide', format: 'csv' } as const;
      const name = await proposed(file('so-lieu.csv'), () => desk.call('count.save', input));
      csvRows(file('so-lieu.csv'));
      return { name, missing: [] };
    },
  },
  'target.save': {
    out: async () => ({
      name: await proposed(file('chi-tieu.csv'), () => desk.call('target.save', { format: 'csv' })),
      missing: [],
    }),
  },
  'receipt.save': {
    out: async () => {
      const [receipt] = await desk.call('receipt.list', {});
      const to = file('bien-nhan.jws');
      const name = await proposed(to, () => desk.call('receipt.save', { id: receipt?.id ?? '' }));
      return { name, missing: /^[\w.-]+\s*$/.test(readFileSync(to, 'utf8')) ? [] : ['a signed receipt'] };
    },
  },
  'slip.print': sameAs('slip.save'),
  'register.print': sameAs('register.save'),
  'person.print': sameAs('person.save'),
  'proof.print': sameAs('proof.save'),
  'machine.print': sameAs('machine.save'),
  'report.paper': sameAs('report.save'),
  'courier.export': { writesNo: 'a sealed bundle whose names are made by us (integration/sync/courier)' },
  'courier.import': { writesNo: 'reads' },
  'account.ask-city': { writesNo: 'a sealed request' },
  'account.hear-city': { writesNo: 'reads' },
  'backup.choose-place': { writesNo: 'encrypted backups' },
  'backup.choose-old': { writesNo: 'reads' },
  'file.choose': { writesNo: 'reads' },
  'update.from-stick': { writesNo: 'reads' },
  'update.install': { writesNo: 'starts a signed installer' },
};

for (const [call, row] of Object.entries(ways)) {
  if (!('out' in row)) continue;
  test(`${call}: hostile texts leave as text`, async () => {
    test.setTimeout(400_000);
    const { name, missing } = await row.out();
    expect(missing).toEqual([]);
    expect(name).toMatch(harmlessName);
    const { windows, ran } = {
      windows: await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
      ran: await desk.page.evaluate(() => 'pwned' in globalThis),
    };
    expect({ windows, ran, stopped: desk.stopped() }).toEqual({ windows: 1, ran: false, stopped: [] });
  });
}
