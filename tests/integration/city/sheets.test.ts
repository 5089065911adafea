/** Property: whatever several offices type, lock, approve, give back, aim at and keep, the tables equal the fold of what was applied. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { loadSubjects } from '../../../city/db/queries/subject.ts';
import { rebuildIfDue } from '../../../city/db/rebuild.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { countsReport } from '../../../shared/contract/sync/messages.ts';
import type { Subject } from '../../../shared/domain/project.ts';
import { allowedSheetVerbs, sheetVerbs, standingOf } from '../../../shared/domain/sheet.ts';
import { addDays } from '../../../shared/lib/local-date.ts';
import { must } from '../../../shared/lib/must.ts';
import {
  enrolDesk,
  type FakeDesk,
  get,
  json,
  makeEvent,
  readInbox,
  sendEvents,
  type Wish,
} from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { freezeReport, printReport, recordCounts, setTarget, stepSheet } from '../../support/wire-events.ts';

const CELLS = [
  'hoi_nong_dan/tong',
  'hoi_chu_thap_do/hoi_vien',
  'hoi_chu_thap_do/tinh_nguyen_vien',
  'an_sinh_xa_hoi/bat_kha_khang',
  'pl9/nhan_tong',
];
const FORMS = [
  undefined,
  { form: 'phu-luc-9', from: '2026-01-01' },
  { form: 'no-such-form', from: '0000-01-01' },
];
const figure = fc.option(fc.oneof(fc.nat(99), fc.constant('outside' as const)));
const stroke = fc.record({
  desk: fc.constantFrom(2, 1, 2, 0, 2, 3),
  /** How many revisions the author has not seen. */
  behind: fc.constantFrom(0, 0, 0, 0, 0, 0, 1),
  form: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 2),
  does: fc.oneof(
    { weight: 6, arbitrary: fc.dictionary(fc.constantFrom(...CELLS), figure, { minKeys: 1, maxKeys: 3 }) },
    /** One that is allowed, or any. */
    { weight: 12, arbitrary: fc.constantFrom(0, 1, 2, 3) },
    { weight: 1, arbitrary: fc.constant({ no_such_category: 1 }) },
    { weight: 2, arbitrary: fc.constantFrom('target', 'print', 'freeze') },
  ),
  text: fc.constantFrom('10', '20', '30', ''),
});
type Stroke = typeof stroke extends fc.Arbitrary<infer T> ? T : never;

