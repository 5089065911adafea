/** Reports about the dossiers of the two linked procedures: any window, by unit, Biểu 06, Sổ theo dõi. */
import type { ColumnDef, ListRow, Piece, RegisterField, ReportDef } from '../report/definition.ts';
import { counted, label, no } from './report-columns.ts';

const BIRTH = 'Đăng ký khai sinh - Đăng ký thường trú - Cấp thẻ Bảo hiểm y tế cho trẻ dưới 06 tuổi';
const DEATH = 'Đăng ký khai tử - Xóa đăng ký thường trú - Trợ cấp mai táng, hỗ trợ chi phí mai táng';
const chains: readonly ListRow[] = [
  { key: 'birth', name: BIRTH, where: { chain: 'birth' } },
  { key: 'death', name: DEATH, where: { chain: 'death' } },
];

/** "+ Đăng ký khai sinh ...: Tiếp nhận 1.320 hồ sơ, đã giải quyết 191 hồ sơ, còn lại không được giải quyết do thiếu hồ sơ." */
const chainSentence = ({ key, name }: ListRow): readonly Piece[] => [
  { text: `${name}: Tiếp nhận {${key}.received} hồ sơ, đã giải quyết {${key}.ended} hồ sơ` },
  {
    text: ', còn lại không được giải quyết do thiếu hồ sơ',
    when: [
      [`${key}.open`, '=', `${key}.waiting`],
      [`${key}.open`, '!=', 0],
    ],
  },
  {
    text: `, còn lại {${key}.open} hồ sơ đang giải quyết, trong đó {${key}.waiting} hồ sơ thiếu giấy tờ`,
    when: [[`${key}.open`, '!=', `${key}.waiting`]],
  },
  { text: '.', when: [[`${key}.received`, '=', `${key}.received`]] },
];

const CARRIED = 'vì trong số đã xử lý có hồ sơ tiếp nhận từ kỳ trước';

