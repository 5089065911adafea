/** The desk's side of enrolment: an answer that is lost, a power cut, a second enrolment. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { testClock } from '../../support/clock.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { type Line, startLine } from '../../support/line.ts';
import { dropTestDesk, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

let hub: TestHub;
let line: Line;
const pairs: Pair[] = [];
beforeAll(async () => {
  hub = await startTestHub('pglite');
  line = await startLine(hub.url);
});
afterAll(async () => {
  for (const made of pairs) await made.close();
  await line.close();
  await hub.remove();
});
const newcomer = (folder = tempFolder('newcomer')) =>
  openTestDesk({ enrolled: false, folder, clock: testClock('2026-11-20T02:00:00Z') });

test('where the answer is lost, the same code lets the same machine in, also after a restart', async () => {
  const code = await hub.createEnrolCode({ unit: '26743' });
  const input = { url: line.url, code, deviceName: 'Máy thử' };
  const first = newcomer();
  line.cutAfter({ reply: 0 });
  expect(await first.refusal('device.enrol', input)).toBe('CITY_UNREACHABLE');
  await first.close();
  line.up();
  const again = newcomer(first.folder);
  expect(await again.call('device.enrol', input)).toMatchObject({ enrolled: true });
  expect(again.desk.db.$client.prepare('SELECT count(*) FROM enrolment').pluck().get()).toBe(0);
  expect(await again.call('sync.run', {})).toMatchObject({ lastError: null, line: 'online' });
  await dropTestDesk(again);
});

test('a code that was mistyped does not spoil the next one', async () => {
  const desk = newcomer();
  const input = { url: line.url, deviceName: 'Máy thử' };
  expect(await desk.refusal('device.enrol', { ...input, code: 'AAAA-AAAA' })).toBe('ENROL_CODE_WRONG');
  const code = await hub.createEnrolCode({ unit: '26743' });
  expect(await desk.call('device.enrol', { ...input, code })).toMatchObject({ enrolled: true });
  await dropTestDesk(desk);
});

test('an enrolled machine stays who it is: what it has not sent yet would be left without a sender', async () => {
  const made = await enrolledPair(hub, {});
  pairs.push(made);
  const { desk } = made;
  await desk.call('count.record', {
    asOf: '2026-10-05',
    form: null,
    from: null,
    source: 'typed',
    units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 5 }] }],
  });
  const before = await desk.call('session.get', {});
  const code = await hub.createEnrolCode({ unit: '26743' });
  const input = { url: made.line.url, code, deviceName: 'Lần hai' };
  expect(await desk.refusal('device.enrol', input)).toBe('ENROLLED_ALREADY');
  expect((await desk.call('session.get', {})).device).toEqual(before.device);
  expect(await desk.call('sync.run', {})).toMatchObject({ waiting: 0, received: 1 });
});

test('two presses at once make one identity', async () => {
  const desk = newcomer();
  const code = await hub.createEnrolCode({ unit: '26743' });
  const input = { url: line.url, code, deviceName: 'Máy thử' };
  const codes = await Promise.all([desk.refusal('device.enrol', input), desk.refusal('device.enrol', input)]);
  expect(codes.sort()).toEqual(['ENROLLED_ALREADY', 'OK']);
  expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null });
  await dropTestDesk(desk);
});
