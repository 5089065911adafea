/**
 * Sums of the law by date: base salary, social allowance, multiples, support for a cremation. They go by the date of
 * death, so their rows reach back before the roll-out of the chains.
 */
import { fact, type Kind, UNREAD } from './fact-row.ts';
import type { Fact } from './law.ts';

const sum = (key: string, name: string, unit: Fact['unit']): Kind => ({
  key: `sum.${key}`,
  group: 'sum',
  name,
  unit,
});
const SUMS_FROM = '2019-07-01';
const TIMES = (
  key: string,
  name: string,
  value: string,
  verified: boolean,
  source: string,
): readonly Fact[] => fact(sum(`times.${key}`, name, 'times'), [SUMS_FROM, null, value, verified, source]);
export const sums: readonly Fact[] = [
  ...fact(
    sum('baseSalary', 'Lương cơ sở (mức tham chiếu)', 'dong'),
    [SUMS_FROM, '2023-06-30', '1490000', false, `NĐ 38/2019/NĐ-CP, ${UNREAD}`],
    ['2023-07-01', '2024-06-30', '1800000', false, `NĐ 24/2023/NĐ-CP, ${UNREAD}`],
    ['2024-07-01', '2026-06-30', '2340000', false, `NĐ 73/2024/NĐ-CP, ${UNREAD}`],
    ['2026-07-01', null, '2530000', true, 'NĐ 161/2026/NĐ-CP'],
  ),
  ...fact(
    sum('socialAllowance', 'Mức chuẩn trợ giúp xã hội', 'dong'),
    [SUMS_FROM, '2021-06-30', '270000', false, `NĐ 136/2013/NĐ-CP, ${UNREAD}`],
    ['2021-07-01', '2024-06-30', '360000', false, `NĐ 20/2021/NĐ-CP, ${UNREAD}`],
    ['2024-07-01', '2026-06-30', '500000', false, `NĐ 76/2024/NĐ-CP, ${UNREAD}`],
    [
      '2026-07-01',
      null,
      '540000',
      false,
      'NĐ 335/2026/NĐ-CP, áp dụng từ 01/07/2026; ngày có hiệu lực hai nguồn ghi khác nhau (01/09, 05/10/2026), mức riêng của TP.HCM cần xác nhận',
    ],
  ),
  ...fact(sum('socialPension', 'Hỗ trợ mai táng người hưởng trợ cấp hưu trí xã hội', 'dong'), [
    '2025-07-01',
    null,
    '10000000',
    false,
    `NĐ 176/2025/NĐ-CP, ${UNREAD}`,
  ]),
  ...fact(sum('otherFuneral', 'Mai táng, nhóm khác', 'dong'), [
    SUMS_FROM,
    null,
    '',
    false,
    'Chưa có mức; ghi theo quyết định của từng trường hợp',
  ]),
  ...TIMES(
    'bhxh',
    'Số lần lương cơ sở, nhóm BHXH',
    '10',
    true,
    'Luật BHXH 41/2024/QH15, điều 85; trước 01/07/2025: Luật BHXH 2014, điều 66',
  ),
  ...TIMES(
    'nguoiCoCong',
    'Số lần lương cơ sở, người có công',
    '10',
    false,
    `Pháp lệnh 02/2020/UBTVQH14, NĐ 131/2021/NĐ-CP, ${UNREAD}`,
  ),
  ...TIMES(
    'cuuChienBinh',
    'Số lần lương cơ sở, cựu chiến binh, thanh niên xung phong',
    '10',
    false,
    `QĐ 290/2005, 142/2008, 62/2011, 49/2015, NĐ 150/2006, ${UNREAD}`,
  ),
  ...TIMES(
    'socialAllowance',
    'Số lần mức chuẩn, bảo trợ xã hội',
    '20',
    false,
    `NĐ 20/2021/NĐ-CP, điều 11, ${UNREAD}`,
  ),
  ...TIMES('emergency', 'Số lần mức chuẩn, trợ giúp khẩn cấp', '50', false, `NĐ 20/2021/NĐ-CP, ${UNREAD}`),
  ...TIMES('once', 'Mức chi trả một lần', '1', true, 'Mức ghi thẳng bằng số tiền'),
  ...fact(sum('cremation.priority', 'Hỗ trợ hỏa táng, đối tượng ưu tiên (TP.HCM)', 'dong'), [
    '2015-03-21',
    null,
    '2500000',
    false,
    'QĐ 14/2015/QĐ-UBND TP.HCM ngày 21/03/2015; còn hiệu lực sau sắp xếp hay không cần xác nhận',
  ]),
  ...fact(sum('cremation.other', 'Hỗ trợ hỏa táng, đối tượng còn lại (TP.HCM)', 'dong'), [
    '2015-03-21',
    null,
    '1500000',
    false,
    'QĐ 14/2015/QĐ-UBND TP.HCM ngày 21/03/2015; còn hiệu lực sau sắp xếp hay không cần xác nhận',
  ]),
];
