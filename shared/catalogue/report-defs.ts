/** The reports that ship, and those about counts: the annex, progress against targets, An sinh xã hội, completeness. */
import type { ColumnDef, DueRule, ListRow, Piece, ReportDef, RowPlan } from '../report/definition.ts';
import { categories, countColumns, TOTAL } from './categories.ts';
import { no } from './report-columns.ts';
import { annexDefs } from './report-defs-annexes.ts';
import { dossierDefs } from './report-defs-dossiers.ts';
import { workDefs } from './report-defs-work.ts';

const unit: ColumnDef = { key: 'unit', title: 'Đơn vị', value: { from: 'label' } };
const ASXH = 'an_sinh_xa_hoi';
const CTD = 'hoi_chu_thap_do';

/** a. The table of 19/09/2023: 22 rows by the old tree, 168 by the new one. */
const annex = (id: string, title: string, of: Extract<RowPlan, { kind: 'units' }>['of']): ReportDef => ({
  id,
  title,
  form: 'Phụ lục báo cáo tháng Đề án 06',
  window: 'as_of',
  rows: [{ kind: 'units', of }],
  columns: [
    no,
    unit,
    ...categories.map(
      ({ code, name, short }): ColumnDef => ({
        key: code,
        title: name.toUpperCase(),
        short,
        value: { from: 'count', category: code, measure: TOTAL.code },
      }),
    ),
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [],
  paragraphs: [],
  charts: [{ kind: 'stacked', title: 'Số liệu theo đơn vị', columns: categories.map((c) => c.code) }],
  notes: ['Số luỹ kế đến ngày chốt, không cộng các kỳ với nhau.'],
  landscape: true,
});

const ANNEX_TITLE = 'Thống kê thu thập thông tin ngoại ngành vào CSDLQG về DC';

const progressRow = (category: string, name: string, measure = TOTAL.code, within?: string): ListRow => ({
  key: measure === TOTAL.code ? category : measure,
  name,
  category,
  measure,
  ...(within !== undefined && { within }),
});
const progressRows: readonly ListRow[] = [
  ...categories
    .filter((c) => c.code !== CTD && c.code !== ASXH)
    .map(({ code, name }) => progressRow(code, name)),
  progressRow(CTD, 'Hội Chữ thập đỏ'),
  progressRow(CTD, 'trong đó: hội viên', 'hoi_vien', CTD),
  progressRow(CTD, 'trong đó: tình nguyện viên', 'tinh_nguyen_vien', CTD),
  progressRow(ASXH, 'Rà soát đối tượng chi trả an sinh xã hội', 'ra_soat'),
];

/** "Hội Cựu chiến binh: đã cập nhật 43.405 trường hợp", with target and rate only where there is a target. */
const progressSentence = ({ key, name }: ListRow): readonly Piece[] => [
  { text: `${name}: đã cập nhật {${key}.value} trường hợp` },
  { text: `, chỉ tiêu {${key}.target}, đạt tỷ lệ {${key}.rate}` },
];

/** b. */
const progress: ReportDef = {
  id: 'tien-do-chi-tieu',
  title: 'Tiến độ thu thập thông tin ngoại ngành so với chỉ tiêu',
  form: 'Báo cáo 6 tháng, mục 6.1',
  window: 'as_of',
  rows: [{ kind: 'list', rows: progressRows }],
  columns: [
    no,
    { key: 'category', title: 'Nội dung', value: { from: 'label' } },
    { key: 'value', title: 'Đã cập nhật', value: { from: 'count' } },
    { key: 'target', title: 'Chỉ tiêu', value: { from: 'target' } },
    { key: 'rest', title: 'Còn lại', value: { from: 'minus', of: ['target', 'value'] } },
    { key: 'rate', title: 'Đạt tỷ lệ', value: { from: 'rate', part: 'value', of: 'target' } },
  ],
  total: null,
  checks: [
    { kind: 'rows', columns: ['value', 'target'], total: CTD, parts: ['hoi_vien', 'tinh_nguyen_vien'] },
  ],
  paragraphs: [
    ...progressRows.filter((r) => r.category !== CTD && r.category !== ASXH).map(progressSentence),
    [
      {
        text: `Hội Chữ thập đỏ: đã cập nhật {${CTD}.value}/{${CTD}.target} trường hợp, đạt tỷ lệ {${CTD}.rate}`,
        or: `Hội Chữ thập đỏ: đã cập nhật {${CTD}.value} trường hợp`,
      },
      {
        or: ' (trong đó đã cập nhật {hoi_vien.value} hội viên và {tinh_nguyen_vien.value} tình nguyện viên)',
        text: ' (trong đó đã cập nhật {hoi_vien.value}/{hoi_vien.target} hội viên, đạt tỷ lệ {hoi_vien.rate} và đã cập nhật {tinh_nguyen_vien.value}/{tinh_nguyen_vien.target} tình nguyện viên, đạt tỷ lệ {tinh_nguyen_vien.rate})',
      },
    ],
  ],
  charts: [{ kind: 'progress', title: 'Tiến độ so với chỉ tiêu', columns: ['value'], of: 'target' }],
  notes: ['Loại không có chỉ tiêu thì không tính tỷ lệ.'],
  landscape: false,
};

/** What changed since the snapshot before: a fall is no error, but it asks for its reason. */
const change: ReportDef = {
  id: 'tang-giam',
  title: 'Tăng giảm số liệu ngoại ngành so với kỳ trước',
  form: '',
  window: 'as_of',
  rows: [
    {
      kind: 'list',
      rows: categories.map(({ code, name }) => ({ key: code, name, category: code, measure: TOTAL.code })),
    },
  ],
  columns: [
    no,
    { key: 'category', title: 'Nội dung', value: { from: 'label' } },
    { key: 'before', title: 'Kỳ trước', value: { from: 'count', previous: true } },
    { key: 'now', title: 'Kỳ này', value: { from: 'count' } },
    { key: 'more', title: 'Tăng giảm', value: { from: 'minus', of: ['now', 'before'] } },
    { key: 'rate', title: 'Tỷ lệ tăng giảm', value: { from: 'change', now: 'now', before: 'before' } },
  ],
  total: null,
  checks: [{ kind: 'not_falling', now: 'now', before: 'before' }],
  paragraphs: [],
  charts: [{ kind: 'bars', title: 'Kỳ trước và kỳ này', columns: ['before', 'now'] }],
  notes: [],
  landscape: false,
};

const asxh = (measure: string): ColumnDef['value'] => ({ from: 'count', category: ASXH, measure });

/** g. */
const payment: ReportDef = {
  id: 'chi-tra-asxh',
  title: 'Chi trả an sinh xã hội không dùng tiền mặt',
  form: 'Báo cáo 6 tháng, mục 6.1',
  window: 'as_of',
  rows: [{ kind: 'units', of: 'children' }],
  columns: [
    no,
    unit,
    {
      key: 'target',
      title: 'Đối tượng chi trả',
      value: { from: 'target', category: ASXH, measure: 'ra_soat' },
    },
    { key: 'reviewed', title: 'Đã rà soát', value: asxh('ra_soat') },
    { key: 'reviewed_rate', title: 'Tỷ lệ rà soát', value: { from: 'rate', part: 'reviewed', of: 'target' } },
    { key: 'accounts', title: 'Đã cấp tài khoản ASXH', value: asxh('cap_tai_khoan') },
    { key: 'paid', title: 'Đã chi trả qua tài khoản', value: asxh('chi_tra_tai_khoan') },
    {
      key: 'paid_rate',
      title: 'Tỷ lệ chi trả trên số tài khoản',
      value: { from: 'rate', part: 'paid', of: 'accounts' },
    },
    { key: 'impossible', title: 'Bất khả kháng', value: asxh('bat_kha_khang') },
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [
    { kind: 'at_most', column: 'accounts', limit: 'reviewed' },
    { kind: 'at_most', column: 'paid', limit: 'accounts' },
  ],
  paragraphs: [
    [
      {
        text: 'Đến nay, các đơn vị đã rà soát {total.reviewed}/{total.target} trường hợp thuộc đối tượng chi trả ASXH (đạt {total.reviewed_rate})',
        or: 'Đến nay, các đơn vị đã rà soát {total.reviewed} trường hợp thuộc đối tượng chi trả ASXH',
      },
      {
        text: ', trong đó {total.accounts} trường hợp đã được cấp tài khoản ASXH và {total.paid} trường hợp đã được chi trả qua tài khoản',
      },
      { text: '.' },
      {
        text: ' Ngoài ra, {total.impossible} trường hợp bất khả kháng không đăng ký được tài khoản.',
      },
    ],
  ],
  charts: [{ kind: 'bars', title: 'Chi trả qua tài khoản', columns: ['accounts', 'paid'] }],
  notes: [],
  landscape: true,
};

const cashless = (category: string) => ({ category, measure: 'chi_tra_khong_tien_mat' });

const cashlessPayment: ReportDef = {
  id: 'chi-tra-khong-tien-mat',
  title: 'Chi trả không dùng tiền mặt theo Chỉ thị số 21/CT-TTg',
  form: 'Báo cáo 6 tháng, mục 4.2',
  window: 'as_of',
  rows: [
    {
      kind: 'list',
      rows: [
        { key: 'ncc', name: 'Người có công với cách mạng và thân nhân', ...cashless('nguoi_co_cong') },
        { key: 'btxh', name: 'Bảo trợ xã hội tại cộng đồng', ...cashless('bao_tro_xa_hoi') },
      ],
    },
  ],
  columns: [
    no,
    { key: 'group', title: 'Nhóm', value: { from: 'label' } },
    { key: 'value', title: 'Đã chi trả', value: { from: 'count' } },
    { key: 'target', title: 'Đối tượng', value: { from: 'target' } },
    { key: 'rate', title: 'Tỷ lệ', value: { from: 'rate', part: 'value', of: 'target' } },
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [{ kind: 'at_most', column: 'value', limit: 'target' }],
  paragraphs: [
    [
      {
        text: '{ncc.value}/{ncc.target} trường hợp Người có công với cách mạng và thân nhân người có công với cách mạng; {btxh.value}/{btxh.target} trường hợp Bảo trợ xã hội tại cộng đồng.',
      },
    ],
  ],
  charts: [{ kind: 'progress', title: 'Đã chi trả', columns: ['value'], of: 'target' }],
  notes: [],
  landscape: false,
};

/** "trước ngày 15 hàng tháng": the 14th is the last day. */
const monthly: DueRule = {
  name: 'Trước ngày 15 hàng tháng',
  every: 'month',
  day: 14,
  from: '2023-01-01',
  to: null,
  source: 'Kế hoạch 4206/KH-UBND ngày 29/8/2023, mục III.3',
  verified: true,
};
/** The paper says weekly; the day of the week is not in it. */
const weekly: DueRule = {
  name: 'Thứ Sáu hàng tuần',
  every: 'week',
  day: 5,
  from: '2022-03-19',
  to: null,
  source: 'Công văn 1068/CATP-PC06 ngày 19/03/2022 (báo cáo hàng tuần, không ghi thứ mấy)',
  verified: false,
};

/** h. */
const completeness = (id: string, title: string, rule: DueRule): ReportDef => ({
  id,
  title,
  form: '',
  window: 'as_of',
  rows: [{ kind: 'units', of: 'children' }],
  columns: [
    no,
    unit,
    { key: 'filled', title: 'Ô đã có số liệu', value: { from: 'sheet', field: 'filled' } },
    { key: 'expected', title: 'Ô phải có', value: { from: 'sheet', field: 'expected' } },
    { key: 'rate', title: 'Đầy đủ', value: { from: 'rate', part: 'filled', of: 'expected' } },
    { key: 'due', title: 'Hạn gửi', value: { from: 'sheet', field: 'due' } },
    { key: 'sent', title: 'Ngày gửi', value: { from: 'sheet', field: 'sentOn' } },
    { key: 'status', title: 'Tình trạng', value: { from: 'sheet', field: 'status' } },
    { key: 'on_time', title: 'Đúng hạn', value: { from: 'sheet', field: 'onTime' } },
    { key: 'late', title: 'Trễ hạn', value: { from: 'sheet', field: 'late' } },
    { key: 'missing', title: 'Chưa báo cáo', value: { from: 'sheet', field: 'missing' } },
    { key: 'not_due', title: 'Chưa đến hạn', value: { from: 'sheet', field: 'notDue' } },
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [],
  paragraphs: [
    [
      { text: 'Tính đến ngày {to}: {total.on_time} đơn vị gửi đúng hạn, {total.late} đơn vị gửi trễ hạn, ' },
      { text: '{total.missing} đơn vị chưa báo cáo' },
      { text: ', {total.not_due} đơn vị chưa đến hạn', when: [['total.not_due', '!=', 0]] },
      { text: '.' },
    ],
  ],
  charts: [{ kind: 'tiles', title: 'Đầy đủ theo đơn vị', columns: ['filled'], of: 'expected' }],
  notes: [`Hạn: ${rule.name.toLowerCase()} (${rule.source})${rule.verified ? '' : ' - cần xác nhận'}.`],
  due: [rule],
  expected: countColumns.length,
  landscape: true,
});

export const reportDefs: readonly ReportDef[] = [
  annex('ngoai-nganh', ANNEX_TITLE, 'children'),
  annex('ngoai-nganh-cap-xa', `${ANNEX_TITLE}, theo phường, xã`, 'communes'),
  annex('ngoai-nganh-cum', `${ANNEX_TITLE}, theo cụm`, 'clusters'),
  annex('ngoai-nganh-cum-don-vi', `${ANNEX_TITLE}, theo cụm, từng đơn vị`, 'cluster_units'),
  progress,
  change,
  payment,
  cashlessPayment,
  completeness('tinh-hinh-bao-cao-thang', 'Tình hình gửi số liệu tháng', monthly),
  completeness('tinh-hinh-bao-cao-tuan', 'Tình hình gửi số liệu tuần', weekly),
  ...dossierDefs,
  ...workDefs,
  ...annexDefs,
];

const byId = new Map(reportDefs.map((d) => [d.id, d]));
export function findReportDef(id: string): ReportDef | undefined {
  return byId.get(id);
}

/** A report with names of people (the register) is neither kept nor sent. */
export function holdsNames(def: ReportDef): boolean {
  return def.rows.some((plan) => plan.kind === 'register');
}
