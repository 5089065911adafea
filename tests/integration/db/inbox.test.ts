/** Events of other machines: whatever the city passed on is taken in, one strange event never blocks the rest. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { inboxPage, storeOf } from '../../support/city-answer.ts';
import { testIds } from '../../support/clock.ts';
import { counted, EMPTY_FORM_RECEIVE, event, received } from '../../support/events.ts';
import { everybody, reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ids = testIds('inbox');
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

function pass(events: readonly Event[], after = 0): void {
  storeOf(desk).keepInbox(inboxPage(desk, events, { after }));
}
const other = (code: string, more: Partial<Event> = {}) =>
  received(
    { ...EMPTY_FORM_RECEIVE, code, form: { 'child.fullName': 'Người khác' } },
    { stream: ids.uuid(), subject: { kind: 'dossier', id: ids.uuid() }, ...more },
  );
const names = async () => {
  const ns = [...(await desk.call('dossier.index', everybody))];
  return (await desk.call('dossier.rows', { ns })).map((r) => [r.code, r.subjectName]);
};

test('a dossier of another machine that claims a number of this one is shown beside it', async () => {
  const { code } = await desk.call(
    'dossier.receive',
    reception(desk.desk.ids.uuid(), 'birth', { 'child.fullName': 'Của mình' }),
  );
  pass([other(code), other('T-9-261120-001')]);
  expect(await names()).toEqual([
    ['T-9-261120-001', 'Người khác'],
    [code, 'Người khác'],
    [code, 'Của mình'],
  ]);
  expect((await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'))).code).toBe(
    'T-7-261120-002',
  );
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
});

test('a page passed twice, or again in part, is taken once', async () => {
  const page = [other('T-9-261120-001'), counted({ hoi_nong_dan: 4 }, { stream: ids.uuid() })];
  pass(page);
  pass(page);
  pass(page.slice(1), 1);
  expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 2, subjects: 2, problems: [] });
  expect(
    (await desk.call('count.grid', { asOf: '2026-11-20', form: null, from: null })).rows[0]?.cells,
  ).toEqual({
    'hoi_nong_dan/tong': 4,
  });
});

test('a verb of a newer program raises the revision and is kept', async () => {
  const first = other('T-9-261120-001');
  pass([first, event({ verb: 'dossier.bless', subject: first.subject, stream: ids.uuid(), colour: 'xanh' })]);
  expect((await desk.call('dossier.get', { id: first.subject.id })).revision).toBe(2);
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
});

test('bodies that only a newer program can read raise the revision and stop nobody', async () => {
  const [first, next] = [other('T-9-261120-001'), other('T-9-261120-002')];
  const newer = (verb: Event['verb'], subject = first.subject) =>
    event({ verb, subject, schema: 2, body: { shape: 'new' }, stream: ids.uuid() });
  const sheet = counted({ hoi_nong_dan: 4 }, { stream: ids.uuid() });
  pass([
    first,
    newer('dossier.correct'),
    newer('dossier.conclude'),
    newer('dossier.act'),
    newer('dossier.annotate'),
    newer('dossier.receive'),
    newer('dossier.receive', { kind: 'dossier', id: ids.uuid() }),
    sheet,
    newer('count.record', sheet.subject),
    next,
  ]);
  expect((await desk.call('dossier.get', { id: first.subject.id })).revision).toBe(6);
  expect((await names()).map(([code]) => code)).toEqual(['T-9-261120-002', 'T-9-261120-001']);
  expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 10, problems: [] });
});

test('a dossier under rules that are not known here, or with a component twice, can be opened', async () => {
  const twice = [
    { code: 'K1', due: '2026-11-20', waitsFor: null },
    { code: 'K1', due: '2026-11-23', waitsFor: null },
    { code: 'K9', due: null, waitsFor: 'K1' },
  ];
  const strange = received(
    { ...EMPTY_FORM_RECEIVE, regime: 'nd999-2030', components: twice },
    { stream: ids.uuid(), subject: { kind: 'dossier', id: ids.uuid() } },
  );
  pass([strange]);
  const { regimeName, components } = await desk.call('dossier.get', { id: strange.subject.id });
  expect(regimeName).toBe('nd999-2030');
  expect(components.map((c) => [c.code, c.name])).toEqual([
    ['K1', 'K1'],
    ['K9', 'K9'],
  ]);
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
});

test("the city's figure stands below one that this machine has yet to send", async () => {
  await desk.call('count.record', {
    asOf: '2026-11-20',
    form: null,
    from: null,
    source: 'typed',
    units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }] }],
  });
  pass([counted({ hoi_nong_dan: 9, nguoi_co_cong: 2 }, { stream: ids.uuid() })]);
  expect(
    (await desk.call('count.grid', { asOf: '2026-11-20', form: null, from: null })).rows[0]?.cells,
  ).toEqual({
    'hoi_nong_dan/tong': 1,
    'nguoi_co_cong/tong': 2,
  });
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
});

test('an event whose content does not fit its hash is refused with its whole page', () => {
  const page = [other('T-9-261120-001'), { ...other('T-9-261120-002'), office: '26740' }];
  expect(() => pass(page)).toThrow('CITY_SIGNATURE');
  expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 0, problems: [] });
});
