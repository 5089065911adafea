/** What proves a role: the city's own words, in their order, within their time; nothing else. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../db/handle.ts';
import { readAccounts } from '../../../db/queries/account.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { type MachineSetting, writeMachineSetting } from '../../../db/queries/machine.ts';
import { noteSeenTime } from '../../../db/seen-time.ts';
import { actingIdentity } from '../../../electron/context.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { ROLE_LIFE_MS } from '../../../shared/domain/role-paper.ts';
import { must } from '../../../shared/lib/must.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { makeKeys, rolePaperOf, signed, sitDown, testCity } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const NOW = '2026-11-20T02:30:00.000Z';
let clock: TestClock;
let desk: TestDesk;
beforeEach(() => {
  clock = testClock(NOW);
  desk = openTestDesk({ clock, role: 'head' });
});
afterEach(() => dropTestDesk(desk));

const acting = () => must(actingIdentity(desk.desk), 'acting');
const standing = () => acting().standing;
const identity = () => must(readIdentity(desk.desk.db), 'identity');
const setPaper = (jws: string | null) =>
  desk.desk.db.$client.prepare('UPDATE desk_account SET paper = ?').run(jws);
const keep = (name: MachineSetting, value: string | null) =>
  inTransaction(desk.desk.db, (tx) => writeMachineSetting(tx, name, value));
const later = (ms: number) => new Date(Date.parse(NOW) + ms).toISOString();

const greeting = (more: object = {}) => ({
  ...{
    v: 1,
    proto: 1,
    schema: 1,
    epoch: identity().epoch,
    since: 0,
    stream: identity().stream,
    frozen: false,
  },
  ...{
    acked: { seq: 0, hash: '0'.repeat(64) },
    accounts: [identity().account],
    boxKey: `age1${'q'.repeat(58)}`,
  },
  ...{ limits: { events: 1, bytes: 1 }, nonce: 'n', challenge: 'c', at: NOW },
  ...more,
});
const card = (more: object = {}) => {
  const { device, no, name, office, account, demo } = identity();
  return { v: 1, device, no, name, office, account, demo, key: makeKeys().publicKey, at: NOW, ...more };
};

describe('a role paper', () => {
  const paper = (more = {}, key = testCity.privateKey) =>
    rolePaperOf(identity(), identity().account, more, key);
  test.each<[string, () => string]>([
    ['of another city', () => paper({}, makeKeys().privateKey)],
    ['of another device', () => paper({ device: '22222222-2222-4222-8222-222222222222' })],
    ['of somebody else', () => paper({ account: { id: 'x', name: 'X', role: 'head' } })],
    ['signed for another purpose', () => signed(TYP.card, JSON.parse(atobUrl(paper())))],
    ['without its signature', () => paper().split('.').slice(0, 2).join('.')],
    ['with a changed role', () => bent(paper(), '"head"', '"admin"')],
    ['with a longer life', () => bent(paper(), '2100', '2999')],
    ['of algorithm none', () => `${b64('{"alg":"none","typ":"smc-role+jws"}')}.${paper().split('.')[1]}.`],
    ['that is no JWS', () => 'abc'],
    ['that is empty', () => ''],
    ['with a fourth part', () => `${paper()}.x`],
  ])('%s proves nothing', (_, make) => {
    setPaper(make());
    expect(standing()).toBe('unproven');
  });
  test('is good to its last moment, and not a millisecond longer', () => {
    setPaper(paper({ until: later(0) }));
    expect(standing()).toBe('current');
    clock.set(later(1));
    expect(standing()).toBe('expired');
  });
  test('names its person and role, whatever the table says', () => {
    desk.desk.db.$client.prepare("UPDATE desk_account SET name = 'Kẻ Khác', role = 'auditor'").run();
    expect(acting().account).toEqual({ ...identity().account, name: 'Lê Thị Thử', role: 'head' });
  });
});

describe('time', () => {
  beforeEach(() => setPaper(rolePaperOf(identity(), identity().account, { until: later(1_000) })));
  test('a clock that is set back does not make a paper live longer, also after a restart', async () => {
    clock.advance(2_000);
    expect(standing()).toBe('expired');
    inTransaction(desk.desk.db, (tx) => noteSeenTime(tx, clock));
    clock.set('2020-01-01T00:00:00Z');
    expect(standing()).toBe('expired');
    await desk.close();
    desk = openTestDesk({ folder: desk.folder, clock: testClock('2020-01-01T00:00:00Z') });
    expect(standing()).toBe('expired');
  });
  test('the monotonic clock goes on where the wall clock was set back', () => {
    inTransaction(desk.desk.db, (tx) => noteSeenTime(tx, clock));
    clock.set('2020-01-01T00:00:00Z');
    expect(standing()).toBe('current');
    clock.advance(1_500);
    expect(standing()).toBe('expired');
  });
  test('is the city’s: the measured difference of this clock is taken off', () => {
    desk.desk.db.$client.prepare('UPDATE device_state SET clock_offset_ms = ?').run(3_600_000);
    clock.advance(3_600_000);
    expect(standing()).toBe('current');
    clock.advance(1_001);
    expect(standing()).toBe('expired');
  });
  test('a clock that jumped ahead is put right by what the city says next', () => {
    clock.set('2036-01-01T00:00:00Z');
    inTransaction(desk.desk.db, (tx) => noteSeenTime(tx, clock));
    clock.set(NOW);
    expect(standing()).toBe('expired');
    inTransaction(desk.desk.db, (tx) => noteSeenTime(tx, clock, Date.parse(NOW)));
    expect(standing()).toBe('current');
  });
});

describe('an older hub without papers', () => {
  beforeEach(() => setPaper(null));
  test('its newest greeting counts, ninety days from its time', () => {
    keep('city_greeting', signed(TYP.helloReply, greeting()));
    expect(acting()).toMatchObject({ standing: 'current', roleUntil: Date.parse(NOW) + ROLE_LIFE_MS });
    clock.set(later(ROLE_LIFE_MS + 1));
    expect(standing()).toBe('expired');
  });
  test.each<[string, () => object, string]>([
    ['of another stream', () => ({ stream: '22222222-2222-4222-8222-222222222222' }), TYP.helloReply],
    ['signed for another purpose', () => ({}), TYP.receipt],
  ])('a greeting %s counts for nothing', (_, more, typ) => {
    keep('city_greeting', signed(typ, greeting(more())));
    expect(standing()).toBe('unproven');
  });
  test('the card of the enrolment counts until the first greeting, for whom it names', () => {
    expect(standing()).toBe('unproven');
    keep('city_card', signed(TYP.card, card()));
    expect(standing()).toBe('current');
    const uuid = '7d8f6c1e-4b2a-4f3c-9a51-2f6f1f0a9b11';
    const person = { id: uuid, name: 'Trần Văn Long', role: 'clerk' as const };
    sitDown(desk.desk, person);
    setPaper(null);
    keep('city_card', signed(TYP.card, card({ account: person })));
    expect(acting()).toMatchObject({ standing: 'current', account: person });
    keep('city_card', signed(TYP.card, card({ account: person, at: later(-ROLE_LIFE_MS - 1) })));
    expect(standing()).toBe('expired');
  });
});

test('whom the newest greeting does not name, no kept paper brings back', () => {
  keep('city_greeting', signed(TYP.helloReply, greeting({ accounts: [] })));
  expect(readAccounts(desk.desk.db)[0]?.paper).not.toBeNull();
  expect(standing()).toBe('unproven');
});

function b64(text: string): string {
  return Buffer.from(text).toString('base64url');
}
function atobUrl(jws: string): string {
  return Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');
}
function bent(jws: string, from: string, to: string): string {
  const [head, body = '', signature] = jws.split('.');
  const text = Buffer.from(body, 'base64url').toString('utf8').replace(from, to);
  return [head, b64(text), signature].join('.');
}