/** c. "Xử lý xong" is any end of the dossier; success is counted beside it. */
const linked: ReportDef = {
  id: 'lien-thong',
  title: 'Kết quả giải quyết 02 nhóm thủ tục liên thông',
  form: 'Báo cáo tháng Đề án 06, mục 1.2',
  window: 'from_to',
  rows: [{ kind: 'list', rows: chains }],
  columns: [
    no,
    label('Nhóm thủ tục liên thông'),
    counted('received', 'Tiếp nhận', { moment: 'received' }),
    counted(
      'direct',
      'Trực tiếp',
      { moment: 'received', where: { channel: ['truc_tiep'] } },
      { group: 'Theo kênh' },
    ),
    counted(
      'online',
      'Trực tuyến',
      { moment: 'received', where: { channel: ['truc_tuyen'] } },
      { group: 'Theo kênh' },
    ),
    counted(
      'post',
      'Bưu chính',
      { moment: 'received', where: { channel: ['buu_chinh'] } },
      { group: 'Theo kênh' },
    ),
    counted('ended', 'Đã xử lý xong', { moment: 'ended' }),
    counted(
      'whole',
      'Thành công cả chuỗi',
      { moment: 'ended', where: { outcome: ['whole'] } },
      { group: 'Kết quả' },
    ),
    counted(
      'part',
      'Thành công một phần',
      { moment: 'ended', where: { outcome: ['part'] } },
      { group: 'Kết quả' },
    ),
    counted(
      'none',
      'Không thành công',
      { moment: 'ended', where: { outcome: ['none'] } },
      { group: 'Kết quả' },
    ),
    counted('open', 'Còn lại', { moment: 'open' }),
    counted('waiting', 'Chờ bổ sung giấy tờ', { moment: 'open', where: { state: ['supplement'] } }),
    counted('asked', 'Đã yêu cầu bổ sung trong kỳ', { moment: 'asked' }),
    {
      key: 'rate',
      title: 'Xử lý xong trên tiếp nhận',
      value: { from: 'rate', part: 'ended', of: 'received', above: CARRIED },
    },
    {
      key: 'whole_rate',
      title: 'Thành công trên tiếp nhận',
      value: { from: 'rate', part: 'whole', of: 'received', above: CARRIED },
    },
    counted('received_before', 'Tiếp nhận kỳ trước', { moment: 'received', previous: true }),
    {
      key: 'received_change',
      title: 'Tăng giảm tiếp nhận',
      value: { from: 'change', now: 'received', before: 'received_before' },
    },
    counted('ended_before', 'Xử lý xong kỳ trước', { moment: 'ended', previous: true }),
    {
      key: 'ended_change',
      title: 'Tăng giảm xử lý xong',
      value: { from: 'change', now: 'ended', before: 'ended_before' },
    },
    counted('whole_before', 'Thành công kỳ trước', {
      moment: 'ended',
      where: { outcome: ['whole'] },
      previous: true,
    }),
    {
      key: 'whole_change',
      title: 'Tăng giảm thành công',
      value: { from: 'change', now: 'whole', before: 'whole_before' },
    },
  ],
  total: { label: 'Cả hai nhóm', how: 'sum' },
  checks: [
    { kind: 'columns', total: 'received', parts: ['direct', 'online', 'post'] },
    { kind: 'columns', total: 'ended', parts: ['whole', 'part', 'none'] },
  ],
  paragraphs: [
    [
      {
        text: 'Từ {from} đến {to}, {communes} đã tiếp nhận {total.received} hồ sơ trên Phần mềm dịch vụ công liên thông, ghi nhận đã xử lý xong {total.ended} hồ sơ',
      },
      { text: ' ({total.ended~ended_before} {since})' },
      {
        text: ', trong đó có {birth.whole} hồ sơ giải quyết thành công 03 thủ tục liên thông: Khai sinh, đăng ký thường trú và cấp thẻ bảo hiểm y tế',
        to: '2026-08-31',
      },
      {
        text: ', trong đó có {birth.whole} hồ sơ giải quyết thành công các thủ tục liên thông: Khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế và cấp thẻ căn cước',
        from: '2026-09-01',
      },
      { text: ' ({birth.whole~whole_before} {since})' },
      { text: '.', when: [['total.received', '=', 'total.received']] },
    ],
    ...chains.map(chainSentence),
  ],
  charts: [
    { kind: 'bars', title: 'Tiếp nhận và xử lý xong', columns: ['received', 'ended', 'whole'] },
    { kind: 'stacked', title: 'Theo kênh', columns: ['direct', 'online', 'post'] },
  ],
  notes: ['Xử lý xong không có nghĩa là thành công cả chuỗi.'],
  landscape: true,
};

/** The same figures by unit, without the window before. */
const linkedByUnit: ReportDef = {
  ...linked,
  id: 'lien-thong-don-vi',
  title: 'Kết quả giải quyết 02 nhóm thủ tục liên thông theo đơn vị',
  form: '',
  rows: [{ kind: 'units', of: 'children' }],
  columns: linked.columns
    .filter((c) => !c.key.endsWith('_before') && !c.key.endsWith('_change'))
    .map((c) => (c.key === 'label' ? label('Đơn vị') : c)),
  total: { label: 'Tổng', how: 'sum' },
  paragraphs: [],
};

const IN = 'Số hồ sơ nhận giải quyết';
const DONE = 'Số hồ sơ đã giải quyết';
const UNDER_WAY = 'Số hồ sơ đang giải quyết';

