/** The invariant: the tables equal the fold of the events, whatever was done and whatever the city answered, also after a rebuild. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localView } from '../../../db/local-view.ts';
import { expectedPicture, storedPicture } from '../../../db/queries/subject-table.ts';
import { rebuildDesk, verifyDesk } from '../../../db/rebuild.ts';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { type ChainCode, regimeOn } from '../../../shared/catalogue/law.ts';
import { isAnnotation } from '../../../shared/domain/dossier.ts';
import type { SubjectKind } from '../../../shared/domain/event.ts';
import { readForm } from '../../../shared/domain/read-form.ts';
import { isOpen, sheetVerbs } from '../../../shared/domain/sheet.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import { addDays } from '../../../shared/lib/local-date.ts';
import { must } from '../../../shared/lib/must.ts';
import { cityAnswers } from '../../support/city-answer.ts';
import { testClock } from '../../support/clock.ts';
import { COMMUNE, everybody, form, reception } from '../../support/forms.ts';
import { allowedOn } from '../../support/gate.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';
import { FACT } from '../../support/wire-events.ts';

let desk: TestDesk;
beforeAll(() => {
  desk = openTestDesk({ role: 'head', clock: testClock('2026-12-21T02:30:00Z') });
});
afterAll(() => dropTestDesk(desk));

const categories = ['hoi_nong_dan', 'nguoi_co_cong', 'an_sinh_xa_hoi'];
const texts = fc.constantFrom('', 'Trần Thị Bé', "H'Hen Niê", 'Đỗ Đạt', '  Lê  Ô ', '0199000111');
const editable = [
  'father.fullName',
  'requester.residence',
  'mother.fullName',
  'mother.residence',
  'child.hometown',
];
const step = fc.oneof(
  fc.record({
    do: fc.constant('receive' as const),
    chain: fc.constantFrom('birth' as const, 'death' as const),
    person: fc.nat(50),
    idCard: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('correct' as const),
    which: fc.nat(20),
    field: fc.constantFrom(...editable),
    text: texts,
    idCard: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('act' as const),
    which: fc.nat(20),
    action: fc.nat(40),
    /** Whether all components that it may be done to, or only the last one. */
    whole: fc.boolean(),
    day: fc.nat(30),
  }),
  fc.record({
    do: fc.constant('annotate' as const),
    which: fc.nat(20),
    key: fc.constantFrom('to_khai', 'official'),
    text: fc.constantFrom('missing', 'original', ''),
  }),
  fc.record({
    do: fc.constant('transfer' as const),
    which: fc.nat(20),
    to: fc.constantFrom('26740@2025-07-01', COMMUNE),
  }),
  fc.record({
    do: fc.constant('law' as const),
    value: fc.constantFrom('Công an xã', 'Công an phường'),
  }),
  fc.record({
    do: fc.constant('count' as const),
    day: fc.integer({ min: 1, max: 28 }),
    cells: fc.dictionary(
      fc.constantFrom(...categories),
      fc.option(fc.oneof(fc.nat(5), fc.constant('outside'))),
      {
        minKeys: 1,
      },
    ),
    note: fc.constantFrom('', 'Công văn 5'),
  }),
  fc.record({
    do: fc.constant('sheet' as const),
    day: fc.integer({ min: 1, max: 28 }),
    verb: fc.constantFrom(...sheetVerbs),
  }),
  fc.record({
    do: fc.constant('target' as const),
    from: fc.constantFrom('2026-01-01', '2026-07-01'),
    value: fc.option(fc.integer({ min: 1, max: 9 })),
  }),
  fc.record({
    do: fc.constant('print' as const),
    column: fc.constantFrom('sum', 'target'),
    text: fc.constantFrom('1.438', ''),
  }),
  fc.record({
    do: fc.constant('city' as const),
    kinds: fc.array(fc.constantFrom<Verdict['kind']>('accepted', 'merged', 'rejected', 'conflict', 'held'), {
      minLength: 1,
      maxLength: 5,
    }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Model {
  readonly forms: Map<string, Record<string, string>>;
  readonly sheets: Map<string, Record<string, number>>;
}
/** Typed a month later from paper: steps may have happened on any day since. */
const RECEIVED = { date: '2026-11-20', time: '09:00' };

const ruleOf = (chain: ChainCode) => must(regimeOn(catalogue, RECEIVED.date), 'regime').chains[chain];

const declared = (form: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(form).filter(([key]) => !isAnnotation(key)));

/** Something that is allowed on that day, with all that any step needs. */
async function act(id: string, s: Extract<Step, { do: 'act' }>): Promise<void> {
  const now = await desk.call('dossier.get', { id });
  const on = addDays(RECEIVED.date, s.day);
  const allowed = allowedOn(now, 'head', on);
  const chosen = allowed[s.action % allowed.length];
  if (chosen) {
    const components = s.whole ? [...chosen.components] : chosen.components.slice(-1);
    const step = {
      ...{ action: chosen.action, components, on, time: null, reason: 'lý do', items: ['Tờ khai'] },
      ...{ from: 'Một cửa', to: 'Công an', obstacle: 'ky_thuat', newDue: addDays(on, 400) },
    };
    expect(['OK', 'DOSSIER_RETURNED', 'NEW_DUE_NOT_LATER', 'STEP_BEFORE_LAST']).toContain(
      await desk.refusal('dossier.act', { id, base: now.revision, step }),
    );
  }
}

const placeOf = (day: number) => ({
  asOf: `2026-10-${String(day).padStart(2, '0')}`,
  form: null,
  from: null,
});

async function count(s: Extract<Step, { do: 'count' }>, model: Model): Promise<void> {
  const place = placeOf(s.day);
  const cells = Object.entries(s.cells).map(([category, value]) => ({
    ...{ category, measure: 'tong', value: typeof value === 'number' ? value : null },
    ...{ outside: value === 'outside', evidence: s.note },
  }));
  const open = isOpen((await desk.call('count.grid', place)).rows[0]);
  const input = { ...place, source: 'typed' as const, units: [{ unit: COMMUNE, cells }] };
  const refused = await desk.refusal('count.record', input);
  expect(open ? ['OK'] : ['OK', 'SHEET_LOCKED']).toContain(refused);
  if (refused !== 'OK') return;
  const sheet = { ...model.sheets.get(place.asOf) };
  for (const { category, value } of cells) {
    if (value === null) delete sheet[`${category}/tong`];
    else sheet[`${category}/tong`] = value;
  }
  model.sheets.set(place.asOf, sheet);
}

async function take(steps: readonly Step[], model: Model): Promise<void> {
  for (const s of steps) {
    const ids = [...model.forms.keys()];
    if (s.do === 'receive') {
      const id = desk.desk.ids.uuid();
      const values = {
        ...form(s.chain, s.person),
        ...(s.chain === 'birth' && { 'request.idCard': s.idCard ? '1' : '' }),
      };
      await desk.call('dossier.receive', { ...reception(id, s.chain), values, received: RECEIVED });
      model.forms.set(id, Object.fromEntries(Object.entries(values).filter(([, v]) => v !== '')));
    } else if (s.do === 'correct' && ids.length > 0) {
      const id = ids[s.which % ids.length] ?? '';
      const now = await desk.call('dossier.get', { id });
      const field = now.chain === 'death' ? 'deceased.residence' : s.field;
      const values: Record<string, string> = {
        ...declared(now.form),
        [field]: s.text,
        // What was asked for once is withdrawn, never corrected away.
        ...(now.chain === 'birth' && s.idCard && { 'request.idCard': '1' }),
      };
      const refused = await desk.refusal('dossier.correct', {
        id,
        base: now.revision,
        values,
        reason: 'sửa',
      });
      expect(['OK', 'NOTHING_CHANGED', 'DOSSIER_HANDED_OVER']).toContain(refused);
      if (refused === 'DOSSIER_HANDED_OVER') continue;
      // A field that this case is not asked (the father of an abandoned child) is not kept.
      model.forms.set(id, declared(readForm(now.chain, values, RECEIVED.date, ruleOf(now.chain)).form));
    } else if (s.do === 'act' && ids.length > 0) {
      await act(ids[s.which % ids.length] ?? '', s);
    } else if (s.do === 'annotate' && ids.length > 0) {
      const id = ids[s.which % ids.length] ?? '';
      const { chain } = await desk.call('dossier.get', { id });
      const paper =
        s.key === 'to_khai' ? `paper.${chain === 'birth' ? 'ks' : 'kt'}_to_khai` : 'code.official';
      const refused = await desk.refusal('dossier.annotate', { id, changes: { [paper]: s.text } });
      expect(['OK', 'NOTHING_CHANGED', 'DOSSIER_RETURNED', 'DOSSIER_HANDED_OVER']).toContain(refused);
    } else if (s.do === 'transfer' && ids.length > 0) {
      const id = ids[s.which % ids.length] ?? '';
      const { revision } = await desk.call('dossier.get', { id });
      const wish = { id, base: revision, to: s.to, reason: 'chuyển nơi cư trú', receivedBy: '' };
      expect([
        ...['OK', 'TRANSFER_SAME_OFFICE', 'TRANSFER_NOTHING_OPEN'],
        ...['DOSSIER_HANDED_OVER', 'DOSSIER_RETURNED'],
      ]).toContain(await desk.refusal('dossier.transfer', wish));
    } else if (s.do === 'law') {
      const correction = { key: FACT.key, from: FACT.from, value: s.value, source: 'Công văn 12/2026' };
      const refused = await desk.refusal('catalogue.correct', {
        corrections: [correction],
        reason: 'văn bản',
      });
      expect(['OK', 'NOTHING_CHANGED']).toContain(refused);
    } else if (s.do === 'count') {
      await count(s, model);
    } else if (s.do === 'sheet') {
      const input = { ...placeOf(s.day), units: [COMMUNE], reason: 'số chưa khớp' };
      expect(['OK', 'SHEET_EMPTY', 'SHEET_STEP_NOT_ALLOWED']).toContain(await desk.refusal(s.verb, input));
    } else if (s.do === 'target') {
      const target = { unit: '26743', category: 'hoi_nong_dan', measure: 'tong', to: null };
      await desk.call('target.set', { ...target, from: s.from, value: s.value, source: 'Kế hoạch 1' });
    } else if (s.do === 'print') {
      const figures = [{ row: 'total', column: s.column, text: s.text }];
      const report = { report: 'tien-do-chi-tieu', from: null, to: '2026-10-31' };
      await desk.call('report.print', { ...report, figures, source: 'Báo cáo 5257' });
    } else if (s.do === 'city') {
      let i = 0;
      cityAnswers(desk, () => ({ kind: s.kinds[i++ % s.kinds.length] ?? 'accepted', revision: 1 }));
    }
  }
}

const sheets: Model['sheets'] = new Map();
function expectFolded(): void {
  const subjects = desk.desk.db.$client
    .prepare('SELECT DISTINCT subject_kind AS kind, subject_id AS id FROM event ORDER BY n DESC LIMIT 40')
    .all() as { kind: SubjectKind; id: string }[];
  for (const { kind, id } of subjects)
    expect(storedPicture(desk.desk.db, kind, id), id).toEqual(
      expectedPicture(localView(desk.desk.db, kind, id).subject),
    );
}

test('without the city the tables hold exactly what was typed', async () => {
  const steps = fc.array(
    step.filter((s) => s.do !== 'city'),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const model: Model = { forms: new Map(), sheets };
      await take(list, model);
      for (const [id, expected] of model.forms)
        expect((await desk.call('dossier.get', { id })).form).toMatchObject(expected);
      for (const [asOf, expected] of sheets)
        expect(
          (await desk.call('count.grid', { asOf, form: null, from: null })).rows[0]?.cells,
          asOf,
        ).toEqual(expected);
      expectFolded();
    }),
    { numRuns: 100 },
  );
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
});

test('whatever the city answers, the tables equal the fold, and a rebuild changes nothing', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (list) => {
      await take(list, { forms: new Map(), sheets: new Map() });
      expectFolded();
      if (++runs % 40 === 0) {
        expect(verifyDesk(desk.desk.db).problems).toEqual([]);
        rebuildDesk(desk.desk.db);
        expect(verifyDesk(desk.desk.db).problems).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
  const { events, subjects, problems } = verifyDesk(desk.desk.db);
  expect([problems, events > 400, subjects > 100]).toEqual([[], true, true]);
});

test('a rebuild keeps the order of the list and what a search finds', async () => {
  const list = async () => {
    const ns = [...(await desk.call('dossier.index', everybody))];
    const rows = await desk.call('dossier.rows', { ns: ns.slice(0, 200) });
    return rows.map(({ n: _, ...row }) => row);
  };
  const found = async () => (await desk.call('dossier.index', { ...everybody, q: 'nguyen' })).length;
  const before = [await list(), await found()];
  rebuildDesk(desk.desk.db);
  expect([await list(), await found()]).toEqual(before);
  expect(before[1]).toBeGreaterThan(0);
});
