/** Mai táng by group and date of death: the sums of three base salaries, and silence where the law says nothing. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { corrected } from '../../../../shared/domain/corrected.ts';
import { cremationSums, funeralSum } from '../../../../shared/domain/funeral-sum.ts';

const sum = (group: string, diedOn: string) => funeralSum({ catalogue, group, diedOn });

test.each([
  ['bhxh', '2023-06-30', 14_900_000],
  ['bhxh', '2023-07-10', 18_000_000],
  ['bhxh', '2024-06-30', 18_000_000],
  ['bhxh', '2024-07-01', 23_400_000],
  ['bhxh', '2026-06-30', 23_400_000],
  ['bhxh', '2026-07-01', 25_300_000],
  ['bhxh', '2026-11-23', 25_300_000],
  ['nguoi_co_cong', '2024-07-01', 23_400_000],
  ['nguoi_co_cong', '2026-07-01', 25_300_000],
  ['cuu_chien_binh', '2023-07-10', 18_000_000],
  ['bao_tro_xa_hoi', '2024-06-30', 7_200_000],
  ['bao_tro_xa_hoi', '2024-07-01', 10_000_000],
  ['bao_tro_xa_hoi', '2026-06-30', 10_000_000],
  ['bao_tro_xa_hoi', '2026-07-01', 10_800_000],
  ['khan_cap', '2021-08-15', 18_000_000],
  ['khan_cap', '2024-07-01', 25_000_000],
  ['khan_cap', '2026-07-01', 27_000_000],
  ['huu_tri_xa_hoi', '2025-07-01', 10_000_000],
  ['huu_tri_xa_hoi', '2026-11-23', 10_000_000],
])('%s, died on %s: %i đồng', (group, diedOn, amount) => {
  expect(sum(group, diedOn).amount).toBe(amount);
});

test.each([
  ['huu_tri_xa_hoi', '2025-06-30'],
  ['khac', '2026-11-23'],
  ['bhxh', '1996-01-02'],
  ['', '2026-11-23'],
  ['khong_co', '2026-11-23'],
  ['bhxh', ''],
])('group "%s", died on "%s": nothing is promised', (group, diedOn) => {
  expect(sum(group, diedOn)).toMatchObject({ amount: null, verified: false });
});

describe('legal basis and how sure it is', () => {
  test('BHXH from 01/07/2026 is the one that was read from rule to base', () => {
    const verified = catalogue.funeralGroups.flatMap((g) =>
      ['2023-08-01', '2025-08-01', '2026-08-01']
        .filter((d) => sum(g.code, d).verified)
        .map((d) => [g.code, d]),
    );
    expect(new Map(verified as [string, string][])).toEqual(new Map([['bhxh', '2026-08-01']]));
  });
  test('before 01/07/2025 it cites the law of 2014, afterwards that of 2024', () => {
    expect(sum('bhxh', '2025-06-30').basis).toContain('58/2014/QH13');
    expect(sum('bhxh', '2025-07-01').basis).toContain('41/2024/QH15');
    expect(sum('bhxh', '2026-07-01').source).toMatch(/41\/2024.*161\/2026/);
  });
  test('a corrected base counts at once, under the source that was given', () => {
    const source = 'NQ giả định của HĐND Thành phố';
    const law = corrected(catalogue, [
      { key: 'sum.socialAllowance', from: '2026-07-01', value: '650000', source },
    ]);
    const now = funeralSum({ catalogue: law, group: 'bao_tro_xa_hoi', diedOn: '2026-11-23' });
    expect(now).toMatchObject({ amount: 13_000_000, verified: false });
    expect(now.source).toContain(source);
    expect(funeralSum({ catalogue: law, group: 'bao_tro_xa_hoi', diedOn: '2026-06-30' }).amount).toBe(
      10_000_000,
    );
  });
});

test('the city supports a cremation with two sums, to be confirmed, and with none before its decision', () => {
  expect(cremationSums({ catalogue, diedOn: '2026-11-23' })).toMatchObject([
    { amount: 2_500_000, verified: false },
    { amount: 1_500_000, verified: false },
  ]);
  expect(cremationSums({ catalogue, diedOn: '2015-03-20' })).toEqual([]);
});
