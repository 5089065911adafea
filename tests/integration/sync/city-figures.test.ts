/** The officer's desk and the city's figures: asked on line, kept for later, shown like any other report; never made up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../../shared/lib/must.ts';
import type { Report } from '../../../shared/report/model.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { readSheets } from '../../support/read-back.ts';

const wanted = {
  ...{ report: 'lien-thong', from: '2026-11-11', to: '2026-12-10' },
  ...{ treeOn: null, compare: true },
};
const NOTE =
  /^Số liệu của Thành phố lúc \d\d:\d\d ngày \d\d\/\d\d\/\d{4}, từ hồ sơ mà các phường, xã, đặc khu đã gửi\.$/;
const OWN = /^Chỉ gồm hồ sơ có trên máy này/;

const received = (made: Report) => {
  const at = made.columns.findIndex((c) => c.key === 'received');
  return must(made.rows.find((r) => r.key === 'total')?.cells[at], 'received');
};

describe('an office above the communes', () => {
  let hub: TestHub;
  let ward: Pair;
  let officer: Pair;
  beforeAll(async () => {
    hub = await startTestHub('pglite');
    ward = await enrolledPair(hub, { office: '26743' });
    officer = await enrolledPair(hub, { office: '79', role: 'officer' });
  });
  afterAll(async () => {
    await officer.close();
    await ward.close();
    await hub.remove();
  });
  const receive = async (chain: 'birth' | 'death' = 'birth') => {
    await ward.desk.call('dossier.receive', reception(ward.desk.desk.ids.uuid(), chain));
    await ward.desk.call('sync.run', {});
  };

  test('before it ever asked it has no figures, says so, and keeps no such report', async () => {
    const { desk } = officer;
    expect(await desk.call('report.source', wanted)).toEqual({ from: 'city', at: null });
    const made = await desk.call('report.make', wanted);
    expect(received(made)).toEqual({ kind: 'count', value: null });
    expect(made.notes).toContainEqual(expect.stringMatching(OWN));
    expect(await desk.refusal('report.freeze', wanted)).toBe('CITY_FIGURES_NONE');
    expect(await desk.call('report.frozen', { report: null })).toEqual([]);
  });

  test('off line it cannot ask: the code says so, and nothing is kept', async () => {
    officer.line.down();
    expect(await officer.desk.refusal('report.ask', wanted)).toBe('CITY_UNREACHABLE');
    officer.line.up();
    expect(await officer.desk.call('report.source', wanted)).toEqual({ from: 'city', at: null });
  });

  test('on line it gets them; they stay when the line is gone, with their moment', async () => {
    await receive();
    await receive('death');
    const { desk, line } = officer;
    const asked = await desk.call('report.ask', wanted);
    expect(asked).toEqual({ from: 'city', at: new Date(hub.clock.now()).toISOString() });
    expect(desk.announced).toContainEqual({ announcement: 'changed', body: ['report'] });
    line.down();
    await receive();
    expect(await desk.call('report.source', wanted)).toEqual(asked);
    const made = await desk.call('report.make', wanted);
    expect(received(made)).toEqual({ kind: 'count', value: 2 });
    expect(made.notes[0]).toMatch(NOTE);
    expect(made.notes.some((note) => OWN.test(note))).toBe(false);
    expect(made.paragraphs[0]).toContain('đã tiếp nhận 02 hồ sơ');
    expect(made.charts).toHaveLength(2);
    line.up();
  });

  test('asked again, the new answer takes the place of the old one', async () => {
    hub.clock.move(60_000);
    await officer.desk.call('report.ask', wanted);
    expect(received(await officer.desk.call('report.make', wanted))).toEqual({ kind: 'count', value: 3 });
    const rows = officer.desk.desk.db.$client.prepare('SELECT count(*) FROM city_report').pluck().get();
    expect(rows).toBe(1);
  });

  test('it goes to files, the clipboard and the kept reports like any other, and is compared with what came later', async () => {
    const { desk } = officer;
    const { bytes } = await desk.call('report.file', { source: wanted, format: 'xlsx' });
    const [sheet, about] = readSheets(bytes).map((s) => [...s.cells.values()].map((c) => c.value));
    expect(sheet).toContain(3);
    expect(about).toContainEqual(expect.stringMatching(NOTE));
    const { paragraph } = await desk.call('report.clipping', { source: wanted });
    expect(paragraph).toContain('đã tiếp nhận 03 hồ sơ');
    const { id } = await desk.call('report.freeze', wanted);
    await receive();
    await desk.call('report.ask', wanted);
    const { frozen, changes } = await desk.call('report.compare', { id });
    expect([received(frozen), frozen.notes[0]]).toEqual([
      { kind: 'count', value: 3 },
      expect.stringMatching(NOTE),
    ]);
    expect(changes.cells).toContainEqual({
      ...{ row: 'total', column: 'received' },
      ...{ frozen: { kind: 'count', value: 3 }, now: { kind: 'count', value: 4 } },
    });
  });

  test('a printed figure is compared with the city’s, in the words of any report', async () => {
    const { desk } = officer;
    const { report, from, to } = wanted;
    const figures = [{ row: 'total', column: 'received', text: '5' }];
    await desk.call('report.print', { report, from, to, figures, source: 'Báo cáo 12/BC-BCĐ' });
    const { findings } = await desk.call('report.make', wanted);
    expect(findings.map((f) => f.sentence)).toEqual([
      expect.stringMatching(/^Cả hai nhóm, Tiếp nhận: .*báo cáo ghi 5: lệch 1/),
    ]);
  });

  test('without comparison the window before is left blank, from the same answer', async () => {
    const made = await officer.desk.call('report.make', { ...wanted, compare: false });
    const at = made.columns.findIndex((c) => c.key === 'received_before');
    expect(made.rows.at(-1)?.cells[at]).toEqual({ kind: 'count', value: null });
    const compared = await officer.desk.call('report.make', wanted);
    expect(compared.rows.at(-1)?.cells[at]).toEqual({ kind: 'count', value: 0 });
  });

  test.each(['so-theo-doi', 'ton-dong'])(
    '%s lists dossiers: the wards make it, nobody asks for it',
    async (report) => {
      const list = report === 'ton-dong' ? { ...wanted, report, from: null } : { ...wanted, report };
      expect(await officer.desk.call('report.source', list)).toEqual({ from: 'wards', at: null });
      expect(await officer.desk.refusal('report.ask', list)).toBe('REPORT_NOT_COUNTED');
    },
  );

  test('a ward counts by itself and asks nobody', async () => {
    expect(await ward.desk.call('report.source', wanted)).toEqual({ from: 'desk', at: null });
    expect(await ward.desk.refusal('report.ask', wanted)).toBe('REPORT_NOT_COUNTED');
    expect(received(await ward.desk.call('report.make', wanted))).toEqual({ kind: 'count', value: 4 });
  });

  test('an answer that another program kept in another shape counts as none', async () => {
    const { desk } = officer;
    desk.desk.db.$client.prepare("UPDATE city_report SET reply = json_remove(reply, '$.hub')").run();
    expect(await desk.call('report.source', wanted)).toEqual({ from: 'city', at: null });
  });
});
