/**
 * Files from outside that are made to break whoever reads them, through every call that takes one: each is refused by a name, nothing is
 * kept, and the desk goes on. Which calls those are is read from the contract: a new one fails here until it has its row.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readAnswer } from '../../../db/city-slot.ts';
import { sha256 } from '../../../db/write.ts';
import { streamHash } from '../../../electron/sync/courier-bundle.ts';
import { ipc, type Method } from '../../../shared/contract/ipc/registry.ts';
import { SUFFIX, wrap } from '../../../shared/courier/envelope.ts';
import { UPDATE_FILE } from '../../../shared/domain/update.ts';
import { problemOf } from '../../support/problem-of.ts';
import { PLATFORM, type ReleaseKey, releaseKey } from '../../support/release.ts';
import { testCity } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';
import { zipOf } from '../../support/zip.ts';

const MIB = 1024 * 1024;
let desk: TestDesk;
let stick: string;
let key: ReleaseKey;
const waiting = tempFolder('updates');
beforeAll(async () => {
  key = await releaseKey();
});
afterAll(() => rmSync(waiting, { recursive: true, force: true }));
beforeEach(() => {
  desk = openTestDesk({
    role: 'head',
    updates: { keys: [key.trusted], folder: waiting, platform: PLATFORM },
  });
  stick = path.join(desk.folder, 'stick');
  mkdirSync(stick);
});
afterEach(() => dropTestDesk(desk));

const bytes = (text: string) => new TextEncoder().encode(text);
const hostile: readonly (readonly [string, () => Uint8Array])[] = [
  ['nothing', () => new Uint8Array()],
  ['one byte', () => new Uint8Array([0x7b])],
  ['random bytes', () => randomBytes(100_000)],
  ['JSON nested without an end', () => bytes('[{"a":'.repeat(500_000))],
  ['closed JSON as deep', () => bytes(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)],
  ['JSON cut in the middle', () => bytes('{"body":{"v":1,"x":"')],
  ['JSON that names the prototype', () => bytes('{"__proto__":{"v":1},"body":{},"check":""}')],
  ['one line of ten megabytes', () => bytes('x'.repeat(10 * MIB))],
  ['a quote that never closes', () => bytes(`a,"${'x'.repeat(10 * MIB)}`)],
  ['Latin letters in another code', () => new Uint8Array([0x54, 0xea, 0x6e, 0x2c, 0xfe, 0x0a])],
  ['UTF-16 with half a letter', () => new Uint8Array([0xff, 0xfe, 0x41, 0x00, 0x42])],
  ['NUL', () => new Uint8Array(5_000)],
  ['a zip bomb', () => zipOf([{ name: 'xl/workbook.xml', content: Buffer.alloc(300 * MIB) }])],
  ['a zip cut in the middle', () => new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])],
  ['a signed text of nobody', () => bytes(`${'e30'}.${'A'.repeat(3 * MIB)}.${'B'.repeat(86)}`)],
  ['three dots', () => bytes('...')],
];

/** Under a name by which the call would find it on a stick. */
function put(name: string, content: Uint8Array): string {
  const place = path.join(stick, name);
  writeFileSync(place, content);
  return place;
}
const figures = (content: Uint8Array) => ({
  ...{ asOf: '2026-11-01', form: null, from: null, fileName: 'a', bytes: content },
});

/** The code of a table that is looked at, or of the first row that is refused. */
async function ofTable(method: 'count.check-import' | 'target.import', input: object): Promise<string> {
  const reply = await desk.dispatch(method, input);
  if (!reply.ok) return reply.problem.code;
  return (reply.value as { problems: { problem: { code: string } }[] }).problems[0]?.problem.code ?? 'OK';
}
async function inEnvelope(content: Uint8Array): Promise<Buffer> {
  const about = sha256(testCity.publicKey.x).slice(0, 16);
  const parts: Uint8Array[] = [];
  for await (const part of wrap({ kind: 'receipts', about }, Readable.from([content]), streamHash()))
    parts.push(part);
  return Buffer.concat(parts);
}

