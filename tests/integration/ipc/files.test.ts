/** Scans through dispatch: taken in from a path of the shell or from the window, attached, listed, read, taken off. */
import { closeSync, ftruncateSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FILE_MAX_BYTES } from '../../../shared/domain/attached-file.ts';
import { reception } from '../../support/forms.ts';
import { sitDown } from '../../support/role-papers.ts';
import { hashOf, scan } from '../../support/scans.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
let desk: TestDesk;
let chosen = '';
beforeEach(async () => {
  desk = openTestDesk();
  chosen = path.join(desk.folder, 'quet.bin');
  await desk.call('dossier.receive', reception(ID, 'birth'));
});
afterEach(() => dropTestDesk(desk));

const detail = () => desk.call('dossier.get', { id: ID });
const attach = (sha256: string, name = 'giay.png') =>
  desk.call('dossier.attach', { id: ID, sha256, name, paper: null, note: ' mặt  sau ' });
const contents = () =>
  readdirSync(desk.folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && path.relative(desk.folder, e.parentPath).startsWith('files'))
    .map((e) => path.join(e.parentPath, e.name));

describe('taken in from a path', () => {
  test.each<[number, string]>([
    [0, 'SCAN_EMPTY'],
    [1, 'SCAN_TYPE'],
    [FILE_MAX_BYTES + 1, 'SCAN_TOO_LARGE'],
  ])('%i bytes are refused as %s', async (size, code) => {
    writeFileSync(chosen, new Uint8Array(size));
    expect(await desk.refusal('file.keep', { place: chosen })).toBe(code);
    expect(contents()).toEqual([]);
  });
  test('four gigabytes are refused before anything of them is read', async () => {
    const handle = openSync(chosen, 'w');
    ftruncateSync(handle, 4 * 1024 ** 3);
    closeSync(handle);
    const before = process.memoryUsage.rss();
    expect(await desk.refusal('file.keep', { place: chosen })).toBe('SCAN_TOO_LARGE');
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
  });
  test.each(['', 'no-such-file', '.'])('%j beside the data is no file', async (name) => {
    const place = name === '' ? '' : path.join(desk.folder, name);
    expect(await desk.refusal('file.keep', { place })).toMatch(/^(SCAN_UNREADABLE|INPUT_INVALID)$/);
  });
  test('the largest one is taken in piece by piece', async () => {
    const bytes = scan(FILE_MAX_BYTES, 'application/pdf');
    writeFileSync(chosen, bytes);
    const before = process.memoryUsage.rss();
    const kept = await desk.call('file.keep', { place: chosen });
    expect(kept).toEqual({
      ...{ sha256: hashOf(bytes), size: FILE_MAX_BYTES, type: 'application/pdf', name: 'quet.pdf' },
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
  });
});

test('a dropped file over the limit is refused', async () => {
  const bytes = new Uint8Array(FILE_MAX_BYTES + 1);
  expect(await desk.refusal('file.take', { name: 'a.jpg', bytes })).toBe('SCAN_TOO_LARGE');
});
test.each(['file.keep', 'file.take'] as const)('%s is refused to who may not attach', async (method) => {
  sitDown(desk.desk, { id: 'p', role: 'auditor' });
  const input = method === 'file.keep' ? { place: chosen } : { name: 'a', bytes: scan(10) };
  expect(await desk.refusal(method, input)).toBe('FORBIDDEN');
});

describe('attached', () => {
  const bytes = scan(100_000, 'image/jpeg');
  const sha256 = hashOf(bytes);
  beforeEach(async () => {
    await desk.call('file.take', { name: 'Giấy chứng sinh.tiff', bytes });
    await attach(sha256, 'Giấy chứng sinh.tiff');
  });

  test('it stands in the list with who and when, and in the history', async () => {
    const { files, history } = await detail();
    expect(files).toEqual([
      {
        ...{ sha256, name: 'Giấy chứng sinh.jpg', size: 100_000, type: 'image/jpeg' },
        ...{ paper: null, note: 'mặt sau', by: 'Lê Thị Thử', here: true },
        at: new Date(desk.clock.now()).toISOString(),
      },
    ]);
    expect(history[0]).toMatchObject({ verb: 'dossier.attach', delivery: { state: 'waiting' } });
  });
  test('it is read back whole, for its dossier only', async () => {
    const read = await desk.call('file.read', { id: ID, sha256 });
    expect([read.type, hashOf(read.bytes)]).toEqual(['image/jpeg', sha256]);
    const other = { id: '22222222-2222-4222-8222-222222222222', sha256 };
    expect(await desk.refusal('file.read', other)).toBe('DOSSIER_NOT_FOUND');
    expect(await desk.refusal('file.read', { id: ID, sha256: 'f'.repeat(64) })).toBe('SCAN_NOT_ATTACHED');
  });
  test('no byte of it stands in plain anywhere in the data folder', () => {
    const canary = Buffer.from(bytes.subarray(50_000, 50_040));
    const files = readdirSync(desk.folder, { recursive: true, withFileTypes: true }).filter((e) =>
      e.isFile(),
    );
    expect(files.length).toBeGreaterThan(2);
    for (const e of files) expect(readFileSync(path.join(e.parentPath, e.name)).includes(canary)).toBe(false);
  });
  test('the same file twice is refused, after it was taken off it is not', async () => {
    expect(await desk.refusal('dossier.attach', { id: ID, sha256, name: 'x', paper: null, note: '' })).toBe(
      'SCAN_ATTACHED',
    );
    await desk.call('dossier.detach', { id: ID, sha256, reason: 'nhầm' });
    expect((await detail()).files).toEqual([]);
    await attach(sha256);
    expect((await detail()).files).toHaveLength(1);
  });
  test('it outlives a start anew; one that was never attached does not', async () => {
    const lost = scan(5_000, 'image/png', 9);
    await desk.call('file.take', { name: 'a.png', bytes: lost });
    expect(contents()).toHaveLength(2);
    await desk.close();
    desk = openTestDesk({ folder: desk.folder });
    expect(contents()).toHaveLength(1);
    expect((await detail()).files).toMatchObject([{ here: true }]);
    expect(hashOf((await desk.call('file.read', { id: ID, sha256 })).bytes)).toBe(sha256);
    expect(
      await desk.refusal('dossier.attach', {
        id: ID,
        sha256: hashOf(lost),
        name: 'a',
        paper: null,
        note: '',
      }),
    ).toBe('SCAN_NOT_KEPT');
  });
  test('a damaged content is said so, the dossier opens all the same', async () => {
    const [file = ''] = contents();
    writeFileSync(file, readFileSync(file).fill(0, 40, 50));
    expect(await desk.refusal('file.read', { id: ID, sha256 })).toBe('SCAN_DAMAGED');
    expect((await detail()).files).toHaveLength(1);
  });
  test.each([
    ['../../hoa-don.exe', 'hoa-don.jpg'],
    ['CON.png', 'tep-quet-CON.jpg'],
    ['a\u202egnp.exe', 'a gnp.jpg'],
  ])('another machine may have called it %j: it leaves as %j', async (name, called) => {
    const { $client } = desk.desk.db;
    $client.exec('DROP TRIGGER event_no_update');
    const was = JSON.stringify((await detail()).files[0]?.name);
    $client
      .prepare('UPDATE event SET raw = replace(raw, ?, ?)')
      .run(`"name":${was}`, `"name":${JSON.stringify(name)}`);
    expect((await detail()).files[0]?.name).toBe(name);
    expect((await desk.call('file.read', { id: ID, sha256 })).name).toBe(called);
  });
  test('a program that an event calls a picture is not handed out', async () => {
    const { $client } = desk.desk.db;
    $client.exec('DROP TRIGGER event_no_update');
    $client.exec("UPDATE event SET raw = replace(raw, 'image/jpeg', 'application/pdf')");
    expect(await desk.refusal('file.read', { id: ID, sha256 })).toBe('SCAN_DAMAGED');
  });
  test('saving it is noted', async () => {
    await desk.call('file.log', { id: ID, sha256 });
    expect(desk.desk.db.$client.prepare('SELECT dossier_id, sha256 FROM file_log').all()).toEqual([
      { dossier_id: ID, sha256 },
    ]);
  });
});
