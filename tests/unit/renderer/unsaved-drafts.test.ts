/** What could not be saved stays in the window and is saved later; nothing older is written over what is newer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '../../../renderer/ipc.ts';
import {
  forgetUnsaved,
  saveOrKeep,
  unsavedDraft,
  useUnsavedDrafts,
} from '../../../renderer/state/unsaved-drafts.ts';

const full = { code: 'DB_FULL', sentence: 'đầy', details: {} } as const;
const named = () => full;
const at = '2026-11-20T02:30:00.000Z';
const typed = (id: string, text: string) =>
  ({ id, chain: 'birth', values: { 'child.fullName': text } }) as const;

let disk: Map<string, string>;
let isFull: boolean;
const save = vi.fn(async (one: ReturnType<typeof typed>) => {
  if (isFull) throw new ProblemError(full);
  disk.set(one.id, one.values['child.fullName']);
  return { savedAt: at };
});
const saving = (id: string, text: string) =>
  saveOrKeep(typed(id, text), save as never, named).then(
    () => 'saved',
    () => 'failed',
  );
beforeEach(() => {
  vi.useFakeTimers();
  disk = new Map();
  isFull = false;
  save.mockClear();
});
afterEach(() => {
  useUnsavedDrafts.setState({ unsaved: new Map(), savedAt: new Map() });
  vi.useRealTimers();
});

test('a form that saves leaves nothing behind', async () => {
  expect(await saving('a', 'Bé')).toBe('saved');
  expect(unsavedDraft('a')).toBeNull();
});

test('what cannot be saved is kept with its reason, tried again, and says when it was saved', async () => {
  isFull = true;
  expect(await saving('a', 'Bé An')).toBe('failed');
  expect(useUnsavedDrafts.getState().unsaved.get('a')).toEqual({ typed: typed('a', 'Bé An'), problem: full });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(save).toHaveBeenCalledTimes(3);
  isFull = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(disk.get('a')).toBe('Bé An');
  expect(unsavedDraft('a')).toBeNull();
  expect(useUnsavedDrafts.getState().savedAt.get('a')).toBe(at);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(4);
});

test('a newer saving is never written over by the one that waits', async () => {
  isFull = true;
  await saving('a', 'Bé');
  isFull = false;
  expect(await saving('a', 'Bé An')).toBe('saved');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(disk.get('a')).toBe('Bé An');
  expect(save).toHaveBeenCalledTimes(2);
});

test('an older answer that fails late does not bring its values back', async () => {
  const late = Promise.withResolvers<never>();
  save.mockImplementationOnce(() => late.promise);
  const first = saving('a', 'Bé');
  expect(await saving('a', 'Bé An')).toBe('saved');
  late.reject(new ProblemError(full));
  expect(await first).toBe('failed');
  expect(unsavedDraft('a')).toBeNull();
});

test('what was taken in or thrown away is not saved any more', async () => {
  isFull = true;
  await saving('a', 'Bé');
  await saving('b', 'Em');
  forgetUnsaved('a');
  isFull = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...disk.keys()]).toEqual(['b']);
});
