/**
 * The other annexes of the city's reports, as data: Phụ lục 8, 9, 10, VNeID accounts, ASM lodging, pilot models. Their
 * figures are typed in as counts of the categories and measures named here; `enteredCells` lists them.
 */
import type { ColumnDef, ListRow, ReportDef, Value } from '../report/definition.ts';
import { label, no } from './report-columns.ts';

/** A figure of the window: may be summed over windows. */
const flow = (measure: string): Value => ({ from: 'count', measure, kind: 'flow' });
const standing = (measure: string): Value => ({ from: 'count', measure });

const plain = { form: '', checks: [], paragraphs: [], charts: [], notes: [], landscape: true } as const;

const list = (category: string, names: readonly (readonly [no: number, name: string])[]): ListRow[] =>
  names.map(([n, name]) => ({ key: `${category}_${n}`, name, category: `${category}.${n}` }));

const BUSINESS = 'Tổng số DVC nhóm quản lý ngành nghề đầu tư kinh doanh có điều kiện về ANTT và con dấu';
const WEAPONS = 'Tổng số DVC nhóm quản lý vũ khí, vật liệu nổ, công cụ hỗ trợ và pháo';
const AT_PROVINCE = 'thực hiện tại Công an cấp tỉnh';
const business = list('pl8', [
  [7, `Cấp mới giấy chứng nhận đủ điều kiện về ANTT ${AT_PROVINCE}`],
  [8, `Cấp đổi giấy chứng nhận đủ điều kiện về ANTT ${AT_PROVINCE}`],
  [9, `Cấp lại giấy chứng nhận đủ điều kiện về ANTT ${AT_PROVINCE}`],
  [10, `Đăng ký mẫu con dấu mới ${AT_PROVINCE}`],
  [11, `Đăng ký thêm con dấu ${AT_PROVINCE}`],
  [12, `Đăng ký lại mẫu con dấu ${AT_PROVINCE}`],
  [13, `Đăng ký dấu nổi, dấu thu nhỏ, dấu xi ${AT_PROVINCE}`],
  [14, `Đổi, cấp lại giấy chứng nhận đăng ký mẫu con dấu ${AT_PROVINCE}`],
]);
const weapons = list('pl8', [
  [15, `Cấp Giấy phép vận chuyển vật liệu nổ công nghiệp ${AT_PROVINCE}`],
  [16, `Điều chỉnh Giấy phép vận chuyển vật liệu nổ công nghiệp ${AT_PROVINCE}`],
  [17, `Cấp Giấy phép vận chuyển tiền chất thuốc nổ ${AT_PROVINCE}`],
  [18, `Điều chỉnh Giấy phép vận chuyển tiền chất thuốc nổ ${AT_PROVINCE}`],
  [19, `Cấp Giấy phép vận chuyển công cụ hỗ trợ ${AT_PROVINCE}`],
  [20, `Cấp Giấy phép sửa chữa công cụ hỗ trợ ${AT_PROVINCE}`],
  [
    21,
    `Đề nghị làm mất tính năng, tác dụng của vũ khí, công cụ hỗ trợ để triển lãm, trưng bày ${AT_PROVINCE}`,
  ],
  [22, `Đề nghị xác nhận tình trạng vũ khí, công cụ hỗ trợ đã mất tính năng, tác dụng ${AT_PROVINCE}`],
  [23, `Đề nghị huấn luyện về quản lý, sử dụng vũ khí, vật liệu nổ quân dụng, công cụ hỗ trợ ${AT_PROVINCE}`],
  [24, `Cấp, cấp đổi giấy chứng nhận sử dụng vũ khí, công cụ hỗ trợ ${AT_PROVINCE}`],
  [25, `Cấp lại giấy chứng nhận sử dụng vũ khí, công cụ hỗ trợ ${AT_PROVINCE}`],
  [26, `Cấp, cấp đổi chứng chỉ quản lý vũ khí, vật liệu nổ quân dụng, công cụ hỗ trợ ${AT_PROVINCE}`],
  [27, `Cấp lại chứng chỉ quản lý vũ khí, vật liệu nổ quân dụng, công cụ hỗ trợ ${AT_PROVINCE}`],
  [28, `Cấp Giấy phép trang bị vũ khí thể thao ${AT_PROVINCE}`],
  [29, `Cấp Giấy phép sử dụng vũ khí thể thao ${AT_PROVINCE}`],
  [30, `Cấp đổi Giấy phép sử dụng vũ khí thể thao ${AT_PROVINCE}`],
  [31, `Cấp lại Giấy phép sử dụng vũ khí thể thao ${AT_PROVINCE}`],
  [32, `Cấp Giấy phép trang bị vũ khí thô sơ ${AT_PROVINCE}`],
  [33, `Cấp Giấy phép trang bị công cụ hỗ trợ ${AT_PROVINCE}`],
  [34, `Cấp Giấy phép sử dụng công cụ hỗ trợ ${AT_PROVINCE}`],
  [35, `Cấp đổi Giấy phép sử dụng công cụ hỗ trợ ${AT_PROVINCE}`],
  [36, `Cấp lại Giấy phép sử dụng công cụ hỗ trợ ${AT_PROVINCE}`],
  [37, `Cấp Giấy xác nhận đăng ký công cụ hỗ trợ ${AT_PROVINCE}`],
  [38, `Cấp lại Giấy xác nhận đăng ký công cụ hỗ trợ ${AT_PROVINCE}`],
  [39, `Cấp Giấy phép trang bị, sử dụng vũ khí, công cụ hỗ trợ để triển lãm, trưng bày ${AT_PROVINCE}`],
  [40, `Thông báo khai báo vũ khí thô sơ ${AT_PROVINCE}`],
]);
const keys = (rows: readonly ListRow[]) => rows.map((r) => r.key);

