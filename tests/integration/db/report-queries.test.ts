/** What reports and the grid ask of the store: figures, history, standing of sheets, targets, imports, dossiers on hand. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../db/handle.ts';
import { localView } from '../../../db/local-view.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { dossierWindow } from '../../../db/queries/dossier.ts';
import { insertEvent } from '../../../db/queries/event.ts';
import { eventsOfGroup, importGroups } from '../../../db/queries/import-group.ts';
import {
  countFigures,
  reportRecord,
  reportRecords,
  sheetStates,
  targetsOf,
} from '../../../db/queries/report.ts';
import { countHistory, sheetDates, sheetsBefore, sheetsOn } from '../../../db/queries/sheet.ts';
import { reproject, verifyDesk } from '../../../db/rebuild.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { must } from '../../../shared/lib/must.ts';
import { chained, event, received } from '../../support/events.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';
import {
  type CountWish,
  freezeReport,
  printReport,
  recordCounts,
  setTarget,
  stepSheet,
} from '../../support/wire-events.ts';

const WARD = '26740@2025-07-01';
const OTHER = '26743@2025-07-01';
const FLOW = { form: 'phu-luc-9', from: '2026-10-11', asOf: '2026-11-10' };

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(async () => {
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  await dropTestDesk(desk);
});

/** Events as they would come in through the inbox, or as this machine would have written them, in this order. */
function take(wishes: readonly Partial<Event>[], { own = false } = {}): readonly Event[] {
  const { db } = desk.desk;
  const { device, stream } = must(readIdentity(db), 'identity');
  const events = chained(wishes.map((wish) => event({ ...wish, ...(own && { device, stream }) })));
  inTransaction(db, (tx) => {
    for (const e of events) insertEvent(tx, e, { own, branch: 0 });
    for (const { subject } of events) reproject(tx, subject.kind, subject.id);
  });
  return events;
}
const on = (asOf: string, value: number | 'outside' | null, wish: CountWish = {}) =>
  recordCounts({ hoi_nong_dan: value }, { ...wish, asOf });

