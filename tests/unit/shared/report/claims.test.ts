/** Every figure of the seeds that the domain brief judged (7.3): what does not come out is told, what does is left alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Claim,
  checkClaims,
  checkTotal,
  decimal,
  readAmount,
  readPercent,
} from '../../../../shared/report/claims.ts';

const rate = (part: string, of: string, printed: string): Claim => ({ kind: 'rate', part, of, printed });
const sum = (parts: readonly string[], printed: string): Claim => ({ kind: 'sum', parts, printed });
const told = (claim: Claim) => checkClaims([claim]).map((f) => `${f.code}: ${f.sentence}`);

describe('figures that come out', () => {
  test.each<[string, Claim]>([
    ['linked procedures, processed', rate('194', '1.438', '13,49')],
    ['linked procedures, full success of received', rate('59', '1.438', '4,10')],
    ['linked procedures, full success of processed', rate('59', '194', '30,41')],
    ['birth', rate('191', '1.320', '14,47%')],
    ['birth, remainder', sum(['191', '1.129'], '1.320')],
    ['death', rate('3', '94', '3,19%')],
    ['death, remainder', sum(['3', '91'], '94')],
    ['processed, both', sum(['191', '3'], '194')],
    ['Chữ thập đỏ', rate('149.699', '194.197', '77,1%')],
    ['Chữ thập đỏ, parts', sum(['135.998', '13.701'], '149.699')],
    ['Chữ thập đỏ, parts of the target', sum(['169.263', '24.934'], '194.197')],
    ['hội viên', rate('135.998', '169.263', '80,3%')],
    ['tình nguyện viên', rate('13.701', '24.934', '54,9%')],
    ['An sinh xã hội', rate('158.035', '158.038', '99,998%')],
    ['giấy chứng sinh typed by hand', rate('13.352', '73.080', '18,27%')],
    ['giấy báo tử typed by hand', rate('1.317', '2.118', '62,18%')],
    ['accounts 9/2023', rate('4.722.334', '5.454.179', '86,6 %')],
    ['active accounts 6/2024', rate('4.553.237', '5.648.732', '80.6%')],
    ['accounts, permanent and temporary', sum(['4.609.298', '1.039.434'], '5.648.732')],
    ['systems with a level', rate('296', '337', '87,8%')],
    ['systems implemented', rate('276', '296', '93,2%')],
    ['IT budget', rate('1.828,923', '149.976,789', '1,22%')],
    ['PAKN answered', sum(['557', '32'], '589')],
    ['TTHC 2024', sum(['1.498', '248', '128'], '1.874')],
    ['TTHC 2024, changes', sum(['75', '251', '10', '86'], '422')],
    ['TTHC 2023', sum(['1509', '228', '130'], '1.867')],
    ['TTHC 2023, changes', sum(['89', '166', '58', '83'], '396')],
    ['ASM rate', rate('3.070', '3.694', '83,1%')],
    ['health facilities', rate('383', '394', '97,2%')],
    ['người có công', sum(['4.638', '1.761'], '6.399')],
    ['35 models', sum(['21', '02', '12'], '35')],
    ['12 models', sum(['3', '4', '5'], '12')],
    ['22 tasks by result', sum(['12', '3', '3', '4'], '22')],
    ['22 tasks by year', sum(['3', '19'], '22')],
    ['29 issues', sum(['02', '04', '01', '09', '01', '05', '07'], '29')],
    ['national ASXH, people', sum(['171.133', '56.788', '8.911'], '236.832')],
    ['national ASXH, reviewed', rate('4.080.134', '4.858.819', '83,97%')],
    ['national ASXH, accounts', rate('786.173', '4.858.819', '16,18%')],
    ['procedures simplified', rate('375', '1.086', '34,53%')],
    ['procedures left', sum(['711', '375'], '1.086')],
    ['education offices', rate('436', '442', '98,64')],
    ['cashless transactions', rate('283.269', '356.431', '79,47%')],
    ['PL 10, row 2', rate('77', '78', '98,72%')],
    ['PL 10, total rate', rate('3278', '3806', '86,13%')],
  ])('%s', (_, claim) => {
    expect(told(claim)).toEqual([]);
  });
});

describe('figures that do not', () => {
  test.each<[string, Claim, string[]]>([
    [
      'linked procedures, received',
      sum(['1.320', '94'], '1.438'),
      ['SUM_DIFFERS: 1.320 + 94 = 1.414, báo cáo ghi 1.438: lệch 24'],
    ],
    [
      'An sinh xã hội at one decimal',
      rate('158.035', '158.038', '100,0%'),
      [
        'PERCENT_READS_FALSELY: 158.035/158.038 = 99,998%, báo cáo ghi 100,0%: đọc nhầm là tròn, cần thêm số lẻ',
      ],
    ],
    [
      'VNeID',
      rate('5.231.449', '5.454.179', '95.91%'),
      ['PERCENT_TRUNCATED: 5.231.449/5.454.179 = 95,92%, báo cáo ghi 95,91%: cắt bỏ số lẻ thay vì làm tròn'],
    ],
    [
      'active accounts fall',
      { kind: 'not_falling', what: 'Tài khoản kích hoạt', earlier: '4.588.105', later: '4.553.237' },
      ['FALLS: Tài khoản kích hoạt: 4.588.105 rồi 4.553.237, số luỹ kế giảm 34.868'],
    ],
    [
      'accounts, three figures',
      { kind: 'same', what: 'Tài khoản đã cấp', printed: ['5.608.825', '5.648.732', '5.231.449'] },
      ['SAME_DIFFERS: Tài khoản đã cấp: báo cáo ghi 5.608.825 và 5.648.732 và 5.231.449, không khớp nhau'],
    ],
    [
      'digital signatures',
      { kind: 'same', what: 'Dân số có chữ ký số', printed: ['25%', '32,10%'] },
      ['SAME_DIFFERS: Dân số có chữ ký số: báo cáo ghi 25% và 32,10%, không khớp nhau'],
    ],
    [
      'PAKN',
      sum(['2.266', '589'], '2.675'),
      ['SUM_DIFFERS: 2.266 + 589 = 2.855, báo cáo ghi 2.675: lệch 180'],
    ],
    [
      'PAKN followed up',
      { kind: 'same', what: 'PAKN theo dõi', printed: ['208', '589'] },
      ['SAME_DIFFERS: PAKN theo dõi: báo cáo ghi 208 và 589, không khớp nhau'],
    ],
    [
      'ASM facilities',
      sum(['3.271', '103', '322'], '3.694'),
      ['SUM_DIFFERS: 3.271 + 103 + 322 = 3.696, báo cáo ghi 3.694: lệch 2'],
    ],
    [
      'ASM in use',
      sum(['2.684', '66', '322'], '3.070'),
      ['SUM_DIFFERS: 2.684 + 66 + 322 = 3.072, báo cáo ghi 3.070: lệch 2'],
    ],
    [
      'PL 9, total row: right arithmetic, wrong columns',
      rate('8.013', '7.724', '103,74'),
      ['RATE_ABOVE_100: 8.013/7.724 = 103,7%: trên 100%, tử số và mẫu số lấy từ hai cột khác nhau'],
    ],
    [
      'PL 9, Cần Giờ',
      rate('23', '19', '121,05'),
      ['RATE_ABOVE_100: 23/19 = 121,1%: trên 100%, tử số và mẫu số lấy từ hai cột khác nhau'],
    ],
    [
      'PL 9, Tân Bình: more results than receipts',
      { kind: 'at_most', what: 'Quận Tân Bình, trả kết quả', value: '133', limit: '121' },
      ['EXCEEDS: Quận Tân Bình, trả kết quả: 133 lớn hơn 121, lệch 12'],
    ],
    [
      'fines: the text against PL 10',
      { kind: 'same', what: 'Xử lý vi phạm giao thông', printed: ['70%', '78,84%'] },
      ['SAME_DIFFERS: Xử lý vi phạm giao thông: báo cáo ghi 70% và 78,84%, không khớp nhau'],
    ],
    [
      'vehicles: "từ 86% trở lên"',
      { kind: 'at_least', bound: '86%', printed: ['95,66%', '69,81%', '63,50%'] },
      [
        'BELOW_BOUND: Báo cáo ghi từ 86% trở lên, bảng ghi 69,81%: thiếu 16,19 điểm',
        'BELOW_BOUND: Báo cáo ghi từ 86% trở lên, bảng ghi 63,50%: thiếu 22,50 điểm',
      ],
    ],
    [
      'national ASXH, money',
      { kind: 'more_than', parts: ['136,2', '179,6', '7,63'], bound: '323,5' },
      ['LESS_THAN_TOLD: 136,2 + 179,6 + 7,63 = 323,43, báo cáo ghi hơn 323,5: thiếu 0,07'],
    ],
    [
      '27 of 32',
      rate('27', '32', '84,3%'),
      ['PERCENT_TRUNCATED: 27/32 = 84,4%, báo cáo ghi 84,3%: cắt bỏ số lẻ thay vì làm tròn'],
    ],
    [
      '113 of 114',
      rate('113', '114', '99%'),
      ['PERCENT_WHOLE: 113/114 = 99,1%, báo cáo ghi 99%: bỏ phần lẻ'],
    ],
    [
      '612.000 of 663.729',
      rate('612.000', '663.729', '92,7%'),
      ['PERCENT_WRONG: 612.000/663.729 = 92,2%, báo cáo ghi 92,7%: sai, hoặc tính từ số khác'],
    ],
    [
      '146.000 of 237.000',
      rate('146.000', '237.000', '61,3%'),
      ['PERCENT_WRONG: 146.000/237.000 = 61,6%, báo cáo ghi 61,3%: sai, hoặc tính từ số khác'],
    ],
    [
      'late tasks',
      { kind: 'same', what: 'Nhiệm vụ chậm tiến độ', printed: ['24', '25'] },
      ['SAME_DIFFERS: Nhiệm vụ chậm tiến độ: báo cáo ghi 24 và 25, không khớp nhau'],
    ],
    [
      'a rate of nothing',
      rate('0', '0', '100%'),
      ['PERCENT_OF_NOTHING: 0/0: không có số để chia, báo cáo ghi 100%'],
    ],
    [
      'an unreadable rate',
      rate('1', '2', 'năm mươi'),
      ['PRINTED_UNREADABLE: 1/2: không đọc được tỷ lệ "năm mươi"'],
    ],
  ])('%s', (_, claim, expected) => {
    expect(told(claim)).toEqual(expected);
  });
});

describe('a printed total that sums only some rows (PL 10)', () => {
  const rows = [0, 78, 593, 537, 2373, 225, 3119, 18546].map((value, i) => ({
    name: `dòng ${i + 1}`,
    value,
  }));
  test('the rows left out are named', () => {
    expect(checkTotal(rows, decimal(3806))).toEqual([
      {
        code: 'TOTAL_OF_SOME_ROWS',
        sentence:
          'Cộng 8 số = 25.471, báo cáo ghi 3.806: lệch 21.665, đúng bằng khi bỏ 2 dòng: dòng 7; dòng 8',
      },
    ]);
  });
  test('a gap that no rows explain is only told', () => {
    expect(checkTotal(rows, decimal(3807)).map((f) => f.code)).toEqual(['SUM_DIFFERS']);
  });
  test('a gap that two sets of rows explain is only told', () => {
    const twins = [5, 5, 9].map((value, i) => ({ name: `${i}`, value }));
    expect(checkTotal(twins, decimal(14)).map((f) => f.code)).toEqual(['SUM_DIFFERS']);
  });
  test('a printed total above the sum leaves nothing out', () => {
    expect(checkTotal(rows, decimal(30_000)).map((f) => f.code)).toEqual(['SUM_DIFFERS']);
  });
  test('the right total is left alone', () => {
    expect(checkTotal(rows, decimal(25_471))).toEqual([]);
  });
});

test.each([
  ['1.438', 1438n, 0],
  ['1438', 1438n, 0],
  ['1 438', 1438n, 0],
  ['1,438', 1438n, 0],
  ['1.828,923', 1828923n, 3],
  ['149.976,789', 149976789n, 3],
  ['136,2', 1362n, 1],
  ['7.63', 763n, 2],
  ['02', 2n, 0],
  ['99.9', 999n, 1],
])('%s is read exactly', (text, units, decimals) => {
  expect(readAmount(text)).toEqual({ units, decimals });
});
test.each(['', 'abc', '1.2.3', '-5', '1,2,3', '٣', '1e5', '12.34,5'])('%j is no printed number', (text) => {
  expect(readAmount(text)).toBeNull();
});
test.each([
  ['99,998%', 99998n, 3],
  ['95.91 %', 9591n, 2],
  ['100', 100n, 0],
])('%s is a percentage', (text, units, decimals) => {
  expect(readPercent(text)).toEqual({ units, decimals });
});

test('a sum claim is silent exactly when the parts add up', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(10 ** 6), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: -3, max: 3 }),
      (parts, slip) => {
        const total = parts.reduce((a, b) => a + b, 0) + slip;
        fc.pre(total >= 0);
        expect(told(sum(parts.map(String), String(total))).length).toBe(slip === 0 ? 0 : 1);
      },
    ),
  );
});

test('a rate printed by the rule is never told', () => {
  fc.assert(
    fc.property(
      fc.nat(10 ** 6),
      fc.integer({ min: 1, max: 10 ** 6 }),
      fc.integer({ min: 1, max: 4 }),
      (part, of, decimals) => {
        fc.pre(part <= of);
        const units = (2n * BigInt(part) * 100n * 10n ** BigInt(decimals) + BigInt(of)) / (2n * BigInt(of));
        const text = units.toString().padStart(decimals + 1, '0');
        const printed = `${text.slice(0, -decimals)},${text.slice(-decimals)}`;
        expect(
          told(rate(String(part), String(of), printed)).filter((t) => !t.startsWith('PERCENT_READS')),
        ).toEqual([]);
      },
    ),
  );
});
