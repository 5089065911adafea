/** Nothing that somebody typed gets into a log, wherever an error carries it; ten files of five megabytes at most. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { placeOf } from '../../../city/http/refusal.ts';
import { openLog } from '../../../electron/log.ts';
import { errorFields, logFields } from '../../../shared/lib/log-fields.ts';
import { Problem } from '../../../shared/problem.ts';

const NAME = 'Hoàng Thị Yến';
const ID = '079190001234';
const said = /Hoàng|Hoang|Yến|079190/;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const withCause = new Error('outer', { cause: new Error(NAME) });
const zodError = z.strictObject({ [NAME]: z.literal(ID) }).safeParse({ [NAME]: 'x', [ID]: 1 }).error;
const named = Object.assign(new Error('x'), { name: NAME });
const sneaky = new Error(`first\n    at ${NAME} (${ID}.js:1:1)\n    at Hoang (/home/Hoang/${ID}.ts:2:3)`);
const moved = Object.assign(new Error(NAME), { message: '' });
function nested(n: number): Error {
  return n === 0 ? new Error(NAME) : new Error(ID, { cause: nested(n - 1) });
}
const errors: [string, unknown][] = [
  ['a message', new Error(`cannot save ${NAME} ${ID}`)],
  ['a message over lines that look like places', sneaky],
  ['a cause', withCause],
  ['causes in causes', nested(20)],
  ['its name', named],
  ['its code', Object.assign(new Error('x'), { code: NAME })],
  [
    'other properties',
    Object.assign(new Error('x'), { row: { name: NAME }, [NAME]: ID, detail: ID, hint: NAME }),
  ],
  ['a message that was taken away', moved],
  ['several errors', new AggregateError([new Error(NAME)], ID)],
  ['a refused input', zodError],
  ['details of a problem', new Problem('COMMUNE_UNKNOWN', { code: NAME, date: ID })],
  ['its class', new { [NAME]: class extends Error {} }[NAME](NAME)],
  ['a text', NAME],
  ['an object', { name: NAME, toString: () => NAME }],
  ['a getter', Object.defineProperty(new Error('x'), 'code', { get: () => NAME })],
  ['a JSON error', thrown(() => JSON.parse(`{"${NAME}`))],
  [
    'a function made from text',
    thrown(() => new Function(`throw new Error('${NAME}')\n//# sourceURL=${NAME}.js`)()),
  ],
  ['a missing property', thrown(() => (undefined as unknown as Record<string, () => void>)[NAME]?.valueOf())],
];
function thrown(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe.each(errors)('a failure that carries %s', (_name, error) => {
  test('says its kind and place to the desk’s log, and nothing else', () => {
    const echoed: string[] = [];
    openLog(folder, (line) => echoed.push(line)).failed('a1b2c3d4', error);
    const file = readFileSync(path.join(folder, 'logs/desk.log'), 'utf8');
    expect(file).toBe(`${echoed[0]}\n`);
    expect(file).not.toMatch(said);
    expect(
      Object.keys(JSON.parse(file)).filter((key) => !['time', 'ref', 'kind', 'code', 'at'].includes(key)),
    ).toEqual([]);
    expect(statSync(path.join(folder, 'logs/desk.log')).mode & 0o77).toBe(0);
  });
  test('says no more to the hub’s log', () => {
    expect(JSON.stringify(placeOf(error))).not.toMatch(said);
  });
});

test('the place of a failure is there, so that somebody can look', () => {
  const { kind, at = [] } = errorFields(new TypeError('x'));
  expect(kind).toBe('TypeError');
  expect(at[0]).toMatch(/^log\.test\.ts:\d+:\d+$/);
});

test.each([
  ['an unknown field', { name: NAME }],
  ['a field of the prototype', { constructor: NAME, toString: 'x' }],
  ['a name where a reference belongs', { ref: NAME }],
  ['a sentence as a code', { code: 'Không lưu được' }],
  ['an object as a number', { ms: { [NAME]: 1 } }],
  ['no number', { ms: Number.NaN, bytes: ID }],
  ['places that are none', { at: [NAME, `${ID}`, `x ${NAME}.ts:1:1`, 5] }],
])('%s falls away', (_name, fields) => {
  expect(JSON.stringify(logFields(fields))).toMatch(/^\{("at":\[\])?\}$/);
});

test('what is on the list stays', () => {
  const fields = {
    ref: 'sync',
    code: 'ENOSPC',
    call: 'dossier.get',
    ms: 12,
    bytes: 5,
    at: ['main.js:1:2', 'node:fs:3:4'],
  };
  expect(logFields(fields)).toEqual(fields);
});

test('ten files of five megabytes, the oldest goes', () => {
  const log = openLog(folder, () => undefined);
  for (let n = 0; n < 13; n++) {
    log.write({ ref: `r${n}` });
    const file = path.join(folder, 'logs/desk.log');
    writeFileSync(file, `${readFileSync(file, 'utf8')}${'x'.repeat(5 * 1024 * 1024)}`);
  }
  log.write({ ref: 'last' });
  const files = readdirSync(path.join(folder, 'logs')).sort();
  expect(files).toHaveLength(10);
  expect(readFileSync(path.join(folder, 'logs/desk.log'), 'utf8')).toContain('"last"');
  expect(readFileSync(path.join(folder, 'logs/desk.1.log'), 'utf8')).toContain('"r12"');
  expect(readFileSync(path.join(folder, 'logs/desk.9.log'), 'utf8')).toContain('"r4"');
});

test('a folder that takes no files stops nothing', () => {
  writeFileSync(path.join(folder, 'logs'), 'in the way');
  const echoed: string[] = [];
  openLog(folder, (line) => echoed.push(line)).failed('sync', new Error(NAME));
  expect(echoed).toHaveLength(1);
});

test.each([
  ['thrown', `setTimeout(() => { throw new Error('${NAME}') })`],
  ['rejected', `Promise.reject(Object.assign(new Error('${NAME}'), { row: '${ID}' }))`],
])('a bug that nobody heard (%s) is logged in our words, not in those of Node', (_name, bug) => {
  const log = path.resolve(import.meta.dirname, '../../../electron/log.ts');
  const script = `import { logBugs, openLog } from '${log}';
logBugs(openLog(process.argv[2], (line) => process.stderr.write(line)), () => process.exit(3));
${bug};`;
  const file = path.join(folder, 'child.mts');
  writeFileSync(file, script);
  let [code, stderr] = [0, ''];
  try {
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', file, folder], {
      stdio: 'pipe',
    });
  } catch (error) {
    const ended = error as { status: number; stderr: Buffer };
    [code, stderr] = [ended.status, String(ended.stderr)];
  }
  expect(code).toBe(3);
  expect(stderr).toContain('"ref":"');
  expect(stderr).not.toMatch(said);
  expect(existsSync(path.join(folder, 'logs/desk.log'))).toBe(true);
});