interface Reader {
  readonly call: Method;
  readonly codes: RegExp;
  /** Makes the call with this content; answers its problem code. */
  readonly read: (content: Uint8Array) => Promise<string>;
}
const table = /^FILE_(EMPTY|ENCODING|UNREADABLE|TOO_HEAVY|HEADER)$|^IMPORT_HAS_PROBLEMS$/;
const readers: readonly Reader[] = [
  {
    ...{ call: 'count.check-import', codes: table },
    read: (content) => ofTable('count.check-import', figures(content)),
  },
  {
    ...{ call: 'count.import', codes: table },
    read: (content) => desk.refusal('count.import', { ...figures(content), skipWrong: false }),
  },
  {
    ...{ call: 'target.import', codes: table },
    read: (content) => ofTable('target.import', { bytes: content, dryRun: false }),
  },
  {
    ...{ call: 'file.take', codes: /^SCAN_(EMPTY|TYPE)$/ },
    read: (content) => desk.refusal('file.take', { name: 'a.png', bytes: content }),
  },
  {
    ...{ call: 'file.keep', codes: /^SCAN_(EMPTY|TYPE)$/ },
    read: (content) => desk.refusal('file.keep', { place: put('a.png', content) }),
  },
  {
    ...{ call: 'courier.read', codes: /^COURIER_(NOT_OURS|TRUNCATED)$/ },
    read: (content) => desk.refusal('courier.read', { place: put(`a${SUFFIX.receipts}`, content) }),
  },
  {
    // In a whole envelope to this city: the signature is what stops it, before anything of it is parsed.
    ...{ call: 'courier.read', codes: /^CITY_SIGNATURE$/ },
    read: async (content) =>
      desk.refusal('courier.read', { place: put(`a${SUFFIX.receipts}`, await inEnvelope(content)) }),
  },
  {
    ...{ call: 'update.take', codes: /^UPDATE_(UNREADABLE|KEY_UNKNOWN)$/ },
    read: (content) => {
      put(UPDATE_FILE, content);
      return desk.refusal('update.take', { place: stick });
    },
  },
  {
    ...{ call: 'sync.set-ca', codes: /^CITY_CA_INVALID$/ },
    read: (content) =>
      desk.refusal('sync.set-ca', { pem: Buffer.from(content).toString('latin1').slice(0, 100_000) }),
  },
  {
    // Asked of the gate, which reads no more than 100 kB of it.
    ...{ call: 'account.read-answer', codes: /^UNLOCK_FILE_BROKEN$/ },
    read: (content) =>
      problemOf(Promise.resolve(content).then((one) => readAnswer(desk.folder, Buffer.from(one).toString()))),
  },
];
/** Write there, or look at names alone: what a backup holds is opened by its key, on a thread (tests/integration/backup). */
const others = ['account.write-request', 'courier.write', 'backup.set-place', 'backup.find-old'];

test('each call that takes a file, or the place of one, has its row', () => {
  const takes = (Object.keys(ipc) as Method[]).filter((method) => {
    const { input, kind } = ipc[method];
    return (
      kind !== 'shell' &&
      input instanceof z.ZodObject &&
      ['place', 'bytes', 'pem'].some((key) => key in input.shape)
    );
  });
  expect(takes.sort()).toEqual([...new Set([...readers.map(({ call }) => call), ...others])].sort());
});

describe.each(readers)('$call: $codes', ({ read, codes }) => {
  test.each(hostile)('%s', async (_name, make) => {
    const before = await desk.call('data.verify', {});
    expect(await read(make())).toMatch(codes);
    expect(desk.reports).toEqual([]);
    expect(await desk.call('data.verify', {})).toEqual(before);
  });
});

test.each(['file.keep', 'courier.read', 'update.take'] as const)(
  '%s: four gigabytes are refused without being taken into memory',
  async (method) => {
    const names = {
      'file.keep': 'a.png',
      'courier.read': `a${SUFFIX.receipts}`,
      'update.take': UPDATE_FILE,
    };
    const place = path.join(stick, names[method]);
    const handle = openSync(place, 'w');
    ftruncateSync(handle, 4 * 1024 ** 3);
    closeSync(handle);
    const before = process.memoryUsage.rss();
    expect(await desk.refusal(method, { place: method === 'update.take' ? stick : place })).toMatch(
      /^(SCAN|COURIER|UPDATE)_/,
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * MIB);
  },
);