/** d. Each column is counted by itself, so that the invariants are checks and not definitions. */
const form06: ReportDef = {
  id: 'bieu-06',
  title: 'Tình hình, kết quả giải quyết TTHC tại cơ quan, đơn vị trực tiếp giải quyết TTHC',
  form: 'Biểu số 06/VPCP/KSTT (TT 01/2020/TT-VPCP ngày 21/10/2020)',
  window: 'from_to',
  rows: [{ kind: 'list', rows: chains }],
  columns: [
    { key: 'c1', title: 'STT', no: '(1)', value: { from: 'no' } },
    { key: 'c2', title: 'Lĩnh vực, công việc giải quyết theo cấp', no: '(2)', value: { from: 'label' } },
    counted('c3', 'Tổng số', { moment: 'on_hand' }, { group: IN, no: '(3)=(4)+(5)+(6)' }),
    counted(
      'c4',
      'Trong kỳ: Trực tuyến',
      { moment: 'received', where: { channel: ['truc_tuyen'] } },
      { group: IN, no: '(4)' },
    ),
    counted(
      'c5',
      'Trong kỳ: Trực tiếp, dịch vụ bưu chính',
      { moment: 'received', where: { channel: ['truc_tiep', 'buu_chinh'] } },
      { group: IN, no: '(5)' },
    ),
    counted('c6', 'Từ kỳ trước', { moment: 'carried' }, { group: IN, no: '(6)' }),
    counted('c7', 'Tổng số', { moment: 'ended' }, { group: DONE, no: '(7)=(8)+(9)+(10)' }),
    counted('c8', 'Trước hạn', { moment: 'ended', where: { time: ['before'] } }, { group: DONE, no: '(8)' }),
    counted(
      'c9',
      'Đúng hạn',
      { moment: 'ended', where: { time: ['on', 'no_limit'] } },
      { group: DONE, no: '(9)' },
    ),
    counted('c10', 'Quá hạn', { moment: 'ended', where: { time: ['late'] } }, { group: DONE, no: '(10)' }),
    counted('c11', 'Tổng số', { moment: 'open' }, { group: UNDER_WAY, no: '(11)=(12)+(13)' }),
    counted(
      'c12',
      'Trong hạn',
      { moment: 'open', where: { time: ['under_way', 'waiting_citizen', 'no_limit'] } },
      { group: UNDER_WAY, no: '(12)' },
    ),
    counted(
      'c13',
      'Quá hạn',
      { moment: 'open', where: { time: ['overdue'] } },
      { group: UNDER_WAY, no: '(13)' },
    ),
  ],
  total: { label: 'Tổng cộng', how: 'sum' },
  checks: [
    { kind: 'columns', total: 'c3', parts: ['c4', 'c5', 'c6'] },
    { kind: 'columns', total: 'c7', parts: ['c8', 'c9', 'c10'] },
    { kind: 'columns', total: 'c11', parts: ['c12', 'c13'] },
    { kind: 'columns', total: 'c3', parts: ['c7', 'c11'] },
  ],
  paragraphs: [],
  charts: [{ kind: 'stacked', title: 'Đã giải quyết', columns: ['c8', 'c9', 'c10'] }],
  notes: [
    'Đơn vị tính: Số hồ sơ TTHC.',
    'Hồ sơ chờ công dân bổ sung tính là đang giải quyết, trong hạn. Hồ sơ không có ngày hẹn trả không tính là quá hạn.',
  ],
  landscape: true,
};

const line = (key: string, title: string, field: RegisterField): ColumnDef => ({
  key,
  title,
  value: { from: 'register', field },
});

/** i. Mẫu số 07 of TT 03/2025/TT-VPCP (06 of 2018); printed to be signed it is a slip, here it is a table. */
const register: ReportDef = {
  id: 'so-theo-doi',
  title: 'Sổ theo dõi hồ sơ',
  form: 'Mẫu số 07, TT 03/2025/TT-VPCP',
  window: 'from_to',
  rows: [{ kind: 'register' }],
  columns: [
    no,
    line('code', 'Mã hồ sơ', 'code'),
    line('procedure', 'Tên TTHC', 'procedure'),
    line('sets', 'Số lượng hồ sơ (bộ)', 'sets'),
    line('name', 'Tên cá nhân, tổ chức', 'name'),
    line('address', 'Địa chỉ, số điện thoại', 'address'),
    line('agency', 'Cơ quan chủ trì giải quyết', 'agency'),
    line('received', 'Nhận hồ sơ', 'receivedAt'),
    line('due', 'Hẹn trả kết quả', 'dueAt'),
    line('result', 'Trả kết quả', 'resultAt'),
    line('delivery', 'Phương thức nhận kết quả', 'delivery'),
    line('signed', 'Ký nhận', 'signed'),
    line('note', 'Ghi chú', 'note'),
  ],
  total: null,
  checks: [],
  paragraphs: [],
  charts: [],
  notes: [],
  landscape: true,
};

export const dossierDefs: readonly ReportDef[] = [linked, linkedByUnit, form06, register];