describe('figures', () => {
  test('snapshots of the days asked for, flows that touch them, blanks left out, outside told', () => {
    take([
      on('2026-10-31', 1),
      on('2026-11-01', 2),
      recordCounts({ hoi_nong_dan: 'outside', nguoi_co_cong: null }, { asOf: '2026-11-02' }),
      on('2026-11-03', 4),
      recordCounts({ 'pl9/nhan_tong': 9 }, FLOW),
    ]);
    const figures = (from: string, to: string, form?: string) =>
      countFigures(desk.desk.db, { from, to, ...(form !== undefined && { form }) }).map(
        ({ asOf, from: start, value }) => [start ?? null, asOf, value],
      );
    const flow = [FLOW.from, FLOW.asOf, 9];
    expect(figures('2026-11-01', '2026-11-02')).toEqual([
      [null, '2026-11-01', 2],
      [null, '2026-11-02', 'outside'],
      flow,
    ]);
    expect(figures('2026-11-01', '2026-11-02', 'ngoai_nganh')).toHaveLength(2);
    expect(figures('2026-10-01', '2026-10-10')).toEqual([]);
    expect(figures('2026-10-01', '2026-10-11')).toEqual([flow]);
    expect(figures('2026-11-10', '2026-12-31')).toEqual([flow]);
    expect(figures('2026-11-11', '2026-12-31')).toEqual([]);
    expect(countFigures(desk.desk.db, { from: '2026-11-03', to: '2026-11-03', form: 'ngoai_nganh' })).toEqual(
      [{ unit: WARD, category: 'hoi_nong_dan', measure: 'tong', asOf: '2026-11-03', value: 4 }],
    );
  });

  test('a sheet has its notes, state and figures; a form and a window have their own', () => {
    const [, lock] = take([
      recordCounts({ hoi_nong_dan: 0, nguoi_co_cong: 'outside' }, { asOf: '2026-11-01' }),
      stepSheet('sheet.lock', { asOf: '2026-11-01' }),
      recordCounts({ 'pl9/nhan_tong': 9 }, FLOW),
    ]);
    const { db } = desk.desk;
    const sheet = must(sheetsOn(db, '2026-11-01').get(WARD), 'sheet');
    expect(sheet).toMatchObject({
      ...{ cells: { 'hoi_nong_dan/tong': 0 }, status: 'locked', sentOn: must(lock, 'lock').body['on'] },
    });
    expect(sheet.notes['nguoi_co_cong/tong']).toMatchObject({ outside: true, by: 'Lê Thị Thử' });
    expect(sheetsOn(db, FLOW.asOf).size).toBe(0);
    expect(sheetsOn(db, FLOW.asOf, FLOW.form).size).toBe(0);
    expect(sheetsOn(db, FLOW.asOf, FLOW.form, FLOW.from).get(WARD)?.cells).toEqual({ 'pl9/nhan_tong': 9 });
    expect(sheetDates(db)).toEqual(['2026-11-01']);
    expect(sheetDates(db, FLOW.form)).toEqual([FLOW.asOf]);
    expect(sheetsBefore(db, '2026-12-01').get(WARD)?.asOf).toBe('2026-11-01');
    expect(sheetsBefore(db, '2026-12-01', FLOW.form).get(WARD)?.cells).toEqual({ 'pl9/nhan_tong': 9 });
  });

  test('history: the last sheets of each unit, oldest first; what is blank or outside is no figure', () => {
    take([
      ...[1, 2, 3, 4].map((n) => on(`2026-10-0${n}`, n)),
      on('2026-10-05', null),
      on('2026-10-06', 'outside'),
      on('2026-10-01', 9, { unit: '26743' }),
    ]);
    const past = (limit: number, before?: string) =>
      countHistory(desk.desk.db, [WARD, OTHER, 'nobody'], limit, before ? { before } : {});
    expect(past(3).get(WARD)?.get('hoi_nong_dan/tong')).toEqual([
      { asOf: '2026-10-03', value: 3 },
      { asOf: '2026-10-04', value: 4 },
    ]);
    expect(
      past(2, '2026-10-03')
        .get(WARD)
        ?.get('hoi_nong_dan/tong')
        ?.map((f) => f.value),
    ).toEqual([1, 2]);
    expect(
      past(2, '2026-10-03')
        .get(OTHER)
        ?.get('hoi_nong_dan/tong')
        ?.map((f) => f.value),
    ).toEqual([9]);
    expect(past(3).size).toBe(2);
  });

  test('how sheets stand: filled are figures, 0 and outside', () => {
    take([
      recordCounts(
        { hoi_nong_dan: 0, nguoi_co_cong: 'outside', hoi_cuu_chien_binh: null },
        { asOf: '2026-11-01' },
      ),
      stepSheet('sheet.lock', { asOf: '2026-11-01' }),
      on('2026-11-01', 3, { unit: '26743' }),
    ]);
    expect(sheetStates(desk.desk.db, { from: '2026-11-01', to: '2026-11-30' })).toEqual([
      { unit: WARD, asOf: '2026-11-01', filled: 2, expected: 15, sentOn: '2026-11-20' },
      { unit: OTHER, asOf: '2026-11-01', filled: 1, expected: 15, sentOn: null },
    ]);
  });
});

test('targets: the last word on each; one that is taken back is none', () => {
  const more = { from: '2026-07-01', value: 7 };
  take([
    setTarget('26740'),
    setTarget('26740', 1, more),
    setTarget('26740', 2, { value: null }),
    setTarget('79'),
  ]);
  expect(targetsOf(desk.desk.db).map((t) => [t.unit, t.from, t.value])).toEqual([
    ['26740', '2026-07-01', 7],
    ['79', '2026-01-01', 194_197],
  ]);
});

