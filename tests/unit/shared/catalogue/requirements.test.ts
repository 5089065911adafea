/** Papers, reasons, obstacles, groups and outside systems as rows: unique, dated, sourced, and reading only what a form can say. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { reasonUses, type Validity } from '../../../../shared/catalogue/law.ts';
import { type Condition, factsIn } from '../../../../shared/domain/condition.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';

const { requirements, reasons, obstacles, funeralGroups, outsideSystems, regimes } = catalogue;
/** Facts that are worked out from the form; all others are fields. */
const derived = [
  'foreign',
  'late',
  'mother.known',
  'father.known',
  'authorised.certified',
  'twins',
  'child.idMissing',
];

type Row = Validity & { readonly code: string };
const lists: readonly (readonly [string, readonly (Row & { source: string; verified: boolean })[]])[] = [
  ['birth papers', requirements.filter((r) => r.chain === 'birth')],
  ['death papers', requirements.filter((r) => r.chain === 'death')],
  ['reasons', reasons],
  ['obstacles', obstacles],
  ['funeral groups', funeralGroups],
  ['outside systems of a birth', outsideSystems.filter((s) => s.chain === 'birth')],
  ['outside systems of a death', outsideSystems.filter((s) => s.chain === 'death')],
];
test.each(lists)('%s: versions of one code follow each other without gap or overlap', (_, rows) => {
  expect(rows.length).toBeGreaterThan(2);
  for (const code of new Set(rows.map((r) => r.code))) {
    const versions = rows.filter((r) => r.code === code).sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const [i, row] of versions.entries()) {
      const next = versions[i + 1];
      expect(row.to, code).toBe(next ? addDays(next.from, -1) : null);
      expect(row.source, code).not.toBe('');
      expect(code).toMatch(/^[a-z0-9_]+$/);
    }
  }
});

test('a paper has one code in both chains, so that its figures do not mix', () => {
  const chainsOf = new Map<string, Set<string>>();
  for (const r of requirements) chainsOf.set(r.code, (chainsOf.get(r.code) ?? new Set()).add(r.chain));
  expect([...chainsOf.values()].every((c) => c.size === 1)).toBe(true);
});

function leaves(condition: Condition | null): readonly { fact: string; is: readonly string[] }[] {
  if (condition === null) return [];
  if ('fact' in condition) return [condition];
  if ('not' in condition) return leaves(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(leaves);
}
describe.each(requirements.map((r) => ({ id: `${r.code} ${r.from}`, r })))('$id', ({ r }) => {
  test('reads only facts of its chain, and only values that they can have', () => {
    expect(factsIn(r.when)).toEqual(leaves(r.when).map((l) => l.fact));
    for (const { fact, is } of leaves(r.when)) {
      const field = fieldRule(r.chain, fact);
      if (derived.includes(fact) || field?.kind === 'flag') expect(is, fact).toEqual(['1']);
      else for (const choice of is.filter(Boolean)) expect(field?.choices ?? [], fact).toContain(choice);
    }
  });
  test('belongs to a component of its chain in every regime that it meets', () => {
    const met = regimes.filter((g) => g.from <= (r.to ?? '9999') && (g.to ?? '9999') >= r.from);
    expect(met.length).toBeGreaterThan(0);
    for (const regime of met)
      expect(regime.chains[r.chain].components.map((c) => c.code)).toContain(r.component);
  });
  test('says what, why and what to do in whole words, and tells the reader where it is unsure', () => {
    expect(r.name).toMatch(/^\p{Lu}.{4,}/u);
    expect(r.because).toMatch(/^\p{Lu}.{15,}\.$/u);
    expect(r.todo).toMatch(/^\p{Lu}.{10,}\.$/u);
    if (!r.verified) expect(r.source).toMatch(/cần xác nhận/);
  });
  test('is known to the record under paper.<code> with its count', () => {
    expect(fieldRule(r.chain, `paper.${r.code}`)).toBeDefined();
    expect(fieldRule(r.chain, `paper.${r.code}.count`)).toBeDefined();
  });
});

test('sổ hộ khẩu is asked for nowhere; chỗ ở hợp pháp is by case and unverified', () => {
  expect(requirements.filter((r) => /sổ hộ khẩu/i.test(r.name + r.todo))).toEqual([]);
  const dwelling = requirements.filter((r) => /chỗ ở hợp pháp/i.test(r.name));
  expect(dwelling.map((r) => [r.weight, r.verified])).toEqual([['by_case', false]]);
});

test('every use of a reason has ready wordings; refusing after the seven days is the one that was read', () => {
  for (const use of reasonUses)
    expect(reasons.filter((r) => r.uses.includes(use)).length, use).toBeGreaterThan(1);
  for (const r of reasons) expect(r.text).toMatch(/^\p{Lu}.{10,}\.$/u);
  expect(reasons.filter((r) => r.verified).map((r) => r.code)).toEqual(['qua_han_bo_sung']);
});

test('obstacles have the seven groups of the national report', () => {
  expect(obstacles.map((o) => o.code)).toEqual([
    'phap_ly',
    'phan_mem_lien_thong',
    'cong_dvc',
    'phan_mem_ho_tich',
    'bhxh',
    'lao_dong_xa_hoi',
    'khac',
  ]);
});

test('each chain has three outside systems on every day, unverified, with fields that the record knows', () => {
  for (const chain of ['birth', 'death'] as const)
    for (const date of ['2023-07-10', '2026-08-31', '2026-09-01', '2027-03-01'])
      expect(
        outsideSystems
          .filter((s) => s.chain === chain && s.from <= date && date <= (s.to ?? '9999'))
          .map((s) => [s.code, s.component]),
      ).toEqual([
        ['lien_thong', null],
        ['ho_tich', chain === 'birth' ? 'K1' : 'T1'],
        ['mot_cua', null],
      ]);
  for (const system of outsideSystems) {
    expect(system.verified).toBe(false);
    expect(fieldRule(system.chain, `entered.${system.code}`)?.kind).toBe('flag');
    for (const { label, from } of system.fields) {
      expect(label).not.toBe('');
      expect(from.length, label).toBeGreaterThan(0);
      for (const key of from)
        expect(
          /^dossier\.(code|receivedOn|due)$/.test(key) || fieldRule(system.chain, key) !== undefined,
          key,
        ).toBe(true);
    }
  }
});

test('no text that has ended is cited as verified law of a later day', () => {
  const ended: readonly (readonly [RegExp, string])[] = [
    [/NĐ 13\/2023|QĐ 42\/2016/, '2023-07-10'],
    [/NĐ 61\/2018|TT 01\/2018/, '2025-07-01'],
    [/58\/2014\/QH13/, '2025-07-01'],
    [/Luật Hộ tịch 2014/, '2027-03-01'],
  ];
  const sourced = [catalogue.facts, requirements, reasons, funeralGroups, outsideSystems, regimes].flat();
  for (const [text, end] of ended)
    expect(
      sourced
        .filter((r) => text.test(r.source) && r.verified && (r.to === null || r.to >= end))
        .map((r) => r.source),
    ).toEqual([]);
});

test('the form offers the funeral groups of the catalogue', () => {
  expect(fieldRule('death', 'funeral.group')?.choices).toEqual([
    ...new Set(funeralGroups.map((g) => g.code)),
  ]);
});

test('the catalogue tells its version by day and number', () => {
  expect(catalogue.version).toMatch(/^\d{4}-\d{2}-\d{2}\.\d+$/);
});
