/** Files that are made to break whoever reads or opens them: bombs, liars, paths, entities, formulas, halves; and texts in what we write. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Excel from 'exceljs';
import fc from 'fast-check';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { tableFile } from '../../../electron/files/count-file.ts';
import { readApart } from '../../../electron/files/read-apart.ts';
import { readTable } from '../../../electron/files/read-table.ts';
import { readXlsx } from '../../../electron/files/read-xlsx.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { problemOf } from '../../support/problem-of.ts';
import { unzipped } from '../../support/unzip.ts';
import { type ZipPart, zipOf } from '../../support/zip.ts';

const MIB = 1024 * 1024;
const HEAD = '<?xml version="1.0"?>';
const SHEET = 'xl/worksheets/sheet1.xml';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A workbook with this as its first sheet. */
const book = (sheet: string | Buffer, more: readonly ZipPart[] = []): Uint8Array =>
  zipOf([
    {
      name: '[Content_Types].xml',
      content: `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { name: SHEET, content: sheet },
    ...more,
  ]);
const csv = (text: string) => new TextEncoder().encode(text);
const rows = (inside: string) =>
  `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${inside}</sheetData></worksheet>`;
const cell = (text: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`;

const zeros = Buffer.alloc(300 * MIB);
let real: Uint8Array;
beforeAll(async () => {
  const made = new Excel.Workbook();
  made.addWorksheet('x').addRows(Array.from({ length: 2_000 }, (_, i) => [`dòng ${i}`, i, i + 1]));
  real = new Uint8Array(await made.xlsx.writeBuffer());
});

describe('reading', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['a bomb', () => book(zeros), 'FILE_TOO_HEAVY'],
    [
      'a bomb that claims to be small',
      () => book(rows(cell('x')), [{ name: 'xl/b.xml', content: zeros, claims: 10 }]),
      'FILE_TOO_HEAVY',
    ],
    [
      'a bomb in many parts',
      () =>
        book(
          rows(''),
          Array.from({ length: 10 }, (_, i) => ({ name: `xl/${i}`, content: zeros.subarray(0, 30 * MIB) })),
        ),
      'FILE_TOO_HEAVY',
    ],
    [
      'thousands of parts',
      () =>
        book(
          rows(''),
          Array.from({ length: 3_000 }, (_, i) => ({ name: `xl/${i}`, content: '' })),
        ),
      'FILE_TOO_HEAVY',
    ],
    [
      'a method that nobody knows',
      () => book(rows(''), [{ name: 'x', content: 'x', method: 99 }]),
      'FILE_UNREADABLE',
    ],
    ['no workbook at all', () => zipOf([{ name: 'x.txt', content: 'x' }]), 'FILE_EMPTY'],
    ['nothing but a head', () => new Uint8Array([0x50, 0x4b, 3, 4]), 'FILE_UNREADABLE'],
    ['a sheet that is no XML', () => book('<<<'), 'FILE_UNREADABLE'],
    ['a CSV with half a letter at its end', () => csv('a,b\r\nTê').slice(0, -1), 'FILE_ENCODING'],
    ['a CSV in Windows-1258', () => new Uint8Array([0x54, 0xea, 0x6e, 0x2c, 0xfe]), 'FILE_ENCODING'],
    ['half a letter of UTF-16', () => new Uint8Array([0xff, 0xfe, 0x41, 0x00, 0x42]), 'FILE_ENCODING'],
    ['a program', () => new Uint8Array([0x4d, 0x5a, 0x00, 0x01, 0x02]), 'FILE_UNREADABLE'],
    ['a picture', () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'FILE_ENCODING'],
    ['nothing', () => new Uint8Array(), 'FILE_EMPTY'],
  ])('%s is refused by name, on its own thread', async (_name, make, code) => {
    expect(await problemOf(readTable(make()))).toBe(code);
  });

  test.each<[string, () => string]>([
    ['twenty million commas', () => ','.repeat(19 * MIB)],
    ['as many lines', () => '\n'.repeat(19 * MIB)],
    ['as many quotes', () => '"'.repeat(19 * MIB)],
    ['quotes in the middle', () => 'a"b"'.repeat(4 * MIB)],
    ['closed quotes that go on', () => '"a"b"c'.repeat(3 * MIB)],
    ['a quote that never closes', () => `a,"${'x'.repeat(19 * MIB)}`],
    ['nested brackets', () => '['.repeat(19 * MIB)],
  ])('%s are cut or refused beside the desk, which goes on', async (_name, make) => {
    let ticks = 0;
    const clock = setInterval(() => ticks++, 5);
    const read = readApart(csv(make()), { ms: 4_000 }).then(
      (rows) => {
        expect(rows.length).toBeLessThanOrEqual(20_002);
        expect(Math.max(0, ...rows.map((line) => line.length))).toBeLessThanOrEqual(200);
        expect(rows.flat().filter((cell) => cell.length > 32_767)).toEqual([]);
        return 'OK';
      },
      (error: { code?: string }) => error.code,
    );
    expect(['OK', 'FILE_TOO_HEAVY', 'FILE_UNREADABLE']).toContain(await read);
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(1);
  });

  test('more memory or time than the thread has ends the thread, not the desk', async () => {
    expect(await problemOf(readApart(real, { ms: 1 }))).toBe('FILE_TOO_HEAVY');
    const wide = book(
      rows(
        Array.from({ length: 60_000 }, (_, i) =>
          cell(`dòng ${i}`)
            .replaceAll('r="1"', `r="${i + 1}"`)
            .replace('A1', `A${i + 1}`),
        ).join(''),
      ),
    );
    expect(await problemOf(readApart(wide, { mib: 20 }))).toBe('FILE_TOO_HEAVY');
    expect((await readApart(real)).length).toBe(2_000);
  });

  test('entities are not unfolded, and nothing outside is fetched or read', async () => {
    const laughs = `${HEAD}<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>${rows(cell('&b;&x;')).slice(HEAD.length)}`;
    const read = await readXlsx(book(laughs)).catch(() => []);
    expect(JSON.stringify(read)).not.toMatch(/haha|root:/);
  });

  test('a path in the zip leads nowhere', async () => {
    const before = readdirSync(process.cwd());
    const evil = ['../../evil.txt', '/tmp/evil-smc.txt', '..\\evil.txt', 'xl/../../evil.txt'];
    const read = await readXlsx(
      book(
        rows(cell('x')),
        evil.map((name) => ({ name, content: 'evil' })),
      ),
    );
    expect(read).toEqual([['x']]);
    expect(readdirSync(process.cwd())).toEqual(before);
    expect(existsSync('/tmp/evil-smc.txt') || existsSync(path.resolve('../../evil.txt'))).toBe(false);
  });

  test('formulas are shown and never computed, also in circles', async () => {
    const sheet = rows(
      '<row r="1"><c r="A1"><f>B1+1</f><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c><c r="C1"><f>WEBSERVICE("http://127.0.0.1:9")</f></c></row>',
    );
    expect(await readXlsx(book(sheet))).toEqual([['=B1+1', '=A1+1', '=WEBSERVICE("http://127.0.0.1:9")']]);
  });

  test('any half of a real file, and any file with changed bytes, is read or refused by name', async () => {
    const part = fc.record({
      cut: fc.nat(real.length),
      at: fc.array(fc.nat(real.length - 1), { maxLength: 20 }),
    });
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(part, async ({ cut, at }) => {
        const bytes = real.slice(0, cut);
        for (const place of at) if (place < cut) bytes[place] = (bytes[place] ?? 0) ^ 0x55;
        codes.add(await problemOf(readXlsx(bytes)));
      }),
      { numRuns: 150 },
    );
    expect([...codes].filter((code) => !/^(OK|FILE_[A-Z_]+)$/.test(code))).toEqual([]);
  });
});

describe('writing', () => {
  const starts = ['=', '+', '-', '@', '\t', '\r'];
  const dangerous = fc
    .tuple(fc.constantFrom(...starts, ' =', '\u00a0=', '\ufeff='), fc.string({ unit: 'grapheme' }))
    .map((two) => two.join(''));
  const texts = fc.oneof(dangerous, fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }));

  test('no text of a table becomes a formula, in CSV or in a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 30 }), async (cells) => {
        const csv = new TextDecoder().decode(await tableFile([cells], 'csv'));
        const [line = []] = Papa.parse<string[]>(csv, { delimiter: ',', newline: '\r\n' }).data;
        expect(line.filter((text) => starts.includes(text[0] ?? ''))).toEqual([]);
        const sheet = unzipped(await tableFile([cells], 'xlsx'), SHEET);
        expect(sheet).not.toMatch(/<f[ >]|<hyperlink/);
      }),
      { numRuns: 60 },
    );
  });
});
