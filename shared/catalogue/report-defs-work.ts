/** Reports about the work on dossiers: missing papers, refusals, obstacles, timeliness, what waits longest. */
import type { ColumnDef, DossierValue, ReportDef } from '../report/definition.ts';
import { obstacles } from './obstacles.ts';
import { reasons } from './reasons.ts';
import { regimes } from './regimes.ts';
import { counted, label, no } from './report-columns.ts';
import { requirements } from './requirements.ts';

const componentsOf = (key: string, title: string, value: Omit<DossierValue, 'from' | 'of'>): ColumnDef =>
  counted(key, title, { ...value, of: 'components' });
const dossiersOf = (key: string, title: string, value: Omit<DossierValue, 'from' | 'of'>): ColumnDef =>
  counted(key, title, { ...value, of: 'mixed' });

const names = (rows: readonly { readonly code: string; readonly name: string }[]) =>
  Object.fromEntries(rows.map(({ code, name }) => [code, name]));
const paperNames = names(requirements);
const reasonNames = Object.fromEntries(reasons.map(({ code, text }) => [code, text]));
/** A later regime's name of a component takes the place of an earlier one's. */
const componentNames = names(
  regimes.flatMap((r) => [...r.chains.birth.components, ...r.chains.death.components]),
);

/** e. */
const missingPapers: ReportDef = {
  id: 'thieu-giay-to',
  title: 'Giấy tờ còn thiếu theo loại',
  form: '',
  window: 'from_to',
  rows: [{ kind: 'values', by: 'paper', moment: 'asked', labels: paperNames }],
  columns: [
    no,
    label('Giấy tờ'),
    componentsOf('times', 'Thủ tục thành phần', { moment: 'asked' }),
    dossiersOf('dossiers', 'Số hồ sơ', { moment: 'asked' }),
    dossiersOf('birth', 'Khai sinh', { moment: 'asked', where: { chain: 'birth' } }),
    dossiersOf('death', 'Khai tử', { moment: 'asked', where: { chain: 'death' } }),
  ],
  total: { label: 'Số hồ sơ thiếu giấy tờ', how: 'direct' },
  checks: [],
  paragraphs: [],
  charts: [{ kind: 'bars', title: 'Giấy tờ hay thiếu', columns: ['dossiers'] }],
  notes: ['Một hồ sơ có thể thiếu nhiều loại giấy tờ: dòng cuối đếm mỗi hồ sơ một lần.'],
  landscape: false,
};

const REFUSED = { moment: 'ended', where: { outcome: ['refused'] } } as const;
const refusals: ReportDef = {
  ...missingPapers,
  id: 'tu-choi',
  title: 'Hồ sơ từ chối theo lý do',
  rows: [{ kind: 'values', by: 'reason', moment: 'ended', labels: reasonNames }],
  columns: [
    no,
    label('Lý do'),
    componentsOf('components', 'Thủ tục thành phần', REFUSED),
    dossiersOf('dossiers', 'Số hồ sơ', REFUSED),
  ],
  total: { label: 'Số hồ sơ bị từ chối', how: 'direct' },
  charts: [{ kind: 'bars', title: 'Lý do từ chối', columns: ['dossiers'] }],
  notes: ['Một hồ sơ có thể bị từ chối ở nhiều thủ tục: dòng cuối đếm mỗi hồ sơ một lần.'],
};

const obstacleGroups: ReportDef = {
  ...missingPapers,
  id: 'vuong-mac',
  title: 'Vướng mắc theo bảy nhóm',
  rows: [
    {
      kind: 'list',
      rows: obstacles.map(({ code, name }) => ({ key: code, name, where: { obstacle: code } })),
    },
  ],
  columns: [
    no,
    label('Nhóm vướng mắc'),
    componentsOf('components', 'Thủ tục thành phần', { moment: 'on_hand' }),
    dossiersOf('dossiers', 'Số hồ sơ', { moment: 'on_hand' }),
    dossiersOf('open', 'Chưa gỡ xong', { moment: 'open', where: { obstacleOpen: true } }),
  ],
  total: { label: 'Số hồ sơ có vướng mắc', how: 'direct' },
  charts: [{ kind: 'bars', title: 'Vướng mắc', columns: ['dossiers'] }],
  notes: ['Bảy nhóm theo báo cáo của Tổ công tác triển khai Đề án 06, tháng 9/2023.'],
};

