/** Streams in the store: the tip costs one step, a new stream takes along what has no answer, what came from the city stands beside. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readIdentity } from '../../../db/queries/device.ts';
import { parseEvent } from '../../../db/queries/event.ts';
import { currentStream, linksAfter, streamTip } from '../../../db/queries/stream.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { sha256 } from '../../../db/write.ts';
import { eventHash } from '../../../shared/domain/event.ts';
import { must } from '../../../shared/lib/must.ts';
import { accepted, cityAnswers, inboxPage, storeOf } from '../../support/city-answer.ts';
import { counted } from '../../support/events.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const NEXT = '00000000-0000-4000-8000-0000000000b1';
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(async () => {
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  await dropTestDesk(desk);
});
const receive = () => desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
const states = async () => {
  const { waiting, received, attention } = await desk.call('sync.state', {});
  return { waiting, received, attention };
};

test('a save finds the tip of its stream by the index of each table, whatever their length', () => {
  const plan = desk.desk.db.$client
    .prepare('EXPLAIN QUERY PLAN SELECT seq, hash FROM chain WHERE stream = ? ORDER BY seq DESC LIMIT 1')
    .all('x') as { detail: string }[];
  const steps = plan.map((row) => row.detail).join('\n');
  expect(steps).toContain('SEARCH event USING INDEX sqlite_autoindex_event_2 (stream=? AND branch=?)');
  expect(steps).toContain('USING PRIMARY KEY (stream=?)');
  expect(steps).not.toMatch(/SCAN|TEMP B-TREE/);
});

test('a new stream begins with what the city lacks and takes along what has no answer; answers come once', async () => {
  await receive();
  cityAnswers(desk, () => accepted);
  await receive();
  const { db } = desk.desk;
  const old = currentStream(db);
  const store = storeOf(desk);
  // The city lost the first one; the second was never sent.
  const [first, second] = linksAfter(db, old, 0, 10);
  const unsealed = { ...parseEvent(must(first, 'first').raw), stream: NEXT };
  const hash = eventHash(unsealed, sha256);
  const link = { id: unsealed.id, seq: 1, hash, raw: JSON.stringify({ ...unsealed, hash }) };
  store.openStream({ stream: NEXT, why: 'city_restored', links: [link] });
  expect(store.stream()).toBe(NEXT);
  const epoch = must(store.epoch(), 'epoch');
  expect(store.untold(epoch)).toEqual([{ stream: old, replacedBy: NEXT, why: 'city_restored' }]);
  expect(linksAfter(db, NEXT, 0, 10).map((l) => l.id)).toEqual([first?.id, second?.id]);
  expect(await states()).toEqual({ waiting: 2, received: 0, attention: 0 });
  await receive();
  expect(streamTip(db, NEXT).seq).toBe(3);
  expect(cityAnswers(desk, () => accepted)).toBe(3);
  expect(await states()).toEqual({ waiting: 0, received: 3, attention: 0 });
  store.told(old, epoch);
  expect(store.untold(epoch)).toEqual([]);
  // A city that was put back may have forgotten it.
  expect(store.untold('00000000-0000-4000-8000-0000000000e1')).toHaveLength(1);
  expect(store.recovering()).toBe('city_restored');
});

test('a new epoch takes back what the old one said of later numbers, and the events wait again', async () => {
  for (let i = 0; i < 3; i++) await receive();
  cityAnswers(desk, () => accepted);
  const store = storeOf(desk);
  store.settle('00000000-0000-4000-8000-0000000000e1', 2, 2);
  expect(await states()).toEqual({ waiting: 1, received: 2, attention: 0 });
  expect([store.epoch(), store.acked(store.stream())]).toEqual(['00000000-0000-4000-8000-0000000000e1', 2]);
  cityAnswers(desk, () => accepted);
  expect(await states()).toEqual({ waiting: 0, received: 3, attention: 0 });
});

test('an own event from the city where something else stands here is kept beside it, and the next save follows the chain', async () => {
  await receive();
  const { device, stream } = must(readIdentity(desk.desk.db), 'identity');
  const theirs = counted({ hoi_nong_dan: 4 }, { device, stream });
  const { seen: _, ...page } = { ...inboxPage(desk, [theirs]), receipts: [], unread: [] };
  storeOf(desk).keepOwn(page);
  storeOf(desk).keepOwn(page);
  expect(streamTip(desk.desk.db, stream).seq).toBe(1);
  await receive();
  expect(streamTip(desk.desk.db, stream).seq).toBe(2);
  const rows = desk.desk.db.$client.prepare('SELECT seq, own, branch FROM event ORDER BY n').raw().all();
  expect(rows).toEqual([
    [1, 1, 0],
    [1, 1, 1],
    [2, 1, 0],
  ]);
});

test('marks on events of others outlive the city’s words; a later word replaces an earlier one, never the reverse', () => {
  const store = storeOf(desk);
  const event = counted({ hoi_nong_dan: 4 }, { stream: desk.desk.ids.uuid(), device: desk.desk.ids.uuid() });
  store.keepInbox(inboxPage(desk, [event], { after: 8, verdict: { kind: 'merged', revision: 1 } }));
  store.keepInbox(inboxPage(desk, [event], { after: 4 }));
  const verdict = () => desk.desk.db.$client.prepare('SELECT verdict, hub_seq FROM delivery').raw().all();
  expect(verdict()).toEqual([['merged', 9]]);
  store.settle('00000000-0000-4000-8000-0000000000e1', 3, 0);
  expect(verdict()).toEqual([]);
  expect(store.marked([event.id])).toMatchObject([{ hub: 9, event: { id: event.id }, mark: 'm'.repeat(86) }]);
  expect(store.inboxAfter('00000000-0000-4000-8000-0000000000e1')).toBe(3);
});
