/**
 * The single values of the law, each with the days on which it holds: time limits, agencies, procedure codes, sums,
 * desk hours, fees, wording. Versions of one key follow each other without a gap from 10/07/2023 (sums: from 01/07/2019,
 * because they go by the date of death). A sentence in `source` says what is still open where `verified` is false.
 */
import { fact, type Kind, UNREAD, type Version } from './fact-row.ts';
import { sums } from './facts-sums.ts';
import type { Fact } from './law.ts';

/** First day of the two linked chains in the whole country. */
const START = '2023-07-10';
const QD296 = 'QĐ 296/QĐ-VPCP ngày 12/06/2024';

/** Since the law of 2014 ended with 28/02/2027 and the texts that follow were not read, a value goes on as a default only. */
const underCivilStatusLaws = (value: string, source2014: string): readonly Version[] => [
  [START, '2027-02-28', value, true, source2014],
  ['2027-03-01', null, value, false, `Luật Hộ tịch 03/2026/QH16, ${UNREAD}`],
];
const always = (value: string, verified: boolean, source: string): Version => [
  START,
  null,
  value,
  verified,
  source,
];

const limit = (key: string, name: string, unit: Fact['unit'] = 'working_days'): Kind => ({
  key: `limit.${key}`,
  group: 'limit',
  name,
  unit,
});
const limits: readonly Fact[] = [
  ...fact(
    limit('chain.birth', 'Thời hạn cả chuỗi khai sinh'),
    [
      START,
      '2024-06-30',
      '20',
      false,
      'Trần 20 ngày của TTLT 05/2015/TTLT-BTP-BCA-BYT; hướng dẫn 2023 cần xác nhận',
    ],
    ['2024-07-01', '2026-08-31', '3', true, QD296],
    [
      '2026-09-01',
      null,
      '3',
      false,
      `${QD296}; tổng thời hạn khi có căn cước (NĐ 301/2026/NĐ-CP) cần xác nhận`,
    ],
  ),
  ...fact(
    limit('chain.death', 'Thời hạn cả chuỗi khai tử'),
    always('', false, 'Khác nhau theo nhóm đối tượng mai táng, tử tuất; không có một con số chung'),
  ),
  ...fact(
    limit('K2', 'Thời hạn đăng ký thường trú trong chuỗi, sau khai sinh'),
    always('3', false, `${QD296}: cả chuỗi 3 ngày; thời hạn riêng ${UNREAD}`),
  ),
  ...fact(limit('K3', 'Thời hạn cấp thẻ BHYT trong chuỗi, sau khai sinh'), always('2', false, UNREAD)),
  ...fact(limit('K4', 'Thời hạn cấp thẻ căn cước trong chuỗi, sau khai sinh'), [
    '2026-09-01',
    null,
    '',
    false,
    `NĐ 301/2026/NĐ-CP, ${UNREAD}`,
  ]),
  ...fact(
    limit('T2', 'Thời hạn xóa đăng ký thường trú, sau khai tử'),
    always(
      '2',
      false,
      'Thủ tục 1.007073 (TP.HCM) ghi khoảng 02 ngày làm việc, mới đọc trích đoạn; cần xác nhận',
    ),
  ),
  ...fact(
    limit('T3', 'Thời hạn giải quyết mai táng, sau khai tử'),
    always(
      '3',
      false,
      'NĐ 20/2021/NĐ-CP (bảo trợ xã hội): 03 ngày làm việc; nhóm khác 7 đến 12 ngày, cần xác nhận',
    ),
  ),
  ...fact(
    limit('T4', 'Thời hạn giải quyết tử tuất, sau khai tử'),
    always('', false, `7 đến 12 ngày làm việc theo nhóm, ${UNREAD}`),
  ),
  ...fact(
    limit('T5', 'Thời hạn thay đổi chủ hộ, sau khai tử'),
    always('', false, 'Chưa có trong chuỗi theo NĐ 63/2024/NĐ-CP; Thành phố đã đề nghị bổ sung'),
  ),
  ...fact(
    limit('supplement', 'Thời gian người dân bổ sung giấy tờ'),
    always('7', true, 'QĐ 296/QĐ-VPCP: 07 ngày làm việc, quá hạn thì từ chối'),
  ),
  ...fact(
    limit('duty.birth', 'Hạn phải đi đăng ký khai sinh, từ ngày sinh', 'days'),
    ...underCivilStatusLaws('60', 'Luật Hộ tịch 2014, điều 15'),
  ),
  ...fact(
    limit('duty.death', 'Hạn phải đi đăng ký khai tử, từ ngày chết', 'days'),
    ...underCivilStatusLaws('15', 'Luật Hộ tịch 2014, điều 33'),
  ),
];