const byChannel: readonly ColumnDef[] = [
  { key: 'all', title: 'Tổng số hồ sơ', value: flow('tong') },
  { key: 'direct', title: 'Số hồ sơ tiếp nhận trực tiếp', short: 'Trực tiếp', value: flow('truc_tiep') },
  { key: 'online', title: 'Số hồ sơ tiếp nhận trực tuyến', short: 'Trực tuyến', value: flow('truc_tuyen') },
  { key: 'rate', title: 'Tỷ lệ trực tuyến', value: { from: 'rate', part: 'online', of: 'all' } },
];
const channelCheck = { kind: 'columns', total: 'all', parts: ['direct', 'online'] } as const;

const annex8: ReportDef = {
  ...plain,
  id: 'phu-luc-8',
  title: 'Dịch vụ công lĩnh vực ngành nghề có điều kiện về ANTT, con dấu, vũ khí, công cụ hỗ trợ',
  form: 'Phụ lục 8',
  window: 'from_to',
  rows: [
    {
      kind: 'list',
      rows: [
        { key: 'business', name: BUSINESS, sums: keys(business) },
        ...business,
        { key: 'weapons', name: WEAPONS, sums: keys(weapons) },
        ...weapons,
      ],
    },
  ],
  columns: [no, label('Tên danh mục'), ...byChannel],
  total: { label: 'Tổng', how: 'sum' },
  checks: [channelCheck],
};

