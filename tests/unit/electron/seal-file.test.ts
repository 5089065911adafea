/** Files with a password: opened again by code that knows only the documents of the formats, and tried on a workbook that another program closed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import CFB from 'cfb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compoundFile } from '../../../electron/files/compound-file.ts';
import { tableFile } from '../../../electron/files/count-file.ts';
import { withOfficePassword } from '../../../electron/files/office-cipher.ts';
import { sealedName, sealFile } from '../../../electron/files/seal-file.ts';
import { openOffice, openZip } from '../../support/open-sealed.ts';
import { readSheets } from '../../support/read-back.ts';

const NAME = 'Hoàng Thị Quỳnh Trâm Mẫu';
const text = (words: string) => new TextEncoder().encode(words);

test('the reader of these tests opens what another program closed', () => {
  const file = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/sealed-elsewhere.xlsx'));
  expect(openOffice(file, '20261122').content.subarray(0, 2).toString()).toBe('PK');
  expect(() => openOffice(file, '20261123')).toThrow('wrong password');
});

describe('a workbook', () => {
  test('opens with its password, whole, and with no other', async () => {
    const content = await tableFile([['Họ tên'], [NAME]], 'xlsx');
    const { bytes, password } = await sealFile(content, 'nhat-ky.xlsx');
    expect(Buffer.from(bytes.slice(0, 8)).toString('hex')).toBe('d0cf11e0a1b11ae1');
    const opened = openOffice(bytes, password);
    expect(opened.content.equals(content)).toBe(true);
    expect(readSheets(opened.content)[0]?.cells.get('A2')?.value).toBe(NAME);
    for (const wrong of ['', password.slice(1), `${password} `, '00000000000000000000'])
      expect(() => openOffice(bytes, wrong)).toThrow('wrong password');
  });
  test('is closed by agile encryption: AES-256, SHA-512, a hundred thousand rounds, and never with the same salts', async () => {
    const seal = async () => {
      const { bytes, password } = await sealFile(text('x'), 'a.xlsx');
      return openOffice(bytes, password).info;
    };
    const [one, other] = [await seal(), await seal()];
    expect(one.version).toBe('4.4');
    for (const part of [one.key, one.data])
      expect(part).toMatchObject({
        ...{ keyBits: '256', cipherAlgorithm: 'AES', cipherChaining: 'ChainingModeCBC' },
        ...{ hashAlgorithm: 'SHA512', hashSize: '64', blockSize: '16', saltSize: '16' },
      });
    expect(Number(one.key.spinCount)).toBeGreaterThanOrEqual(100_000);
    const salts = [one.key, one.data, other.key, other.data].map((part) => part.saltValue);
    expect(new Set(salts).size).toBe(4);
  });
  test('says as Office does that its content is enciphered', () => {
    const file = CFB.read(Buffer.from(withOfficePassword(text('x'), '1')), { type: 'buffer' });
    const names = file.FullPaths.map((one) => one.replace('Root Entry/', '')).filter((one) => one.length > 1);
    expect(names.sort()).toEqual([
      '\u0006DataSpaces/',
      '\u0006DataSpaces/DataSpaceInfo/',
      '\u0006DataSpaces/DataSpaceInfo/StrongEncryptionDataSpace',
      '\u0006DataSpaces/DataSpaceMap',
      '\u0006DataSpaces/TransformInfo/',
      '\u0006DataSpaces/TransformInfo/StrongEncryptionTransform/',
      '\u0006DataSpaces/TransformInfo/StrongEncryptionTransform/\u0006Primary',
      '\u0006DataSpaces/Version',
      'EncryptedPackage',
      'EncryptionInfo',
    ]);
  });
  test('that was changed is noticed', async () => {
    const { bytes, password } = await sealFile(text('x'.repeat(9_000)), 'a.xlsx');
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x28, 0x23, 0, 0, 0, 0, 0, 0])) + 5_000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(() => openOffice(bytes, password)).toThrow('changed');
  });
  test.each([0, 1, 15, 16, 17, 4_095, 4_096, 4_097, 8_192, 100_000])(
    '%i bytes come out as they went in',
    (n) => {
      const content = Buffer.alloc(n, 'ă');
      expect(openOffice(withOfficePassword(content, '1'), '1').content.equals(content)).toBe(true);
    },
  );
});

describe('any other file', () => {
  test.each(['a.pdf', 'a.json', 'a.csv', 'ban-quet-0123.jpg'])(
    '%s lies in a ZIP of AES-256',
    async (name) => {
      const content = text(`${NAME} `.repeat(300));
      const { bytes, password } = await sealFile(content, name);
      const opened = openZip(bytes, password);
      expect(opened).toMatchObject({ name, bits: 256 });
      expect(opened.content.equals(content)).toBe(true);
      expect(() => openZip(bytes, '0'.repeat(20))).toThrow('wrong password');
      expect(Buffer.from(bytes).includes(NAME)).toBe(false);
    },
  );
});

test.each([
  ['so-theo-doi.pdf', 'so-theo-doi.zip'],
  ['chứng sinh. bản 2.jpg', 'chứng sinh. bản 2.zip'],
  ['khong-duoi', 'khong-duoi.zip'],
  ['bao-cao.XLSX', 'bao-cao.XLSX'],
  ['bao-cao.docx', 'bao-cao.docx'],
  ['macro.xlsm', 'macro.zip'],
])('%s is proposed as %s', (name, sealed) => expect(sealedName(name)).toBe(sealed));

test('passwords are twenty digits, each another', async () => {
  const all = await Promise.all(
    Array.from({ length: 50 }, async () => (await sealFile(text('x'), 'a.csv')).password),
  );
  for (const one of all) expect(one).toMatch(/^\d{20}$/);
  expect(new Set(all).size).toBe(50);
  expect([...new Set(all.join(''))].sort().join('')).toBe('0123456789');
});

describe('the compound file', () => {
  const size = fc.oneof(
    fc.integer({ min: 0, max: 200 }),
    fc.constantFrom(511, 512, 513, 4_095, 4_096, 4_097, 70_000),
  );
  const name = fc.stringMatching(/^[A-Za-z0-9]{1,31}$/);
  const streams = fc.dictionary(name, size, { maxKeys: 40 });
  test('gives back every stream of every folder', () => {
    fc.assert(
      fc.property(streams, streams, (top, below) => {
        // A library that reads names without looking at capitals cannot tell some apart.
        const distinct = (sizes: Record<string, number>) =>
          Object.fromEntries(
            [...new Map(Object.entries(sizes).map(([key, n]) => [key.toLowerCase(), n]))].map(
              ([key, n], at) => [key, Buffer.alloc(n, at + 1)],
            ),
          );
        const [root, folder] = [distinct(top), distinct(below)];
        const read = CFB.read(compoundFile({ ...root, '\u0006F': folder }), { type: 'buffer' });
        for (const [where, all] of [
          ['/', root],
          ['/\u0006F/', folder],
        ] as const)
          for (const [key, content] of Object.entries(all)) {
            const found = CFB.find(read, `${where}${key}`);
            expect(Buffer.from(found?.content ?? []).equals(content), `${where}${key}`).toBe(true);
          }
      }),
      { numRuns: 60 },
    );
  });
  test('also where its tables need tables of their own', () => {
    const big = Buffer.alloc(16_000_000, 'tôi');
    const read = CFB.read(compoundFile({ Big: big, Small: Buffer.from('x') }), { type: 'buffer' });
    expect(Buffer.from(CFB.find(read, '/Big')?.content ?? []).equals(big)).toBe(true);
  });
});
