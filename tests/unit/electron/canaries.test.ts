/** The scanner itself: a trace that it cannot see would make the whole search worth nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { canariesIn, scanFolder } from '../../support/canaries.ts';

const NAME = 'Hoàng Thị Đỗ Yến';
const PIN = '583926';

async function sheet(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('x').addRow([NAME]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

test.each<[string, Buffer]>([
  ['as it is', Buffer.from(`xx${NAME}yy`)],
  ['decomposed', Buffer.from(NAME.normalize('NFD'))],
  ['without accents', Buffer.from('hoang thi do yen')],
  ['without accents, as it was written', Buffer.from('Hoang Thi Do Yen')],
  ['in capitals', Buffer.from(NAME.toUpperCase())],
  ['as Windows writes it', Buffer.from(`x${NAME}`, 'utf16le')],
  ['in an address', Buffer.from(`?q=${encodeURIComponent(NAME)}`)],
  ['in hex', Buffer.from(Buffer.from(`x${NAME}`).toString('hex'))],
  ['in Base64', Buffer.from(Buffer.from(`x${NAME}y`).toString('base64'))],
  ['in Base64, one further', Buffer.from(Buffer.from(`xx${NAME}y`).toString('base64'))],
  ['in gzip', gzipSync(NAME)],
  ['in zlib', deflateSync(NAME)],
  ['in a stream of a PDF', Buffer.concat([Buffer.from('%PDF-1.7\nstream\n'), deflateSync(NAME)])],
])('a name %s is found', (_name, content) => {
  expect(canariesIn(content, [NAME]).length).toBeGreaterThan(0);
});

test('a name in a spreadsheet, in a file name, in a folder name is found', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-canary-'));
  mkdirSync(path.join(folder, NAME));
  writeFileSync(path.join(folder, NAME, 'a.txt'), '');
  writeFileSync(path.join(folder, 'b.xlsx'), await sheet());
  writeFileSync(path.join(folder, 'c.txt'), 'Hoàng Thị Khác');
  expect([...new Set(scanFolder(folder, [NAME]).map(({ file }) => path.basename(file)))].sort()).toEqual([
    'a.txt',
    'b.xlsx',
  ]);
  rmSync(folder, { recursive: true });
});

test('digits are found by themselves, not inside a longer number', () => {
  expect(canariesIn(Buffer.from(`pin=${PIN};`), [PIN])).toHaveLength(1);
  expect(canariesIn(Buffer.from(`1${PIN}7`), [PIN])).toEqual([]);
});
