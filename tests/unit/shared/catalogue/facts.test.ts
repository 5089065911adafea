/** The values of the law by date: no gap, no overlap, what was not read is marked, and every key that is named exists. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { facts } from '../../../../shared/catalogue/facts.ts';
import {
  agencyOn,
  factGroups,
  factOn,
  factUnits,
  isValidOn,
  numberOn,
  type Validity,
} from '../../../../shared/catalogue/law.ts';
import { checkCorrection } from '../../../../shared/domain/corrected.ts';
import { addDays, isLocalDate } from '../../../../shared/lib/local-date.ts';

const keys = [...new Set(facts.map((f) => f.key))];
const value = (key: string, date: string) => factOn(catalogue, key, date)?.value;
const firstDay = (rows: readonly Validity[]) => rows.map((r) => r.from).sort()[0] ?? '';
/** What begins later than the chains: a card, a pension and a support that did not exist. */
const LATER: Readonly<Record<string, string>> = {
  'limit.K4': '2026-09-01',
  'agency.idCard': '2026-09-01',
  'sum.socialPension': '2025-07-01',
};

describe.each(keys)('%s', (key) => {
  const versions = facts.filter((f) => f.key === key);
  test('its versions follow each other day by day, from the first day on and without end', () => {
    const sorted = [...versions].sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const [i, row] of sorted.entries()) {
      expect(isLocalDate(row.from)).toBe(true);
      const next = sorted[i + 1];
      expect(row.to).toBe(next ? addDays(next.from, -1) : null);
      expect(row.to === null || row.from <= row.to).toBe(true);
    }
    const first = firstDay(versions);
    expect(first > '2023-07-10' ? first : '2023-07-10').toBe(LATER[key] ?? '2023-07-10');
  });
  test('has one name, group and unit, a source, and no empty value that claims to be verified', () => {
    expect(new Set(versions.map((f) => `${f.name}|${f.group}|${f.unit}`)).size).toBe(1);
    for (const row of versions) {
      expect(factGroups).toContain(row.group);
      expect(factUnits).toContain(row.unit);
      expect(row.source).not.toBe('');
      expect(row.name).toMatch(/^\p{Lu}/u);
      if (row.value === '') expect(row.verified).toBe(false);
      else expect(checkCorrection(catalogue, row)).toBeNull();
    }
  });
});

function named(): readonly (readonly [key: string, rows: Validity])[] {
  const ofRegimes = catalogue.regimes.flatMap((regime) =>
    Object.values(regime.chains).flatMap((chain) => [
      [chain.procedure, regime] as const,
      ...[chain.chainLimit, ...chain.components.map((c) => c.limit)].flatMap((l) =>
        l.kind === 'working_days' ? [[l.days, regime] as const] : [],
      ),
      ...chain.components.map((c) => [c.agency, regime] as const),
    ]),
  );
  const ofGroups = catalogue.funeralGroups.flatMap((g) => [[g.base, g] as const, [g.times, g] as const]);
  return [...ofRegimes, ...ofGroups];
}
test('every fact that a regime or a funeral group names exists on every day on which it is named', () => {
  expect(named().length).toBeGreaterThan(60);
  for (const [key, { from, to }] of named())
    for (let day = from; day <= (to ?? '2029-12-31'); day = addDays(day, 1))
      expect(facts.filter((f) => f.key === key && isValidOn(f, day)).length, `${key} ${day}`).toBe(1);
});

