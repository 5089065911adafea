/** Hôm nay: who is waited for, on a real store. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ActInput } from '../../../shared/contract/ipc/dossier.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

async function receive(name: string): Promise<string> {
  const id = randomUUID();
  await desk.call('dossier.receive', {
    ...reception(id, 'birth', {
      'child.fullName': name,
      'child.birth': '2026-11-10',
      'child.certificateDate': '2026-11-10',
    }),
    received: { date: '2026-11-16', time: '09:00' },
  });
  return id;
}

async function act(
  id: string,
  step: Partial<ActInput> & Pick<ActInput, 'action' | 'components'>,
): Promise<void> {
  const { revision } = await desk.call('dossier.get', { id });
  await desk.call('dossier.act', { id, base: revision, step: { on: null, time: '08:00', ...step } });
}

test('nobody waits for a dossier that runs', async () => {
  await receive('Không Chờ');
  const { supplement, elsewhere, toGive } = await desk.call('today.get', {});
  expect([supplement, elsewhere, toGive]).toEqual(Array(3).fill({ total: 0, rows: [] }));
});

test('a dossier that waits for papers tells which, of which components, and until when', async () => {
  const id = await receive('Thiếu Giấy');
  const isPaper = (key: string) => /^paper\.[^.]+$/.test(key);
  const paper = Object.keys((await desk.call('dossier.get', { id })).form).find(isPaper) ?? '';
  await desk.call('dossier.annotate', { id, changes: { [paper]: 'missing' } });
  const { form } = await desk.call('dossier.get', { id });
  const codes = Object.keys(form).filter((key) => isPaper(key) && form[key] === 'missing');
  expect(codes).toContain(paper);
  await act(id, {
    action: 'ask_supplement',
    components: ['K1', 'K2'],
    on: '2026-11-18',
    items: ['Giấy chứng sinh'],
  });
  const { supplement } = await desk.call('today.get', {});
  expect(supplement.total).toBe(1);
  expect(supplement.rows[0]).toMatchObject({
    components: ['Khai sinh', 'Thường trú'],
    since: '2026-11-18',
    until: '2026-11-30',
    row: { id, subjectName: 'Thiếu Giấy', state: 'supplement' },
  });
  expect(supplement.rows[0]?.papers).toHaveLength(codes.length);
  expect(supplement.rows[0]?.papers.some((name) => codes.includes(name))).toBe(false);
});

test('the longest wait comes first, each dossier once, and a result waits until it is given', async () => {
  const [late, early] = [await receive('Mới Chuyển'), await receive('Chuyển Trước')];
  const to = 'Công an phường Bến Thành';
  await act(late, { action: 'forward', components: ['K1'], on: '2026-11-19', to });
  await act(early, { action: 'forward', components: ['K1'], on: '2026-11-17', to });
  expect((await desk.call('today.get', {})).elsewhere).toMatchObject({
    total: 2,
    rows: [
      { row: { id: early }, since: '2026-11-17', at: to, until: null },
      { row: { id: late }, since: '2026-11-19', at: to },
    ],
  });
  await act(early, { action: 'result_received', components: ['K1'], on: '2026-11-19' });
  expect((await desk.call('today.get', {})).toGive).toMatchObject({
    total: 1,
    rows: [{ components: ['Khai sinh'] }],
  });
  await act(early, { action: 'give_result', components: ['K1'], on: '2026-11-19' });
  const { toGive, elsewhere } = await desk.call('today.get', {});
  expect([toGive.total, elsewhere.rows.map((w) => w.row.id)]).toEqual([0, [late]]);
});