test('what an office keeps of a report: printed figures and what it froze', () => {
  const office = '26743';
  const [print, , freeze] = take([printReport(office), printReport(office, 1, ''), freezeReport(office, 2)]);
  const { db } = desk.desk;
  const id = must(print, 'print').subject.id;
  expect(reportRecord(db, id)).toMatchObject({
    revision: 3,
    printed: {},
    frozen: [{ id: freeze?.body['id'] }],
  });
  expect(reportRecords(db, office).map((r) => r.id)).toEqual([id]);
  expect([reportRecord(db, 'nobody'), reportRecords(db, '79')]).toEqual([null, []]);
});

test('an import is one group; its undo marks it, another import of the same sheets does not', () => {
  const [one, two] = ['9b2e4f0a-1111-4a4a-8a4a-000000000001', '9b2e4f0a-1111-4a4a-8a4a-000000000002'];
  const asOf = '2026-11-01';
  const wishes = [
    recordCounts({ hoi_nong_dan: 1, nguoi_co_cong: 2 }, { asOf }, { source: 'import', group: one }),
    recordCounts({ hoi_nong_dan: 1 }, { asOf, unit: '26743' }, { source: 'import', group: one }),
    on(asOf, 5),
    recordCounts({ hoi_nong_dan: 7 }, { asOf }, { source: 'import', group: two }),
    recordCounts({ hoi_nong_dan: 5 }, { asOf }, { source: 'undo', group: two }),
  ];
  const events = take(wishes, { own: true });
  take([
    recordCounts(
      { hoi_nong_dan: 9 },
      { asOf: '2026-10-29' },
      { source: 'import', group: '9b2e4f0a-1111-4a4a-8a4a-000000000003' },
    ),
  ]);
  const { db } = desk.desk;
  const { at } = must(events[0], 'event');
  expect(eventsOfGroup(db, one).map((e) => e.id)).toEqual(events.slice(0, 2).map((e) => e.id));
  expect(eventsOfGroup(db, 'nobody')).toEqual([]);
  expect(importGroups(db)).toEqual([
    { group: two, at, asOf, units: 1, cells: 1, undone: true },
    { group: one, at, asOf, units: 2, cells: 3, undone: false },
  ]);
  const plan = db.$client
    .prepare(
      "EXPLAIN QUERY PLAN SELECT raw FROM event WHERE verb = 'count.record' AND json_valid(raw) AND json_extract(raw, '$.body.group') IS NOT NULL AND json_extract(raw, '$.body.group') = ?",
    )
    .all('x') as { detail: string }[];
  expect(plan[0]?.detail).toContain('event_group');
});

test('dossiers on hand in a window: received up to its end, not ended before its start', () => {
  const dossier = (id: string, receivedOn: string) => {
    const { body } = received();
    const components = [{ code: 'K1', due: null, waitsFor: null }];
    return { subject: { kind: 'dossier' as const, id }, body: { ...body, receivedOn, components } };
  };
  const ended = (id: string, on: string) => ({
    ...{ verb: 'dossier.act', base: 1, subject: { kind: 'dossier' as const, id } },
    body: { action: 'result_received', components: ['K1'], on, time: '10:00', dues: [] },
  });
  const [open, early, late, after] = Array.from({ length: 4 }, () => desk.desk.ids.uuid()) as [
    string,
    string,
    string,
    string,
  ];
  take([
    dossier(open, '2026-08-11'),
    dossier(early, '2026-08-01'),
    ended(early, '2026-08-10'),
    dossier(late, '2026-08-01'),
    ended(late, '2026-08-11'),
    dossier(after, '2026-09-11'),
  ]);
  const ids = dossierWindow(desk.desk.db, { from: '2026-08-11', to: '2026-09-10' });
  expect(ids).toEqual([open, late]);
  expect(ids.map((id) => localView(desk.desk.db, 'dossier', id).subject?.kind)).toEqual([
    'dossier',
    'dossier',
  ]);
});