const agency = (key: string, name: string): Kind => ({
  key: `agency.${key}`,
  group: 'agency',
  name,
  unit: 'text',
});
const TWO_TIER = 'Chính quyền địa phương hai cấp từ 01/07/2025';
/** An agency of the district level until 30/06/2025, and its successor. */
const untilDistrictsEnd = (before: string, verified: boolean, source: string): Version => [
  START,
  '2025-06-30',
  before,
  verified,
  source,
];
const sinceTwoTier = (now: string, verified: boolean, source: string): Version => [
  '2025-07-01',
  null,
  now,
  verified,
  source,
];
const labourUntil: Version = [
  START,
  '2025-02-28',
  'Sở Lao động - Thương binh và Xã hội',
  false,
  `QĐ 296/QĐ-VPCP; ${UNREAD}`,
];
const homeSince: Version = [
  '2025-03-01',
  null,
  'Sở Nội vụ',
  false,
  'Bộ Nội vụ nhận lĩnh vực người có công từ 01/03/2025; cơ quan quyết định cần xác nhận',
];
const insuranceByDate: readonly Version[] = [
  [START, '2025-02-28', 'Bảo hiểm xã hội cấp huyện', true, QD296],
  [
    '2025-03-01',
    '2025-06-30',
    'Bảo hiểm xã hội cấp huyện',
    false,
    `BHXH thuộc Bộ Tài chính từ 01/03/2025; ${UNREAD}`,
  ],
  sinceTwoTier('Bảo hiểm xã hội cơ sở', false, `BHXH thuộc Bộ Tài chính; ${UNREAD}`),
];
/** `agency.X.Y`: the agency X of cases of kind Y; where there is none, `agency.X`. */
const agencies: readonly Fact[] = [
  ...fact(
    agency('civilStatus', 'Cơ quan đăng ký hộ tịch'),
    ...underCivilStatusLaws('Ủy ban nhân dân cấp xã', 'Luật Hộ tịch 2014'),
  ),
  ...fact(
    agency('civilStatus.foreign', 'Cơ quan đăng ký hộ tịch có yếu tố nước ngoài'),
    untilDistrictsEnd('Ủy ban nhân dân cấp huyện', true, 'Luật Hộ tịch 2014, điều 35 và 51'),
    sinceTwoTier('Ủy ban nhân dân cấp xã', false, `NĐ 120/2025/NĐ-CP, ${UNREAD}`),
  ),
  ...fact(
    agency('police', 'Cơ quan đăng ký cư trú'),
    [
      START,
      '2025-02-28',
      'Công an cấp xã',
      false,
      'Luật Cư trú 2020; nơi không có công an xã là công an huyện, cần xác nhận',
    ],
    [
      '2025-03-01',
      '2025-06-30',
      'Công an cấp xã',
      false,
      'Không còn công an cấp huyện từ 01/03/2025; cần xác nhận',
    ],
    sinceTwoTier('Công an cấp xã', true, `${TWO_TIER}; CT01 ghi "Công an phường/xã"`),
  ),
  ...fact(agency('idCard', 'Cơ quan cấp thẻ căn cước'), [
    '2026-09-01',
    null,
    'Công an',
    false,
    `NĐ 301/2026/NĐ-CP, ${UNREAD}`,
  ]),
  ...fact(agency('insurance', 'Cơ quan cấp thẻ BHYT'), ...insuranceByDate),
  ...fact(
    agency('funeral', 'Cơ quan giải quyết mai táng'),
    [
      START,
      '2025-02-28',
      'Ủy ban nhân dân cấp huyện',
      true,
      'QĐ 296/QĐ-VPCP: UBND cấp xã, cấp huyện, Sở LĐTBXH hoặc BHXH theo nhóm',
    ],
    [
      '2025-03-01',
      '2025-06-30',
      'Ủy ban nhân dân cấp huyện',
      false,
      'Bộ Y tế nhận lĩnh vực bảo trợ xã hội từ 01/03/2025; cần xác nhận',
    ],
    sinceTwoTier('Ủy ban nhân dân cấp xã', false, `${TWO_TIER}; cơ quan quyết định từng nhóm cần xác nhận`),
  ),
  ...fact(agency('funeral.bhxh', 'Cơ quan giải quyết mai táng, nhóm BHXH'), ...insuranceByDate),
  ...fact(
    agency('funeral.nguoi_co_cong', 'Cơ quan giải quyết mai táng, người có công'),
    labourUntil,
    homeSince,
  ),
  ...fact(agency('survivor', 'Cơ quan giải quyết tử tuất'), ...insuranceByDate),
  ...fact(
    agency('survivor.nguoi_co_cong', 'Cơ quan giải quyết tử tuất, người có công'),
    labourUntil,
    homeSince,
  ),
  ...fact(
    agency('reception', 'Nơi tiếp nhận hồ sơ'),
    untilDistrictsEnd('Bộ phận Tiếp nhận và Trả kết quả', true, 'NĐ 61/2018/NĐ-CP; TT 01/2018/TT-VPCP'),
    sinceTwoTier('Trung tâm Phục vụ hành chính công', true, 'NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP'),
  ),
];