test.each([
  ['limit.chain.birth', '2023-07-10', '20', false],
  ['limit.chain.birth', '2024-07-01', '3', true],
  ['limit.chain.birth', '2026-08-31', '3', true],
  ['limit.chain.birth', '2026-09-01', '3', false],
  ['limit.chain.death', '2026-11-23', '', false],
  ['limit.K2', '2026-11-23', '3', false],
  ['limit.K3', '2026-11-23', '2', false],
  ['limit.K4', '2026-11-23', '', false],
  ['limit.T2', '2026-11-23', '2', false],
  ['limit.T3', '2026-11-23', '3', false],
  ['limit.T4', '2026-11-23', '', false],
  ['limit.T5', '2026-11-23', '', false],
  ['limit.supplement', '2026-11-23', '7', true],
  ['limit.duty.birth', '2026-11-23', '60', true],
  ['limit.duty.death', '2026-11-23', '15', true],
  ['limit.duty.birth', '2027-03-01', '60', false],
  ['limit.duty.death', '2027-03-01', '15', false],
  ['procedure.birth', '2024-07-01', '2.002621', true],
  ['procedure.birth', '2026-08-31', '2.002621', true],
  ['procedure.birth', '2026-09-01', '3.000722', true],
  ['procedure.death', '2026-08-31', '2.002622', true],
  ['procedure.death', '2026-09-01', '2.002913', true],
  ['procedure.T1', '2026-11-23', '1.000656', true],
  ['procedure.K1', '2026-11-23', '1.001193', false],
  ['procedure.T3', '2026-11-23', '1.001731', false],
  ['sum.baseSalary', '2024-06-30', '1800000', false],
  ['sum.baseSalary', '2024-07-01', '2340000', false],
  ['sum.baseSalary', '2026-07-01', '2530000', true],
  ['sum.socialAllowance', '2024-06-30', '360000', false],
  ['sum.socialAllowance', '2024-07-01', '500000', false],
  ['sum.socialAllowance', '2026-07-01', '540000', false],
  ['sum.cremation.priority', '2026-11-23', '2500000', false],
  ['sum.cremation.other', '2026-11-23', '1500000', false],
  ['reception.sameDayUntil', '2026-11-23', '15:00', true],
  ['reception.hours.weekday', '2026-11-23', '07:30-11:30, 13:00-17:00', true],
  ['reception.hours.saturday', '2026-11-23', '07:30-11:30', true],
  ['reception.extensions', '2026-11-23', '1', false],
  ['wording.deathPaper', '2027-02-28', 'Trích lục khai tử', true],
  ['wording.deathPaper', '2027-03-01', 'Giấy chứng tử', true],
  ['agency.reception', '2025-06-30', 'Bộ phận Tiếp nhận và Trả kết quả', true],
  ['agency.reception', '2025-07-01', 'Trung tâm Phục vụ hành chính công', true],
  ['agency.insurance', '2025-02-28', 'Bảo hiểm xã hội cấp huyện', true],
  ['agency.insurance', '2025-03-01', 'Bảo hiểm xã hội cấp huyện', false],
  ['agency.insurance', '2025-07-01', 'Bảo hiểm xã hội cơ sở', false],
  ['agency.funeral', '2025-06-30', 'Ủy ban nhân dân cấp huyện', false],
  ['agency.funeral', '2025-07-01', 'Ủy ban nhân dân cấp xã', false],
])('%s on %s is "%s", verified: %s', (key, date, is, verified) => {
  expect(factOn(catalogue, key, date)).toMatchObject({ value: is, verified });
});

test('the two codes that public pages print for mai táng are both told, and none is called verified', () => {
  expect(factOn(catalogue, 'procedure.T3', '2026-11-23')?.source).toMatch(
    /1\.001731.*1\.001850.*cần xác nhận/,
  );
});

test('the exemption of fees ends on 31/12/2025: afterwards nothing is promised, least of all 0 đồng', () => {
  for (const key of ['fee.birth.online', 'fee.death.online']) {
    expect(numberOn(catalogue, key, '2025-12-31'), key).toBe(0);
    expect(numberOn(catalogue, key, '2026-01-01'), key).toBeNull();
    expect(value(key, '2024-05-28'), key).toBe('');
  }
});

test('no agency of a district is left after 30/06/2025, none of the labour ministry after 28/02/2025', () => {
  for (const row of facts.filter((f) => f.group === 'agency')) {
    if (isValidOn(row, '2025-07-01')) expect(row.value, row.key).not.toMatch(/huyện|quận/i);
    if (isValidOn(row, '2025-03-01')) expect(row.value, row.key).not.toMatch(/Lao động/i);
  }
});

test.each([
  ['agency.civilStatus', {}, '2025-06-30', 'Ủy ban nhân dân cấp xã'],
  ['agency.civilStatus', { foreign: '1' }, '2025-06-30', 'Ủy ban nhân dân cấp huyện'],
  ['agency.civilStatus', { foreign: '1' }, '2025-07-01', 'Ủy ban nhân dân cấp xã'],
  ['agency.police', { foreign: '1' }, '2025-06-30', 'Công an cấp xã'],
  ['agency.funeral', { 'funeral.group': 'bao_tro_xa_hoi' }, '2025-02-28', 'Ủy ban nhân dân cấp huyện'],
  ['agency.funeral', { 'funeral.group': 'bhxh' }, '2026-11-23', 'Bảo hiểm xã hội cơ sở'],
  ['agency.funeral', { foreign: '1', 'funeral.group': 'bhxh' }, '2025-02-28', 'Bảo hiểm xã hội cấp huyện'],
  ['agency.survivor', {}, '2025-06-30', 'Bảo hiểm xã hội cấp huyện'],
  [
    'agency.funeral',
    { 'funeral.group': 'nguoi_co_cong' },
    '2025-02-28',
    'Sở Lao động - Thương binh và Xã hội',
  ],
  ['agency.survivor', { 'funeral.group': 'nguoi_co_cong' }, '2025-03-01', 'Sở Nội vụ'],
])('%s of a case %o on %s is %s', (key, of, date, is) => {
  expect(agencyOn(catalogue, key, of as Record<string, string>, date)?.value).toBe(is);
});

test('an agency that the catalogue does not know is none', () => {
  expect(agencyOn(catalogue, 'agency.idCard', {}, '2026-08-31')).toBeUndefined();
});
