/** The outside of files on a stick: what was wrapped comes out whole, and every other file is refused by name. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CourierKind,
  checkEnvelope,
  contentOf,
  type StreamHash,
  wrap,
} from '../../../../shared/courier/envelope.ts';
import { Problem } from '../../../../shared/problem.ts';

const sha = (): StreamHash => {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
};
/** The bytes in pieces of these sizes, over and over. */
async function* pieces(bytes: Uint8Array, sizes: readonly number[] = [bytes.length || 1]) {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
const collect = async (parts: AsyncIterable<Uint8Array>) => {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return new Uint8Array(Buffer.concat(all));
};
const wrapped = (content: Uint8Array, kind: CourierKind = 'bundle', about = 'age1abc') =>
  collect(wrap({ kind, about }, pieces(content), sha()));
const codeOf = (file: Uint8Array, kind: CourierKind = 'bundle', sizes?: readonly number[]) =>
  checkEnvelope(kind, pieces(file, sizes), sha()).then(
    () => 'OK',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

test('what was wrapped comes out whole, however it is cut into pieces', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom<CourierKind>('bundle', 'receipts'),
      async (content, sizes, kind) => {
        const file = await wrapped(content, kind);
        const envelope = await checkEnvelope(kind, pieces(file, sizes), sha());
        expect(envelope.about).toBe('age1abc');
        expect(await collect(contentOf(pieces(file, sizes), envelope))).toEqual(content);
      },
    ),
  ));

describe('every other file is refused', () => {
  const content = bytes('Một phần nội dung đã niêm phong.');

  test('cut at any byte: truncated', async () => {
    const file = await wrapped(content);
    for (let length = 0; length < file.length; length++)
      expect([length, await codeOf(file.subarray(0, length), 'bundle', [7])]).toEqual([
        length,
        'COURIER_TRUNCATED',
      ]);
  });
  test('any byte changed in any way: damaged, or no file of ours where its first word is hit', async () => {
    const file = await wrapped(content);
    for (let at = 0; at < file.length; at++)
      for (const mask of [1, 0x20, 0x80, 0xff]) {
        const bad = Uint8Array.from(file);
        bad[at] = (bad[at] ?? 0) ^ mask;
        const expected = at < 12 ? 'COURIER_NOT_OURS' : 'COURIER_DAMAGED';
        expect(await codeOf(bad), `byte ${at} ^ ${mask}`).toBe(expected);
      }
  });
  test('any byte inserted or taken out: never good', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (where, byte, inserted) => {
          const file = await wrapped(content);
          const at = where % file.length;
          const [head, tail] = [file.subarray(0, at), file.subarray(at)];
          const bad = Buffer.concat([
            head,
            inserted ? Uint8Array.of(byte) : new Uint8Array(),
            inserted ? tail : tail.subarray(1),
          ]);
          expect(await codeOf(new Uint8Array(bad))).toMatch(/^COURIER_/);
        },
      ),
    ));
  test.each<[string, Uint8Array, string]>([
    ['nothing in it', bytes(''), 'COURIER_TRUNCATED'],
    ['a photo', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 1, 0), 'COURIER_NOT_OURS'],
    ['a table', bytes('unit_code,category_code,count\n26743,hoi,1\n'), 'COURIER_NOT_OURS'],
    ['zeros, as a stick gives them that was pulled out', new Uint8Array(4096), 'COURIER_NOT_OURS'],
    ['a first line without end', bytes(`SOMOTCUA-USB/1 ${'x'.repeat(5_000)}`), 'COURIER_DAMAGED'],
    ['only the first word', bytes('SOMOTCUA-USB'), 'COURIER_TRUNCATED'],
  ])('%s', async (_, file, code) => {
    expect(await codeOf(file)).toBe(code);
    expect(await codeOf(file, 'bundle', [1])).toBe(code);
  });
  test('the other kind of file', async () => {
    expect(await codeOf(await wrapped(content, 'receipts'), 'bundle')).toBe('COURIER_NOT_OURS');
    expect(await codeOf(await wrapped(content, 'bundle'), 'receipts')).toBe('COURIER_NOT_OURS');
  });
  test('a whole one of a later version says so', async () => {
    const text = 'SOMOTCUA-USB/2 age1abc\nwhatever';
    const hash = createHash('sha256').update(text).digest('hex');
    expect(await codeOf(bytes(`${text}\nSHA-256 ${hash}\n`))).toBe('COURIER_NEWER');
  });
});