/** f. */
const timeliness: ReportDef = {
  id: 'dung-han',
  title: 'Thời hạn giải quyết theo thủ tục thành phần và cơ quan',
  form: '',
  window: 'from_to',
  rows: [{ kind: 'values', by: 'component_agency', moment: 'on_hand', labels: componentNames }],
  columns: [
    no,
    label('Thủ tục thành phần - cơ quan'),
    componentsOf('ended', 'Đã giải quyết', { moment: 'ended' }),
    componentsOf('before', 'Trước hạn', { moment: 'ended', where: { time: ['before'] } }),
    componentsOf('on', 'Đúng hạn', { moment: 'ended', where: { time: ['on'] } }),
    componentsOf('late', 'Quá hạn', { moment: 'ended', where: { time: ['late'] } }),
    componentsOf('no_limit', 'Không có hạn', { moment: 'ended', where: { time: ['no_limit'] } }),
    { key: 'in_time', title: 'Trước và đúng hạn', value: { from: 'sum', of: ['before', 'on'] } },
    { key: 'judged', title: 'Có hạn', value: { from: 'minus', of: ['ended', 'no_limit'] } },
    { key: 'rate', title: 'Tỷ lệ đúng hạn', value: { from: 'rate', part: 'in_time', of: 'judged' } },
    componentsOf('open', 'Đang giải quyết', { moment: 'open' }),
    componentsOf('waiting', 'Chờ công dân', { moment: 'open', where: { time: ['waiting_citizen'] } }),
    componentsOf('overdue', 'Đang quá hạn', { moment: 'open', where: { time: ['overdue'] } }),
  ],
  total: { label: 'Tổng', how: 'sum' },
  checks: [{ kind: 'columns', total: 'ended', parts: ['before', 'on', 'late', 'no_limit'] }],
  paragraphs: [],
  charts: [{ kind: 'stacked', title: 'Trước, đúng và quá hạn', columns: ['before', 'on', 'late'] }],
  notes: [],
  landscape: true,
};

const ageing: ReportDef = {
  id: 'ton-dong',
  title: 'Thủ tục thành phần chưa xong, theo thời gian chờ',
  form: '',
  window: 'as_of',
  rows: [{ kind: 'open_components', labels: componentNames }],
  columns: [
    no,
    { key: 'code', title: 'Mã hồ sơ', value: { from: 'part', field: 'code' } },
    { key: 'component', title: 'Thủ tục thành phần', value: { from: 'part', field: 'component' } },
    { key: 'agency', title: 'Cơ quan', value: { from: 'part', field: 'agency' } },
    { key: 'state', title: 'Tình trạng', value: { from: 'part', field: 'state' } },
    { key: 'received', title: 'Ngày nhận', value: { from: 'part', field: 'receivedOn' } },
    { key: 'due', title: 'Ngày hẹn', value: { from: 'part', field: 'due' } },
    { key: 'days_open', title: 'Số ngày từ khi nhận', value: { from: 'part', field: 'daysOpen' } },
    { key: 'days_late', title: 'Số ngày quá hạn', value: { from: 'part', field: 'daysLate' } },
  ],
  total: null,
  checks: [],
  paragraphs: [],
  charts: [],
  notes: ['Ngày tính theo lịch.'],
  landscape: true,
};

export const workDefs: readonly ReportDef[] = [missingPapers, refusals, obstacleGroups, timeliness, ageing];