const annex9: ReportDef = {
  ...plain,
  id: 'phu-luc-9',
  title:
    'Thống kê các hồ sơ tiếp nhận và trả kết quả trên Cổng dịch vụ công Bộ Công an, lĩnh vực phòng cháy, chữa cháy và cứu nạn, cứu hộ',
  form: 'Phụ lục 9',
  window: 'from_to',
  rows: [
    {
      kind: 'list',
      rows: [
        { key: 'units', name: 'Tổng đơn vị', sums: 'units' },
        { key: 'pc07', name: 'Phòng PC07', category: 'pl9.pc07' },
      ],
    },
    { kind: 'units', of: 'children', category: 'pl9' },
  ],
  columns: [
    no,
    label('Đơn vị'),
    { key: 'in_all', title: 'Tổng cộng', group: 'Nhận hồ sơ', value: flow('nhan_tong') },
    { key: 'in_direct', title: 'Trực tiếp', group: 'Nhận hồ sơ', value: flow('nhan_truc_tiep') },
    { key: 'in_3', title: 'Mức độ 3', group: 'Nhận hồ sơ', value: flow('nhan_muc_3') },
    { key: 'in_4', title: 'Mức độ 4', group: 'Nhận hồ sơ', value: flow('nhan_muc_4') },
    { key: 'in_post', title: 'Dịch vụ bưu chính', group: 'Nhận hồ sơ', value: flow('nhan_buu_chinh') },
    {
      key: 'online',
      title: 'Trực tuyến',
      group: 'Nhận hồ sơ',
      value: { from: 'sum', of: ['in_3', 'in_4', 'in_post'] },
    },
    {
      key: 'rate',
      title: 'Tỷ lệ trực tuyến',
      group: 'Nhận hồ sơ',
      value: { from: 'rate', part: 'online', of: 'in_all' },
    },
    { key: 'out_all', title: 'Tổng cộng', group: 'Trả kết quả', value: flow('tra_tong') },
    { key: 'out_post', title: 'Dịch vụ bưu chính', group: 'Trả kết quả', value: flow('tra_buu_chinh') },
    { key: 'out_direct', title: 'Trực tiếp', group: 'Trả kết quả', value: flow('tra_truc_tiep') },
    { key: 'out_online', title: 'Qua mạng', group: 'Trả kết quả', value: flow('tra_qua_mang') },
    { key: 'before', title: 'Trước hẹn', group: 'Trả kết quả', value: flow('truoc_hen') },
    { key: 'on', title: 'Trong hẹn', group: 'Trả kết quả', value: flow('trong_hen') },
    { key: 'late', title: 'Quá hẹn', group: 'Trả kết quả', value: flow('qua_hen') },
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [
    { kind: 'columns', total: 'in_all', parts: ['in_direct', 'in_3', 'in_4', 'in_post'] },
    { kind: 'columns', total: 'out_all', parts: ['out_post', 'out_direct', 'out_online'] },
    { kind: 'columns', total: 'out_all', parts: ['before', 'on', 'late'] },
    { kind: 'at_most', column: 'out_all', limit: 'in_all' },
  ],
};

const annex10: ReportDef = {
  ...plain,
  id: 'phu-luc-10',
  title: 'Số liệu dịch vụ công PC08',
  form: 'Phụ lục 10',
  window: 'from_to',
  rows: [
    {
      kind: 'list',
      rows: list('pl10', [
        [1, `Cấp giấy phép sử dụng thiết bị phát tín hiệu của xe được quyền ưu tiên ${AT_PROVINCE}`],
        [2, 'Cấp lại giấy chứng nhận đăng ký xe, biển số xe tại Công an cấp tỉnh'],
        [3, `Đăng ký sang tên xe trong cùng tỉnh, thành phố trực thuộc Trung ương ${AT_PROVINCE}`],
        [4, 'Đăng ký xe từ tỉnh khác chuyển đến tại Công an cấp tỉnh'],
        [5, 'Đăng ký, cấp biển số xe lần đầu thực hiện tại Công an cấp tỉnh'],
        [6, 'Đổi giấy chứng nhận đăng ký xe, biển số xe tại Công an cấp tỉnh'],
        [7, `Thu hồi giấy chứng nhận đăng ký xe, biển số xe ${AT_PROVINCE}`],
        [8, `Nộp phạt xử lý vi phạm hành chính trong lĩnh vực giao thông đường bộ ${AT_PROVINCE}`],
      ]),
    },
  ],
  columns: [no, label('Lĩnh vực'), ...byChannel],
  total: { label: 'Tổng', how: 'sum' },
  checks: [channelCheck],
  charts: [{ kind: 'stacked', title: 'Trực tuyến và trực tiếp', columns: ['online', 'direct'] }],
};

const VNEID = 'vneid';
const accounts: ReportDef = {
  ...plain,
  id: 'tai-khoan-vneid',
  title: 'Tài khoản định danh điện tử VNeID',
  form: 'Báo cáo 6 tháng, mục 5',
  window: 'as_of',
  rows: [{ kind: 'units', of: 'children', category: VNEID }],
  columns: [
    no,
    label('Đơn vị'),
    { key: 'target', title: 'Chỉ tiêu cấp', value: { from: 'target', measure: 'cap' } },
    { key: 'issued', title: 'Đã cấp', value: standing('cap') },
    { key: 'resident', title: 'Nhân khẩu thường trú', value: standing('cap_thuong_tru') },
    { key: 'temporary', title: 'Nhân khẩu tạm trú', value: standing('cap_tam_tru') },
    { key: 'issued_rate', title: 'Tỷ lệ cấp', value: { from: 'rate', part: 'issued', of: 'target' } },
    { key: 'active', title: 'Đã kích hoạt', value: standing('kich_hoat') },
    { key: 'active_rate', title: 'Tỷ lệ kích hoạt', value: { from: 'rate', part: 'active', of: 'issued' } },
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [
    { kind: 'columns', total: 'issued', parts: ['resident', 'temporary'] },
    { kind: 'at_most', column: 'active', limit: 'issued' },
  ],
  paragraphs: [
    [
      { text: 'Tính đến ngày {to}, đã cấp {total.issued} tài khoản định danh điện tử' },
      {
        text: ' (trong đó, đã cấp {total.resident} tài khoản đối với nhân khẩu thường trú và {total.temporary} tài khoản đối với nhân khẩu tạm trú)',
      },
      { text: ', đến nay đã có {total.active} tài khoản được kích hoạt (đạt {total.active_rate})' },
    ],
  ],
  charts: [{ kind: 'progress', title: 'Tài khoản đã kích hoạt', columns: ['active'], of: 'issued' }],
};

const lodging: ReportDef = {
  ...plain,
  id: 'luu-tru-asm',
  title: 'Triển khai phần mềm lưu trú ASM',
  form: 'Báo cáo tháng Đề án 06, mục 2.1',
  window: 'as_of',
  rows: [
    {
      kind: 'list',
      rows: [
        { key: 'business', name: 'Cơ sở kinh doanh lưu trú', category: 'asm.kinh_doanh' },
        { key: 'health', name: 'Cơ sở y tế', category: 'asm.y_te' },
        { key: 'other', name: 'Cơ sở khác', category: 'asm.khac' },
      ],
    },
  ],
  columns: [
    no,
    label('Loại cơ sở'),
    { key: 'all', title: 'Tổng số cơ sở', value: standing('tong') },
    { key: 'done', title: 'Đã triển khai ASM', value: standing('da_trien_khai') },
    { key: 'rate', title: 'Tỷ lệ', value: { from: 'rate', part: 'done', of: 'all' } },
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [{ kind: 'at_most', column: 'done', limit: 'all' }],
  paragraphs: [
    [
      {
        text: 'Thành phố hiện có {total.all} cơ sở kinh doanh lưu trú và cơ sở y tế ({business.all} cơ sở kinh doanh lưu trú, {health.all} cơ sở y tế, {other.all} cơ sở khác); trong đó có {total.done} cơ sở đã triển khai phần mềm ASM đạt {total.rate} ({business.done} cơ sở kinh doanh lưu trú, {health.done} cơ sở y tế, {other.done} cơ sở khác).',
      },
    ],
  ],
  charts: [{ kind: 'progress', title: 'Đã triển khai ASM', columns: ['done'], of: 'all' }],
  landscape: false,
};

const models: ReportDef = {
  ...plain,
  id: 'mo-hinh-diem',
  title: 'Tiến độ triển khai các mô hình điểm Đề án 06',
  form: 'Báo cáo 6 tháng, mục 8.2',
  window: 'as_of',
  rows: [
    {
      kind: 'list',
      rows: [
        {
          key: 'm35',
          name: 'Kế hoạch 1948/KH-UBND và Kế hoạch 4206/KH-UBND',
          category: 'mo_hinh.35',
        },
        { key: 'm12', name: 'Công văn 2188/UBND-KSTT', category: 'mo_hinh.12' },
      ],
    },
  ],
  columns: [
    no,
    label('Mô hình điểm theo'),
    { key: 'all', title: 'Số mô hình', value: standing('tong') },
    { key: 'done', title: 'Đã triển khai', value: standing('da_trien_khai') },
    { key: 'doing', title: 'Đang triển khai', value: standing('dang_trien_khai') },
    { key: 'not', title: 'Chưa triển khai', value: standing('chua_trien_khai') },
    {
      key: 'not_outside',
      title: 'Do nguyên nhân khách quan',
      group: 'Trong đó chưa triển khai',
      value: standing('chua_khach_quan'),
    },
    {
      key: 'not_unit',
      title: 'Do đơn vị',
      group: 'Trong đó chưa triển khai',
      value: standing('chua_don_vi'),
    },
    { key: 'rate', title: 'Tỷ lệ đã triển khai', value: { from: 'rate', part: 'done', of: 'all' } },
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [
    { kind: 'columns', total: 'all', parts: ['done', 'doing', 'not'] },
    { kind: 'columns', total: 'not', parts: ['not_outside', 'not_unit'] },
  ],
  paragraphs: [
    [
      {
        text: 'Đến nay, đã triển khai thực hiện {m35.done}/{m35.all} mô hình điểm; {m35.doing}/{m35.all} mô hình đang triển khai; {m35.not}/{m35.all} mô hình điểm chưa triển khai',
      },
      {
        text: ' (trong đó có {m35.not_outside} mô hình chưa triển khai do nguyên nhân khách quan, {m35.not_unit} mô hình do các đơn vị chưa triển khai)',
      },
    ],
    [
      {
        text: 'Đối với {m12.all} mô hình điểm theo Công văn số 2188/UBND-KSTT: đã triển khai {m12.done}/{m12.all} mô hình, đang triển khai {m12.doing}/{m12.all}, còn {m12.not}/{m12.all} mô hình đang phối hợp tổ chức triển khai',
      },
    ],
  ],
  charts: [{ kind: 'stacked', title: 'Tiến độ', columns: ['done', 'doing', 'not'] }],
};

export const annexDefs: readonly ReportDef[] = [annex8, annex9, annex10, accounts, lodging, models];
