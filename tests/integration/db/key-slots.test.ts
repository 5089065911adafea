/** Key slots on real files: who opens them, what a bent or moved one is called, what the printed code does. */
import { argon2Sync, createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { measuredCost, type OsWrap, stretched } from '../../../db/key-slot.ts';
import { KEYS_FOLDER, openKeySlots } from '../../../db/key-slots.ts';
import { type DataKey, dropKeyFile, fileKeyStore, heldKeyStore } from '../../../db/key-store.ts';
import { makeRecoveryCode, readRecoveryCode } from '../../../db/recovery-code.ts';
import { problemOf } from '../../support/problem-of.ts';
import { tempFolder } from '../../support/temp-desk.ts';

/** Cheap: what is tested here is not the cost. */
const cost = { memoryKiB: 64, passes: 1 };
const key: DataKey = { hex: 'ab'.repeat(32), cipher: 'chacha20' };
const hanh = { id: 'a1', name: 'Lê Thị Hạnh', demo: false, device: 'd1' };
const long = { id: 'a2', name: 'Trần Văn Long', demo: false, device: 'd1' };
const PASSWORD = 'mây trắng trên đồi chè';

let folder: string;
beforeEach(() => {
  folder = tempFolder('slots');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const slots = (os?: OsWrap) => openKeySlots(folder, { cost, ...(os && { os }) });
const fileOf = (id: string) => path.join(folder, KEYS_FOLDER, `${id}.slot`);

test('each person opens the same key by his own password, and a removed one no more', async () => {
  await slots().put(hanh, PASSWORD, key);
  await slots().put(long, 'tàu thuỷ cập bến sớm', key);
  expect(await slots().open('a1', PASSWORD)).toEqual(key);
  expect(await slots().open('a2', 'tàu thuỷ cập bến sớm')).toEqual(key);
  expect(
    slots()
      .people()
      .map((one) => one.name),
  ).toEqual(['Lê Thị Hạnh', 'Trần Văn Long']);
  slots().remove('a2');
  expect(await problemOf(slots().open('a2', 'tàu thuỷ cập bến sớm'))).toBe('ACCOUNT_NOT_HERE');
  expect(await slots().open('a1', PASSWORD)).toEqual(key);
});

test('neither key nor password stand in the file, and only the user may read it', async () => {
  await slots().put(hanh, PASSWORD, key);
  const text = readFileSync(fileOf('a1'), 'utf8');
  expect(text).not.toContain(key.hex);
  expect(text.normalize('NFC')).not.toContain(PASSWORD);
  expect(statSync(fileOf('a1')).mode & 0o777).toBe(0o600);
});

test.each([
  ['in parts (NFD)', PASSWORD.normalize('NFD')],
  ['with a space behind it', `${PASSWORD} `],
])('the password opens as well when it is typed %s', async (_how, typed) => {
  await slots().put(hanh, PASSWORD, key);
  expect(await slots().open('a1', typed)).toEqual(key);
});

test.each([
  ['nothing', ''],
  ['Caps Lock', PASSWORD.toUpperCase()],
  ['a Telex slip', 'maay trawsng treen ddooif chef'],
  ['without accents', 'may trang tren doi che'],
  ['one letter less', PASSWORD.slice(0, -1)],
  ["a colleague's", 'tàu thuỷ cập bến sớm'],
])('%s does not open', async (_what, typed) => {
  await slots().put(hanh, PASSWORD, key);
  expect(await problemOf(slots().open('a1', typed))).toBe('PASSWORD_WRONG');
});

test('a half-written file is told from a wrong password, at every length', async () => {
  await slots().put(hanh, PASSWORD, key);
  const whole = readFileSync(fileOf('a1'));
  for (const length of [0, 1, 20, Math.floor(whole.length / 2), whole.length - 1]) {
    writeFileSync(fileOf('a1'), whole);
    truncateSync(fileOf('a1'), length);
    expect(await problemOf(slots().open('a1', PASSWORD)), `${length} bytes`).toBe('KEY_SLOT_DAMAGED');
    expect(slots().people()).toEqual([{ id: 'a1', name: '', demo: false, damaged: true }]);
  }
});

test('any changed byte is damage or a refusal, never another key', async () => {
  await slots().put(hanh, PASSWORD, key);
  const whole = readFileSync(fileOf('a1'));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const bent = Buffer.from(whole);
      bent[at] = (bent[at] ?? 0) ^ by;
      writeFileSync(fileOf('a1'), bent);
      expect(['KEY_SLOT_DAMAGED', 'PASSWORD_WRONG', 'KEY_SLOT_FOREIGN']).toContain(
        await problemOf(slots().open('a1', PASSWORD)),
      );
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['to another person', 'id', 'a2'],
  ['to another device', 'device', 'd2'],
  ['to a cheaper guess', 'kdf', { name: 'argon2id', memoryKiB: 8, passes: 1, salt: '00'.repeat(16) }],
])('a slot that was rewritten %s, with its check made good, does not open', async (_what, field, value) => {
  await slots().put(hanh, PASSWORD, key);
  const { body } = JSON.parse(readFileSync(fileOf('a1'), 'utf8'));
  body[field] = value;
  const check = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  writeFileSync(fileOf('a1'), JSON.stringify({ body, check }));
  expect(['PASSWORD_WRONG', 'KEY_SLOT_FOREIGN']).toContain(await problemOf(slots().open('a1', PASSWORD)));
});

test('a slot copied over a colleague’s is foreign', async () => {
  await slots().put(hanh, PASSWORD, key);
  writeFileSync(fileOf('a2'), readFileSync(fileOf('a1')));
  expect(await problemOf(slots().open('a2', PASSWORD))).toBe('KEY_SLOT_FOREIGN');
});

/** As DPAPI behaves: what one account of Windows wrapped, another cannot take off. */
const osOf = (account: string): OsWrap => ({
  wrap: async (text) => `${account}|${text}`,
  unwrap: async (wrapped) => (wrapped.startsWith(`${account}|`) ? wrapped.slice(account.length + 1) : null),
});

test('the layer of the operating system: useless elsewhere, and the printed code opens all the same', async () => {
  const code = makeRecoveryCode();
  await slots(osOf('here')).put(hanh, PASSWORD, key);
  await slots(osOf('here')).putRecovery('d1', code, key);
  expect(await slots(osOf('here')).open('a1', PASSWORD)).toEqual(key);
  expect(await problemOf(slots(osOf('there')).open('a1', PASSWORD))).toBe('KEY_SLOT_FOREIGN');
  expect(await problemOf(slots().open('a1', PASSWORD))).toBe('KEY_SLOT_FOREIGN');
  expect(await slots(osOf('there')).openRecovery(code)).toEqual(key);
});

test('the printed code opens from digits alone, with spaces, or in the wide digits of an East Asian keyboard', async () => {
  const code = makeRecoveryCode();
  await slots().putRecovery('d1', code, key);
  const wide = code.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)));
  for (const typed of [code, code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `, wide])
    expect(await slots().openRecovery(typed), typed).toEqual(key);
});

test('a wrong, an older and a missing printed code are told apart', async () => {
  expect(await problemOf(slots().openRecovery(makeRecoveryCode()))).toBe('RECOVERY_MISSING');
  const older = makeRecoveryCode();
  await slots().putRecovery('d1', older, key);
  await slots().putRecovery('d1', makeRecoveryCode(), key);
  expect(await problemOf(slots().openRecovery(older))).toBe('RECOVERY_CODE_WRONG');
  truncateSync(fileOf('recovery'), 30);
  expect(await problemOf(slots().openRecovery(older))).toBe('KEY_SLOT_DAMAGED');
});

test('every slip of one digit is found, in its group', () => {
  fc.assert(
    fc.property(fc.nat(47), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const digits = [...makeRecoveryCode().replaceAll('-', '')];
      digits[at] = String((Number(digits[at]) + by) % 10);
      expect(readRecoveryCode(digits.join(''))).toEqual({ wrongGroup: Math.floor(at / 6) + 1 });
    }),
  );
});

test.each(['', '1', '123456', '720896-'.repeat(8), '1'.repeat(60)])('%j is no code', (typed) => {
  expect(readRecoveryCode(typed)).toHaveProperty('wrongGroup');
});

test('a guess costs at least 250 ms of memory-hard work on this machine', async () => {
  const measured = await measuredCost();
  expect(measured.memoryKiB).toBe(65_536);
  expect(measured.passes).toBeGreaterThanOrEqual(3);
  const start = performance.now();
  await stretched(PASSWORD, { ...measured, salt: '01'.repeat(16) });
  expect(performance.now() - start).toBeGreaterThanOrEqual(250);
});

test('the stretching is argon2id as RFC 9106 has it, by another implementation', async () => {
  const salt = '0102030405060708090a0b0c0d0e0f10';
  const made = await stretched(PASSWORD, { memoryKiB: 256, passes: 4, salt });
  const parameters = {
    message: Buffer.from(`:${PASSWORD}`),
    nonce: Buffer.from(salt, 'hex'),
    parallelism: 1,
  };
  const other = argon2Sync('argon2id', { ...parameters, tagLength: 32, memory: 256, passes: 4 });
  expect(made.toString('hex')).toBe(other.toString('hex'));
});

test('the plain key file moves into a slot, and the same data opens by it; another key is refused as the wrong one', async () => {
  const plain = fileKeyStore(folder).open(false);
  await slots().put(hanh, PASSWORD, plain);
  dropKeyFile(folder);
  expect(existsSync(path.join(folder, 'desk.key'))).toBe(false);
  const opened = await slots().open('a1', PASSWORD);
  expect(heldKeyStore(folder, opened).open(true)).toEqual(plain);
  expect(await problemOf(Promise.resolve().then(() => heldKeyStore(folder, key).open(true)))).toBe(
    'DB_KEY_WRONG',
  );
});