const procedure = (key: string, name: string): Kind => ({
  key: `procedure.${key}`,
  group: 'procedure',
  name,
  unit: 'code',
});
const REPEALED = 'Mã cũ bị bãi bỏ theo quyết định cấp tỉnh năm 2026';
const procedures: readonly Fact[] = [
  ...fact(
    procedure('birth', 'Mã thủ tục liên thông khai sinh'),
    [
      START,
      '2024-06-30',
      '',
      false,
      'Trước NĐ 63/2024/NĐ-CP: 2.000986 (TTLT 05/2015) hoặc 2.001023; cần xác nhận',
    ],
    ['2024-07-01', '2026-08-31', '2.002621', true, REPEALED],
    ['2026-09-01', null, '3.000722', true, 'NĐ 301/2026/NĐ-CP, thay 2.002621'],
  ),
  ...fact(
    procedure('death', 'Mã thủ tục liên thông khai tử'),
    [
      START,
      '2024-06-30',
      '',
      false,
      'Trước NĐ 63/2024/NĐ-CP: 1.007073 (TP.HCM: khai tử, xóa thường trú); cần xác nhận',
    ],
    ['2024-07-01', '2026-08-31', '2.002622', true, REPEALED],
    ['2026-09-01', null, '2.002913', true, 'NĐ 301/2026/NĐ-CP, thay 2.002622'],
  ),
  ...fact(procedure('K1', 'Mã thủ tục đăng ký khai sinh'), always('1.001193', false, UNREAD)),
  ...fact(
    procedure('T1', 'Mã thủ tục đăng ký khai tử'),
    always('1.000656', true, 'Thủ tục 1.000656 trên Cổng Dịch vụ công quốc gia'),
  ),
  ...fact(
    procedure('T3', 'Mã thủ tục mai táng (bảo trợ xã hội)'),
    always(
      '1.001731',
      false,
      'Cổng dịch vụ công Bộ Y tế ghi 1.001731; một trang cấp xã ghi 1.001850: mâu thuẫn, cần xác nhận',
    ),
  ),
];

