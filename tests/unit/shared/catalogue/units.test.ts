/** Administrative units: counts at known days, re-used codes, the tree of a day. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { specialDays } from '../../../../shared/catalogue/holidays.ts';
import {
  childrenOn,
  communesOn,
  countUnitsOn,
  isCommune,
  isKnownCode,
  isWithin,
  pathOn,
  peoplesCommittee,
  unitByKey,
  unitOn,
  units,
} from '../../../../shared/catalogue/units.ts';
import { must } from '../../../../shared/lib/must.ts';

const root = path.resolve(import.meta.dirname, '../../../..');

test('the generated catalogue is what the source tables give', async () => {
  const build = (await import(path.join(root, 'build/catalogue.mjs'))) as {
    generatedCatalogue(): Record<string, string>;
  };
  const generated = build.generatedCatalogue();
  expect(Object.keys(generated).sort()).toEqual(['holidays.json', 'successors.json', 'units.json']);
  for (const [name, text] of Object.entries(generated))
    expect(
      readFileSync(path.join(root, 'shared/catalogue/data', name), 'utf8') === text,
      `run node build/catalogue.mjs: ${name}`,
    ).toBe(true);
  expect([units.length, specialDays.size]).toEqual([518 + 186, 77]);
});

test.each([
  ['2023-09-19', 22, 312],
  ['2024-12-31', 22, 312],
  ['2025-01-15', 22, 273],
  ['2025-06-30', 22, 273],
])('on %s the city has %i districts and %i communes below them', (date, districts, communes) => {
  expect(childrenOn('79', date)).toHaveLength(districts);
  expect(childrenOn('79', date).filter(isCommune)).toEqual([]);
  expect(communesOn('79', date)).toHaveLength(communes);
});
test.each(['2025-07-01', '2026-11-22'])('on %s the city has 168 communes and no districts', (date) => {
  expect(childrenOn('79', date)).toHaveLength(168);
  expect(communesOn('79', date)).toHaveLength(168);
  expect(childrenOn('79', date).every(isCommune)).toBe(true);
});

test('a code alone does not name a unit: 26740 was Bến Nghé and is Sài Gòn', () => {
  expect(unitOn('26740', '2025-06-30')?.name).toBe('Phường Bến Nghé');
  expect(unitOn('26740', '2025-07-01')?.name).toBe('Phường Sài Gòn');
  expect(unitOn('26740', '2025-06-30')?.key).not.toBe(unitOn('26740', '2025-07-01')?.key);
  expect(pathOn('26740', '2025-06-30').map((u) => u.code)).toEqual(['26740', '760', '79']);
  expect(pathOn('26740', '2025-07-01').map((u) => u.code)).toEqual(['26740', '79']);
});

test.each([
  ['26740', '79', '2025-06-30', true],
  ['26740', '760', '2025-06-30', true],
  ['26740', '760', '2025-07-01', false],
  ['26740', '79', '2025-07-01', true],
  ['26740', '26740', '2026-11-20', true],
  ['79', '26740', '2026-11-20', false],
  ['26740', '26743', '2026-11-20', false],
  ['760', '79', '2025-06-30', true],
  ['760', '79', '2025-07-01', false],
  ['99999', '79', '2026-11-20', false],
])('%s lies within %s on %s: %s', (code, office, date, within) => {
  expect(isWithin(code, office, date)).toBe(within);
});

test('an unknown code, a code before its time and an unknown key are nobody', () => {
  expect([isKnownCode('99999'), unitOn('99999', '2026-11-20'), unitByKey('26740')]).toEqual([
    false,
    undefined,
    undefined,
  ]);
  expect([isKnownCode('760'), unitOn('760', '2025-07-01')]).toEqual([true, undefined]);
  expect(countUnitsOn('760', '2026-01-01')).toEqual([]);
});

test('a ward counts itself, the city counts its children, by the tree of that day', () => {
  expect(countUnitsOn('26743', '2026-11-20').map((u) => u.name)).toEqual(['Phường Bến Thành']);
  expect(countUnitsOn('79', '2023-09-19')).toHaveLength(22);
  expect(countUnitsOn('79', '2026-11-20')).toHaveLength(168);
});

test.each([
  ['26743', '2025-07-01', 'Ủy ban nhân dân phường Bến Thành', 'ỦY BAN NHÂN DÂN PHƯỜNG BẾN THÀNH'],
  ['26743', '2025-06-30', 'Ủy ban nhân dân phường Bến Thành', 'ỦY BAN NHÂN DÂN PHƯỜNG BẾN THÀNH'],
  ['26740', '2025-06-30', 'Ủy ban nhân dân phường Bến Nghé', 'ỦY BAN NHÂN DÂN PHƯỜNG BẾN NGHÉ'],
  ['26740', '2025-07-01', 'Ủy ban nhân dân phường Sài Gòn', 'ỦY BAN NHÂN DÂN PHƯỜNG SÀI GÒN'],
  ['26890', '2025-06-30', 'Ủy ban nhân dân Phường 1', 'ỦY BAN NHÂN DÂN PHƯỜNG 1'],
  ['27676', '2025-07-01', 'Ủy ban nhân dân xã Thạnh An', 'ỦY BAN NHÂN DÂN XÃ THẠNH AN'],
  ['27496', '2025-06-30', 'Ủy ban nhân dân thị trấn Củ Chi', 'ỦY BAN NHÂN DÂN THỊ TRẤN CỦ CHI'],
  ['26732', '2025-07-01', 'Ủy ban nhân dân đặc khu Côn Đảo', 'ỦY BAN NHÂN DÂN ĐẶC KHU CÔN ĐẢO'],
  ['760', '2025-06-30', 'Ủy ban nhân dân Quận 1', 'ỦY BAN NHÂN DÂN QUẬN 1'],
  ['764', '2025-06-30', 'Ủy ban nhân dân quận Gò Vấp', 'ỦY BAN NHÂN DÂN QUẬN GÒ VẤP'],
  ['783', '2025-06-30', 'Ủy ban nhân dân huyện Củ Chi', 'ỦY BAN NHÂN DÂN HUYỆN CỦ CHI'],
  ['769', '2025-06-30', 'Ủy ban nhân dân thành phố Thủ Đức', 'ỦY BAN NHÂN DÂN THÀNH PHỐ THỦ ĐỨC'],
  ['79', '2025-07-01', 'Ủy ban nhân dân Thành phố Hồ Chí Minh', 'ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH'],
])("the People's Committee of %s on %s", (code, date, text, head) => {
  const unit = must(unitOn(code, date), code);
  expect([peoplesCommittee(unit), peoplesCommittee(unit).toUpperCase()]).toEqual([text, head]);
});

test('every unit has a committee with the word of its kind once', () => {
  for (const unit of units)
    expect(peoplesCommittee(unit).toLowerCase()).toBe(`ủy ban nhân dân ${unit.name}`.toLowerCase());
});

describe('the table as a whole', () => {
  test('keys are unique and dates run forward', () => {
    expect(new Set(units.map((u) => u.key)).size).toBe(units.length);
    for (const u of units) expect(u.validTo === null || u.validFrom <= u.validTo, u.key).toBe(true);
  });
  test('no code names two units on one day', () => {
    const byCode = Map.groupBy(units, (u) => u.code);
    for (const [code, same] of byCode) {
      const sorted = [...same].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
      for (let i = 1; i < sorted.length; i++)
        expect((sorted[i - 1]?.validTo ?? '9999') < (sorted[i]?.validFrom ?? ''), code).toBe(true);
    }
  });
  test('on any day every commune below the city leads up to it', () => {
    const day = fc
      .integer({ min: 0, max: 2200 })
      .map((n) => new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (date) => {
        for (const u of communesOn('79', date)) {
          expect(pathOn(u.code, date).at(-1)?.code).toBe('79');
          expect(unitByKey(u.key)).toBe(u);
        }
      }),
      { numRuns: 60 },
    );
  });
});
