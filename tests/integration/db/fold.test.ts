/** The invariant: the tables equal the fold of the events, whatever was done and whatever the city answered, also after a rebuild. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localView } from '../../../db/local-view.ts';
import { expectedPicture, storedPicture } from '../../../db/queries/subject-table.ts';
import { rebuildDesk, verifyDesk } from '../../../db/rebuild.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import { cityAnswers } from '../../support/city-answer.ts';
import { COMMUNE, form } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
beforeAll(() => {
  desk = openTestDesk();
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
    do: fc.constant('conclude' as const),
    which: fc.nat(20),
    component: fc.constantFrom('K1', 'K2', 'K4', 'T1'),
    outcome: fc.constantFrom('done' as const, 'refused' as const, 'under_way' as const),
  }),
  fc.record({
    do: fc.constant('count' as const),
    day: fc.integer({ min: 1, max: 28 }),
    cells: fc.dictionary(fc.constantFrom(...categories), fc.option(fc.nat(5)), { minKeys: 1 }),
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
const trimmed = (text: string) => text.replace(/\s+/g, ' ').trim();

async function take(steps: readonly Step[], model: Model): Promise<void> {
  for (const s of steps) {
    const ids = [...model.forms.keys()];
    if (s.do === 'receive') {
      const id = desk.desk.ids.uuid();
      const values = {
        ...form(s.chain, s.person),
        ...(s.chain === 'birth' && { 'request.idCard': s.idCard ? '1' : '' }),
      };
      await desk.call('dossier.receive', {
        id,
        chain: s.chain,
        channel: 'truc_tiep',
        commune: COMMUNE,
        values,
      });
      model.forms.set(id, Object.fromEntries(Object.entries(values).filter(([, v]) => v !== '')));
    } else if (s.do === 'correct' && ids.length > 0) {
      const id = ids[s.which % ids.length] ?? '';
      const now = await desk.call('dossier.get', { id });
      const field = now.chain === 'death' ? 'deceased.residence' : s.field;
      const values: Record<string, string> = {
        ...now.form,
        [field]: s.text,
        ...(now.chain === 'birth' && { 'request.idCard': s.idCard ? '1' : '' }),
      };
      const refused = await desk.refusal('dossier.correct', {
        id,
        base: now.revision,
        values,
        reason: 'sửa',
      });
      expect(['OK', 'NOTHING_CHANGED']).toContain(refused);
      model.forms.set(
        id,
        Object.fromEntries(
          Object.entries(values)
            .map(([k, v]) => [k, trimmed(v)])
            .filter(([, v]) => v !== ''),
        ),
      );
    } else if (s.do === 'conclude' && ids.length > 0) {
      const id = ids[s.which % ids.length] ?? '';
      const refused = await desk.refusal('dossier.conclude', {
        id,
        component: s.component,
        outcome: s.outcome,
      });
      expect(['OK', 'COMPONENT_UNKNOWN', 'DOSSIER_RETURNED']).toContain(refused);
    } else if (s.do === 'count') {
      const asOf = `2026-10-${String(s.day).padStart(2, '0')}`;
      const cells = Object.entries(s.cells).map(([category, value]) => ({
        category,
        measure: 'tong',
        value,
      }));
      await desk.call('count.record', { asOf, source: 'typed', units: [{ unit: COMMUNE, cells }] });
      const sheet = { ...model.sheets.get(asOf) };
      for (const { category, value } of cells) {
        if (value === null) delete sheet[`${category}/tong`];
        else sheet[`${category}/tong`] = value;
      }
      model.sheets.set(asOf, sheet);
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
    .all() as { kind: 'dossier' | 'sheet'; id: string }[];
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
        expect((await desk.call('dossier.get', { id })).form).toEqual(expected);
      for (const [asOf, expected] of sheets)
        expect((await desk.call('count.grid', { asOf })).rows[0]?.cells, asOf).toEqual(expected);
      expectFolded();
    }),
    { numRuns: 100 },
  );
  expect(verifyDesk(desk.desk.db).problems).toEqual([]);
}, 120_000);

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
}, 120_000);

test('a rebuild keeps the order of the list and what a search finds', async () => {
  const list = async () => {
    const ns = [...(await desk.call('dossier.index', { q: '', chain: null, state: 'all' }))];
    const rows = await desk.call('dossier.rows', { ns: ns.slice(0, 200) });
    return rows.map(({ n: _, ...row }) => row);
  };
  const found = async () =>
    (await desk.call('dossier.index', { q: 'nguyen', chain: null, state: 'all' })).length;
  const before = [await list(), await found()];
  rebuildDesk(desk.desk.db);
  expect([await list(), await found()]).toEqual(before);
  expect(before[1]).toBeGreaterThan(0);
});