const desk = (key: string, name: string, unit: Fact['unit']): Kind => ({
  key,
  group: 'reception',
  name,
  unit,
});
const EXEMPT = 'NQ 07/NQ-HĐND TP.HCM: miễn lệ phí hồ sơ trực tuyến từ 29/05/2024 đến hết 31/12/2025';
/** Nothing is promised after 31/12/2025: a default of 0 đồng would outlive the exemption. */
const onlineFee: readonly Version[] = [
  [START, '2024-05-28', '', false, 'Mức thu do HĐND Thành phố quyết định; cần xác nhận'],
  ['2024-05-29', '2025-12-31', '0', true, EXEMPT],
  ['2026-01-01', null, '', false, `${EXEMPT}; từ 01/01/2026 cần xác nhận`],
];
const HOURS = 'Niêm yết tại các phường TP.HCM';
const reception: readonly Fact[] = [
  ...fact(
    desk(
      'reception.sameDayUntil',
      'Nhận sau giờ này mà không giải quyết được ngay thì trả ngày làm việc sau',
      'hours',
    ),
    always(
      '15:00',
      true,
      'Thủ tục 1.000656: tiếp nhận sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo',
    ),
  ),
  ...fact(
    desk('reception.hours.weekday', 'Giờ tiếp nhận thứ Hai đến thứ Sáu', 'text'),
    always('07:30-11:30, 13:00-17:00', true, HOURS),
  ),
  ...fact(
    desk('reception.hours.saturday', 'Giờ tiếp nhận thứ Bảy', 'text'),
    always('07:30-11:30', true, HOURS),
  ),
  ...fact(
    desk('reception.extensions', 'Số lần được xin lỗi và hẹn lại', 'times'),
    always('1', false, `TT 03/2025/TT-VPCP, Mẫu số 04, ${UNREAD}`),
  ),
  ...fact(desk('fee.birth.online', 'Lệ phí khai sinh quá hạn, hồ sơ trực tuyến', 'dong'), ...onlineFee),
  ...fact(desk('fee.death.online', 'Lệ phí khai tử quá hạn, hồ sơ trực tuyến', 'dong'), ...onlineFee),
  ...fact(
    desk('fee.late', 'Lệ phí đăng ký quá hạn, nộp trực tiếp', 'dong'),
    always('', false, 'Mức thu do HĐND Thành phố quyết định; cần xác nhận'),
  ),
];

/** Whom a clerk calls about what the city returned. */
const support: readonly Fact[] = fact(
  desk('reception.citySupport', 'Nơi hỏi khi Thành phố trả lại bản ghi', 'text'),
  always('Tổng đài 1022', false, 'Chưa có văn bản giao đầu mối hỗ trợ cho phần mềm này; cần xác nhận'),
);

const word = (key: string, name: string): Kind => ({
  key: `wording.${key}`,
  group: 'wording',
  name,
  unit: 'text',
});
const wording: readonly Fact[] = [
  ...fact(
    word('deathPaper', 'Tên giấy kết quả đăng ký khai tử'),
    [START, '2027-02-28', 'Trích lục khai tử', true, 'Luật Hộ tịch 2014'],
    [
      '2027-03-01',
      null,
      'Giấy chứng tử',
      true,
      'Luật Hộ tịch 03/2026/QH16; NĐ 301/2026/NĐ-CP, điều 18 khoản 2',
    ],
  ),
];

/** How long the people of a closed dossier stay on a desk (shared/domain/retention.ts); the city keeps them by another rule (Luật Lưu trữ 33/2024). */
const retention: readonly Fact[] = fact(
  {
    key: 'retention.deskDays',
    group: 'retention',
    name: 'Giữ thông tin người dân của hồ sơ đã xong trên máy',
    unit: 'days',
  },
  always(
    '90',
    false,
    'Luật 91/2025/QH15: không giữ lâu hơn mục đích xử lý; số ngày (30 đến 90) chưa có văn bản, cần xác nhận',
  ),
);

export const facts: readonly Fact[] = [
  ...limits,
  ...agencies,
  ...procedures,
  ...sums,
  ...reception,
  ...support,
  ...wording,
  ...retention,
];
