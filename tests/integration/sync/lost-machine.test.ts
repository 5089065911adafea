/** Mất máy on the desk: asked of the city on line, for those who answer for the office; revoked in two steps; nothing without a line. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';

const WARD = '26743';
let hub: TestHub;
let head: Pair;
let clerk: Pair;
const numberOf = async ({ desk }: Pair) => must((await desk.call('session.get', {})).device, 'device').no;

beforeAll(async () => {
  hub = await startTestHub('pglite');
  head = await enrolledPair(hub, { office: WARD, role: 'head' });
  clerk = await enrolledPair(hub, { office: WARD });
  await clerk.desk.call('dossier.receive', reception(clerk.desk.desk.ids.uuid(), 'birth'));
  await clerk.desk.call('sync.run', {});
  // Written while the line is down: the city does not have it.
  clerk.line.down();
  await clerk.desk.call('dossier.receive', reception(clerk.desk.desk.ids.uuid(), 'death'));
  clerk.line.up();
});
afterAll(async () => {
  await clerk.close();
  await head.close();
  await hub.remove();
});

test('the head sees the machines of the ward and what stood on the lost one; the window gets no name of anybody', async () => {
  const no = await numberOf(clerk);
  const { machines } = await head.desk.call('machine.list', {});
  expect(machines.map((m) => m.no).sort()).toEqual([await numberOf(head), no].sort());
  const loss = await head.desk.call('machine.loss', { no });
  expect(loss.facts).toMatchObject({
    no,
    dossiers: { open: 1, closed: 0, own: 1 },
    revoked: null,
    unsent: 0,
  });
  expect(loss.facts.people).toBeGreaterThan(2);
  const text = JSON.stringify([machines, loss]);
  for (const value of Object.values(reception('x', 'birth').values).filter((v) => v.length > 8))
    expect(text).not.toContain(value);
});

describe('refused', () => {
  it.each(roles)('or not, to a %s', async (role: Role) => {
    const one = await enrolledPair(hub, { office: WARD, role });
    const no = await numberOf(clerk);
    const codes = [
      await one.desk.refusal('machine.list', {}),
      await one.desk.refusal('machine.loss', { no }),
      await one.desk.refusal('machine.revoke', { no, typed: '0', reason: 'thử' }),
    ];
    const may = ['head', 'admin', 'officer'].includes(role);
    expect(codes).toEqual(may ? ['OK', 'OK', 'MACHINE_NUMBER_WRONG'] : Array(3).fill('FORBIDDEN'));
    await one.close();
  });
  it.each<[string, (no: number) => object, string]>([
    ['another number', (no) => ({ no, typed: String(no + 1), reason: 'mất' }), 'MACHINE_NUMBER_WRONG'],
    ['no number', (no) => ({ no, typed: '', reason: 'mất' }), 'MACHINE_NUMBER_WRONG'],
    ['no reason', (no) => ({ no, typed: String(no), reason: ' \u200b' }), 'REASON_REQUIRED'],
    ['a machine that does not exist', () => ({ no: 9999, typed: '9999', reason: 'mất' }), 'MACHINE_UNKNOWN'],
    ['a number below one', () => ({ no: 0, typed: '0', reason: 'mất' }), 'INPUT_INVALID'],
  ])('with %s; the machine goes on', async (_, input, code) => {
    expect(await head.desk.refusal('machine.revoke', input(await numberOf(clerk)))).toBe(code);
    expect((await clerk.desk.call('sync.run', {})).lastError).toBeNull();
  });
  test('of itself', async () => {
    const no = await numberOf(head);
    const input = { no, typed: String(no), reason: 'thử' };
    expect(await head.desk.refusal('machine.revoke', input)).toBe('MACHINE_IS_THIS');
  });
  test('without a line: the code says so, nothing is revoked', async () => {
    head.line.down();
    const no = await numberOf(clerk);
    expect(await head.desk.refusal('machine.list', {})).toBe('CITY_UNREACHABLE');
    expect(await head.desk.refusal('machine.loss', { no })).toBe('CITY_UNREACHABLE');
    expect(await head.desk.refusal('machine.revoke', { no, typed: String(no), reason: 'mất' })).toBe(
      'CITY_UNREACHABLE',
    );
    head.line.up();
  });
});

test('revoked: the city says who, when and why; the machine sends nothing more, and what it has stays', async () => {
  const no = await numberOf(clerk);
  const { facts } = await head.desk.call('machine.revoke', { no, typed: ` ${no}`, reason: 'mất trộm' });
  expect(facts.revoked).toEqual({
    at: new Date(hub.clock.now()).toISOString(),
    by: 'Lê Thị Thử',
    reason: 'mất trộm',
  });
  expect((await clerk.desk.call('sync.run', {})).lastError?.code).toBe('DEVICE_REVOKED');
  expect(
    (
      await clerk.desk.call('dossier.index', {
        q: '',
        chain: null,
        state: 'all',
        missing: null,
        order: 'newest',
      })
    ).length,
  ).toBe(2);
  const { machines } = await head.desk.call('machine.list', {});
  expect(machines.find((m) => m.no === no)?.revoked?.reason).toBe('mất trộm');
});
