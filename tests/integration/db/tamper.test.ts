/** Changes made behind the program's back are found and named, each by its place; a rebuild mends what the events still tell. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rebuildDesk, verifyDesk } from '../../../db/rebuild.ts';
import { accepted, cityAnswers } from '../../support/city-answer.ts';
import { COMMUNE, reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = openTestDesk();
  for (let i = 0; i < 3; i++)
    await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), i === 1 ? 'death' : 'birth'));
  await desk.call('count.record', {
    asOf: '2026-11-01',
    form: null,
    from: null,
    source: 'typed',
    units: [{ unit: COMMUNE, cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 3 }] }],
  });
  await desk.call('count.record', {
    asOf: '2026-11-01',
    form: null,
    from: null,
    source: 'typed',
    units: [{ unit: COMMUNE, cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 4 }] }],
  });
  cityAnswers(desk, () => accepted);
  expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 5, subjects: 4, problems: [] });
});
afterEach(() => dropTestDesk(desk));

function spoil(sql: string): readonly string[] {
  const { $client } = desk.desk.db;
  $client.pragma('foreign_keys = OFF');
  $client.exec('DROP TRIGGER IF EXISTS event_no_update; DROP TRIGGER IF EXISTS event_no_delete');
  expect($client.prepare('SELECT total_changes()').pluck().get()).toBeGreaterThan(0);
  $client.exec(sql);
  return verifyDesk(desk.desk.db).problems;
}

describe('a projected table', () => {
  test.each([
    ["UPDATE dossier SET subject_name = 'Khác' WHERE n = 1", 'table differs'],
    ["UPDATE dossier SET due = '2030-01-01' WHERE n = 1", 'table differs'],
    ['UPDATE dossier SET revision = 9 WHERE n = 2', 'table differs'],
    ['UPDATE dossier SET synthetic = 1 - synthetic WHERE n = 2', 'table differs'],
    ['DELETE FROM dossier WHERE n = 3', 'table differs'],
    ["UPDATE component SET state = 'done' WHERE code = 'K1'", 'table differs'],
    ["UPDATE component SET since = '2026-01-01' WHERE code = 'T1'", 'table differs'],
    ["UPDATE component SET due = NULL WHERE code = 'T1'", 'table differs'],
    ["DELETE FROM component WHERE code = 'K2'", 'table differs'],
    [
      "INSERT INTO component (dossier_id, code, state, since, at, obstacle, supplements, asked_on) SELECT id, 'K9', 'done', '', '', '', 0, '' FROM dossier WHERE n = 1",
      'table differs',
    ],
    ["INSERT INTO dossier_mark VALUES (1, 'obstacle')", 'table differs'],
    ['DELETE FROM duplicate_key WHERE dossier_n = 1', 'table differs'],
    ["INSERT INTO duplicate_key VALUES ('x', 1)", 'duplicate_key: 1 too many'],
    ["INSERT INTO setting VALUES ('catalogue:x', 1, 'x', '{}', '{}')", 'row without events'],
    ['UPDATE count SET value = 5', 'table differs'],
    ['DELETE FROM count', 'table differs'],
    ["INSERT INTO count SELECT n, 'nguoi_co_cong', 'tong', 1 FROM sheet", 'table differs'],
    ["INSERT INTO count SELECT n, 'nguoi_co_cong', 'tong', NULL FROM sheet", 'table differs'],
    ["UPDATE sheet SET status = 'approved'", 'table differs'],
    ["UPDATE sheet SET notes = '{}'", 'table differs'],
    ['UPDATE sheet SET revision = 7', 'table differs'],
    ['DELETE FROM sheet', 'table differs'],
    [
      "INSERT INTO sheet VALUES (9, 'nobody', 1, 'x', '2026-11-01', 'ngoai_nganh', NULL, 'draft', '', NULL, '{}')",
      'row without events',
    ],
    ["INSERT INTO target VALUES ('target:x', 1, 'x', '{}')", 'row without events'],
    [
      "INSERT INTO report_record VALUES ('report:x', 1, 'x', NULL, '2026-11-01', 'x', '{}')",
      'row without events',
    ],
    ["UPDATE dossier SET id = 'nobody' WHERE n = 1", 'row without events'],
    ['DELETE FROM dossier_search WHERE rowid = 1', 'dossiers missing'],
    ["INSERT INTO dossier_search (rowid, words) VALUES (77, 'x')", 'words without a dossier'],
  ])('%s', (sql, sentence) => {
    expect(spoil(sql).join('\n')).toContain(sentence);
    rebuildDesk(desk.desk.db);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
});

describe('an event', () => {
  test.each([
    [
      "UPDATE event SET raw = replace(raw, 'Lê Thị Thử', 'Lê Thị Khác') WHERE seq = 2",
      'seq 2: content changed',
    ],
    [
      'UPDATE event SET raw = replace(raw, \'"value":3\', \'"value":9\') WHERE seq = 4',
      'seq 4: content changed',
    ],
    ["UPDATE event SET raw = ' ' || raw WHERE seq = 1", 'event 1: row differs from its content'],
    ["UPDATE event SET raw = '{' WHERE seq = 3", 'event 3: unreadable'],
    ["UPDATE event SET raw = '' WHERE seq = 1", 'event 1: unreadable'],
    ['UPDATE event SET raw = \'{"id":1}\' WHERE seq = 5', 'event 5: unreadable'],
    ["UPDATE event SET hash = '0' WHERE seq = 2", 'event 2: row differs'],
    ["UPDATE event SET verb = 'x.y' WHERE seq = 2", 'event 2: row differs'],
    ["UPDATE event SET day = '2020-01-01' WHERE seq = 2", 'event 2: row differs'],
    ['UPDATE event SET base = 3 WHERE seq = 2', 'event 2: row differs'],
    [
      'UPDATE event SET subject_id = (SELECT subject_id FROM event WHERE seq = 1) WHERE seq = 3',
      'event 3: row differs',
    ],
    ['DELETE FROM event WHERE seq = 2', 'seq 3: gap before it'],
    ['DELETE FROM event WHERE seq = 1', 'seq 2: gap before it'],
    ['UPDATE event SET seq = 99 WHERE seq = 4', 'row differs'],
  ])('%s', (sql, sentence) => {
    const problems = spoil(sql);
    expect(problems.join('\n')).toContain(sentence);
    expect(problems.join('\n')).not.toMatch(/Lê Thị|Nguyễn|0199/);
  });
});

test('the check itself is a call that answers, however spoiled the data', async () => {
  spoil("UPDATE event SET raw = 'x'");
  const result = await desk.call('data.verify', {});
  expect([result.ok, result.events, result.problems.length > 5]).toEqual([false, 5, true]);
  expect(desk.reports).toEqual([]);
});