describe.each(engines())('sheets, targets and kept reports on %s', (engine) => {
  let hub: TestHub;
  let desks: FakeDesk[];
  beforeAll(async () => {
    hub = await startTestHub(engine);
    desks = [
      await enrolDesk(hub),
      await enrolDesk(hub, '26740', 'head'),
      await enrolDesk(hub, '79', 'officer'),
      await enrolDesk(hub, '26737', 'officer'),
    ];
  });
  afterAll(() => hub.remove());

  async function stateOf({ subject }: Pick<Wish, 'subject'>): Promise<Subject | undefined> {
    return (await loadSubjects(hub.db, [subject])).get(`${subject.kind}/${subject.id}`);
  }
  async function revisionOf(wish: Wish): Promise<number> {
    return (await stateOf(wish))?.state.revision ?? 0;
  }

  async function wishOf({ does, form, text }: Stroke, desk: FakeDesk, asOf: string): Promise<Wish> {
    const sheet = { asOf, ...FORMS[form] };
    const { office, account } = desk.me;
    if (typeof does === 'object') return recordCounts(does, sheet);
    if (does === 'target') return setTarget('26740', 0, { value: text === '' ? null : Number(text) });
    if (does === 'print') return printReport(office, 0, text);
    if (does === 'freeze') return freezeReport(office);
    const now = await stateOf(stepSheet('sheet.lock', sheet));
    const standing = { role: account.role, ...standingOf(office, '26740@2025-07-01') };
    const allowed = now?.kind === 'sheet' ? allowedSheetVerbs(now.state, standing) : [];
    const verb = allowed[does] ?? must(sheetVerbs[does % sheetVerbs.length], 'verb');
    return stepSheet(verb, sheet, text || undefined);
  }

  test('tables equal the fold after any history', async () => {
    let asOf = '2026-01-01';
    const property = fc.asyncProperty(
      fc.array(stroke, { minLength: 8, maxLength: 20, size: 'max' }),
      async (strokes) => {
        asOf = addDays(asOf, 1);
        const ward = must(desks[0], 'ward');
        await sendEvents(ward, [
          makeEvent(ward, recordCounts({ nguoi_co_cong: 'outside' }, { asOf })),
          makeEvent(ward, recordCounts({ 'pl9/nhan_tong': 3 }, { asOf, ...FORMS[1] })),
        ]);
        for (const s of strokes) {
          const desk = desks[s.desk];
          if (!desk) throw new Error('no desk');
          const wish = await wishOf(s, desk, asOf);
          const base = Math.max(0, (await revisionOf(wish)) - s.behind);
          const { verdicts } = await sendEvents(desk, [makeEvent(desk, { ...wish, base })]);
          expect(verdicts).toHaveLength(1);
        }
      },
    );
    await fc.assert(property, { numRuns: 60, endOnFailure: true, seed: 20261122 });
    const applied = await rowsOf(
      hub.db,
      sql`select verb, count(*)::int as n from event where revision is not null group by verb order by verb`,
      z.object({ verb: z.string(), n: z.int() }),
    );
    expect(applied.filter(({ n }) => n > 2).map(({ verb }) => verb)).toEqual([
      'count.record',
      'report.freeze',
      'report.print',
      'sheet.approve',
      'sheet.lock',
      'sheet.return',
      'sheet.unlock',
      'target.set',
    ]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('a rebuild from the events gives the same tables', async () => {
    await hub.db.execute(sql`create table rebuild_due (one integer primary key)`);
    await hub.db.execute(sql`delete from target`);
    await rebuildIfDue(hub.db);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test.each([
    'update count set value = value + 1',
    'delete from count where value is null',
    "update sheet set status = 'draft' where status = 'locked'",
    "update sheet set notes = '{}'",
    "update sheet set from_date = '2026-01-02' where from_date is not null",
    "update target set targets = '{}'",
    "update report_record set frozen = '[]'",
    'delete from report_record',
  ])('the check sees a table that was changed by hand: %s', async (change) => {
    const undone = new Error('undone');
    const spoil = hub.db.transaction(async (tx) => {
      await tx.execute(sql.raw(change));
      expect((await verifyProjections(tx)).length).toBeGreaterThan(0);
      throw undone;
    });
    await expect(spoil).rejects.toBe(undone);
  });

  test('0 and outside are reported, a blank is not; an annex of the same day is none of the counts', async () => {
    const [ward, , city] = desks;
    if (!ward || !city) throw new Error('no desk');
    const asOf = '2026-11-19';
    const cells = { hoi_nong_dan: 'outside', nguoi_co_cong: 0, hoi_cuu_chien_binh: null } as const;
    await sendEvents(ward, [
      makeEvent(ward, recordCounts(cells, { asOf })),
      makeEvent(ward, recordCounts({ 'pl9/nhan_tong': 7 }, { asOf, ...FORMS[1] })),
    ]);
    await sendEvents(city, [makeEvent(city, recordCounts({ hoi_nong_dan: 5 }, { unit: '26743', asOf }))]);
    const { events, counts } = json(await get(city, `/v1/reports/counts?asOf=${asOf}`), countsReport);
    expect(events).toBe(2);
    expect(counts['hoi_nong_dan']).toEqual({ sum: 5, units_reported: 2 });
    expect(counts['nguoi_co_cong']).toEqual({ sum: 0, units_reported: 1 });
    expect(counts['hoi_cuu_chien_binh']).toEqual({ sum: 0, units_reported: 0 });
  });

  test('targets reach their unit and all below it; kept reports only the office and those above it', async () => {
    const at = '2026-11-20';
    const [writer, above, peer, beside] = [
      await enrolDesk(hub, '79', 'officer'),
      await enrolDesk(hub, '79', 'officer'),
      await enrolDesk(hub, '26740'),
      await enrolDesk(hub, '26743'),
    ];
    const ward = await enrolDesk(hub, '26740');
    const after = (await readInbox(peer)).next;
    const wishes = [setTarget('79'), setTarget('26740'), printReport('79')].map((w) => ({
      ...w,
      at: `${at}T01:00:00.000Z`,
    }));
    const events = [];
    for (const wish of wishes) events.push(makeEvent(writer, { ...wish, base: await revisionOf(wish) }));
    await sendEvents(writer, events);
    const kept = printReport('26740');
    const own = makeEvent(ward, { ...kept, base: await revisionOf(kept) });
    await sendEvents(ward, [own]);
    const [city, unit, printed] = events.map((e) => e.id);
    const read = async (desk: FakeDesk) => (await readInbox(desk, after)).events.map((e) => e.event.id);
    expect(await read(above)).toEqual([city, unit, printed, own.id]);
    expect(await read(peer)).toEqual([city, unit, own.id]);
    expect(await read(beside)).toEqual([city]);
  });
});
