/** The door behind the lock screen: what one person typed is never stored as another's. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { invoke, openDoor, shutDoor } from '../../../renderer/ipc.ts';

const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
  const answer = async (method: string) => {
    asked.push(method);
    return { ok: true, value: null };
  };
  vi.stubGlobal('window', { desk: { invoke: answer, subscribe: () => () => undefined } });
});
afterEach(() => {
  openDoor(false);
  vi.unstubAllGlobals();
});
const discard = () => invoke('draft.discard', { id: '0b0f3c52-5b1e-4b9e-8a55-6f2f0f7d1c01' });

test('while it is shut only signing in passes; the same person’s calls go on afterwards', async () => {
  await shutDoor();
  const saving = discard();
  await invoke('account.state', {});
  expect(asked).toEqual(['account.state']);
  openDoor(true);
  await saving;
  expect(asked).toEqual(['account.state', 'draft.discard']);
});

test('when somebody else comes, what waited is refused and never sent', async () => {
  await shutDoor();
  const saving = discard();
  openDoor(false);
  await expect(saving).rejects.toThrow('SIGN_IN_NEEDED');
  expect(asked).toEqual([]);
});

test('it shuts only after what is under way has come to its end', async () => {
  let saved = () => {};
  const answer = new Promise((done) => {
    saved = () => done({ ok: true, value: null });
  });
  vi.stubGlobal('window', { desk: { invoke: () => answer, subscribe: () => () => undefined } });
  const saving = discard();
  const order: string[] = [];
  const shut = shutDoor().then(() => order.push('shut'));
  await Promise.resolve();
  order.push('answered');
  saved();
  await Promise.all([saving, shut]);
  expect(order).toEqual(['answered', 'shut']);
});
