/** What the scheduler of the operating system is told: an exit code, and one line without personal data. */
import { describe, expect, test } from 'vitest';
import { besideOpenApp, headlessFailure, headlessResult, headlessTask } from '../../../electron/headless.ts';
import type { SyncState } from '../../../shared/contract/ipc/sync.ts';

const well: SyncState = {
  line: 'online',
  running: false,
  progress: null,
  waiting: 0,
  attention: 0,
  received: 12,
  lastReceiptAt: '2026-11-20T09:46:00.000Z',
  lastError: null,
  lastTriedAt: '2026-11-20T09:46:00.000Z',
  nextTryAt: null,
  clockOffsetMs: 40,
  accountKnown: true,
};
const problem = { code: 'CITY_UNREACHABLE', sentence: 'Chưa ra được máy chủ.', details: {} } as const;

test.each<[string, Partial<SyncState>, number]>([
  ['all received', {}, 0],
  ['something came back', { attention: 2 }, 1],
  ['something still waits', { waiting: 3 }, 1],
  ['the city does not know the account', { accountKnown: false }, 1],
  ['no line', { line: 'offline', waiting: 3, lastError: problem }, 2],
])('sync: %s', (_, more, code) => {
  const result = headlessResult('sync', { ok: true, value: { ...well, ...more } });
  expect(result).toMatchObject({ code, line: { task: 'sync', code, error: more.lastError?.code ?? null } });
});

test.each([
  [true, 0],
  [false, 1],
])('verify: sound %s', (ok, code) => {
  const problems = ok ? [] : ['dossier x: table differs from its events'];
  const result = headlessResult('verify', { ok: true, value: { ok, events: 5, subjects: 2, problems } });
  expect(result).toEqual({ code, line: { task: 'verify', code, events: 5, subjects: 2, problems } });
});

test('a refusal is told by its code, without its sentence', () => {
  const reply = { ok: false, problem: { ...problem, code: 'NOT_ENROLLED' } } as const;
  expect(headlessResult('sync', reply)).toEqual({
    code: 2,
    line: { task: 'sync', code: 2, error: 'NOT_ENROLLED' },
  });
  expect(headlessFailure('verify', 'DB_KEY_WRONG').code).toBe(2);
});

describe('beside the open app', () => {
  test('sending is done there; checking cannot be', () => {
    expect([besideOpenApp('sync').code, besideOpenApp('verify').code]).toEqual([0, 2]);
  });
});

test.each([
  [['electron', '.', '--sync'], 'sync'],
  [['so-mot-cua', '--verify'], 'verify'],
  [['so-mot-cua', '--syncing', 'sync'], null],
  [[], null],
])('%j', (argv, task) => {
  expect(headlessTask(argv)).toBe(task);
});
