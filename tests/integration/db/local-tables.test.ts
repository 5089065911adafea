/** What belongs to this machine or office beside the dossiers: named filters, prints, corrections of the catalogue. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inTransaction, type ReadDb } from '../../../db/handle.ts';
import { logPrint, printsOf } from '../../../db/queries/print.ts';
import { filtersOf, removeFilter, saveFilter } from '../../../db/queries/saved-filter.ts';
import { settingsOf } from '../../../db/queries/setting.ts';
import { rebuildDesk, verifyDesk } from '../../../db/rebuild.ts';
import type { Event } from '../../../shared/domain/event.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import { accepted, cityAnswers, inboxPage, rejected, storeOf } from '../../support/city-answer.ts';
import { testIds } from '../../support/clock.ts';
import { event } from '../../support/events.ts';
import { everybody } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';
import { correctCatalogue, FACT } from '../../support/wire-events.ts';

let desk: TestDesk;
let db: ReadDb;
beforeEach(() => {
  desk = openTestDesk({ role: 'head' });
  db = desk.desk.db;
});
afterEach(() => dropTestDesk(desk));

test('a filter has its name once for each person; one of an unknown shape is passed over', () => {
  const late = { ...everybody, state: 'overdue' as const };
  inTransaction(db, (tx) => {
    saveFilter(tx, 'lan', { name: 'Trễ hạn', filter: everybody });
    saveFilter(tx, 'lan', { name: 'Trễ hạn', filter: late });
    saveFilter(tx, 'lan', { name: 'Bổ sung', filter: { ...everybody, state: 'supplement' } });
    saveFilter(tx, 'mai', { name: 'Trễ hạn', filter: everybody });
    tx.$client.exec(`INSERT INTO saved_filter VALUES ('lan', 'Cũ', '{"state":"all"}')`);
  });
  expect(filtersOf(db, 'lan')).toEqual([
    { name: 'Bổ sung', filter: { ...everybody, state: 'supplement' } },
    { name: 'Trễ hạn', filter: late },
  ]);
  inTransaction(db, (tx) => removeFilter(tx, 'lan', 'Trễ hạn'));
  expect([filtersOf(db, 'lan').length, filtersOf(db, 'mai').length]).toEqual([1, 1]);
});

test('prints of a dossier are told newest first', () => {
  const at = (minute: number) => `2026-11-20T03:0${minute}:00.000Z`;
  inTransaction(db, (tx) => {
    logPrint(tx, { dossierId: 'a', kind: 'mau_01', at: at(1), actor: 'lan' });
    logPrint(tx, { dossierId: 'a', kind: 'mau_02', at: at(2), actor: 'mai' });
    logPrint(tx, { dossierId: 'b', kind: 'mau_01', at: at(3), actor: 'lan' });
  });
  expect(printsOf(db, 'a')).toEqual([
    { kind: 'mau_02', at: at(2), actor: 'mai' },
    { kind: 'mau_01', at: at(1), actor: 'lan' },
  ]);
  expect(printsOf(db, 'c')).toEqual([]);
});

test('corrections of this office and of those above it are held apart and told in the order asked for', async () => {
  const ids = testIds('settings');
  const fromCity = event({
    ...correctCatalogue('79', 0, 'Công an Thành phố'),
    office: '79',
    stream: ids.uuid(),
  });
  const correct = (value: string) =>
    desk.call('catalogue.correct', {
      corrections: [{ key: FACT.key, from: FACT.from, value, source: 'Công văn 12/2026' }],
      reason: 'văn bản mới',
    });
  await correct('Công an xã');
  await correct('Công an phường');
  storeOf(desk).keepInbox(inboxPage(desk, [fromCity]));
  const values = () =>
    settingsOf(db, ['79', '26743', '26740']).map((s) => [
      s.office,
      s.revision,
      Object.values(s.corrections)[0]?.value,
    ]);
  const both = [
    ['79', 1, 'Công an Thành phố'],
    ['26743', 2, 'Công an phường'],
  ];
  expect(values()).toEqual(both);
  expect(settingsOf(db, ['26743', '79']).map((s) => s.office)).toEqual(['26743', '79']);
  expect(verifyDesk(db).problems).toEqual([]);
  rebuildDesk(db);
  expect(values()).toEqual(both);
  expect(verifyDesk(db).problems).toEqual([]);
});

test.each<[string, (event: Event) => Verdict, number]>([
  ['taken', () => accepted, 1],
  ['returned', () => rejected, 0],
])('corrections that the city has %s', async (_, judge, shown) => {
  const { key, from } = FACT;
  const correction = { key, from, value: 'Công an xã', source: 'Công văn 12/2026' };
  await desk.call('catalogue.correct', { corrections: [correction], reason: 'văn bản mới' });
  cityAnswers(desk, judge);
  expect(settingsOf(db, ['26743'])).toHaveLength(shown);
  expect(verifyDesk(db).problems).toEqual([]);
});
