/**
 * The printed papers of the one-stop counter and their numbering by date, as data. TT 01/2018/TT-VPCP had six papers,
 * TT 03/2025/TT-VPCP has seven: Mẫu 05 is new, old 05 and 06 became 06 and 07, and Mẫu 04 changed its purpose. An old
 * paper is printed again under the numbering of its own day. `verified: false` = number, title or layout was not read
 * in the circular itself: shown as "cần xác nhận".
 */
import type { LocalDate } from '../lib/local-date.ts';

export const slipKinds = [
  'receipt',
  'supplement',
  'refusal',
  'extension',
  'stop',
  'control',
  'register',
  'summary',
] as const;
export type SlipKind = (typeof slipKinds)[number];

export const numberings = ['tt01-2018', 'tt03-2025'] as const;
export type Numbering = (typeof numberings)[number];

export interface SlipForm {
  readonly kind: SlipKind;
  readonly numbering: Numbering;
  /** Number of the Mẫu, two digits; null = a paper of the house, in no circular. */
  readonly no: string | null;
  readonly title: string;
  readonly from: LocalDate;
  /** Last day in use; null = still in use. */
  readonly to: LocalDate | null;
  readonly source: string;
  readonly verified: boolean;
}

const OLD = { numbering: 'tt01-2018', from: '2018-11-23', to: '2025-09-14' } as const;
const NEW = { numbering: 'tt03-2025', from: '2025-09-15', to: null } as const;
const HOUSE = { no: null, title: 'Phiếu tóm tắt hồ sơ', source: 'Phiếu nội bộ', verified: true } as const;
const FROM_MEMORY = 'TT 01/2018/TT-VPCP; chưa đối chiếu nguyên văn';
const TITLE_ONLY = 'TT 03/2025/TT-VPCP, Phụ lục I (tên mẫu); bố cục chưa đối chiếu nguyên văn';

export const slipForms: readonly SlipForm[] = [
  {
    ...OLD,
    kind: 'receipt',
    no: '01',
    title: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
    source: 'TT 01/2018/TT-VPCP, Mẫu số 01; bản in năm 2019',
    verified: true,
  },
  {
    ...OLD,
    kind: 'supplement',
    no: '02',
    title: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
    source: FROM_MEMORY,
    verified: false,
  },
  {
    ...OLD,
    kind: 'refusal',
    no: '03',
    title: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
    source: FROM_MEMORY,
    verified: false,
  },
  {
    ...OLD,
    kind: 'extension',
    no: '04',
    title: 'Phiếu xin lỗi và hẹn lại ngày trả kết quả',
    source: FROM_MEMORY,
    verified: false,
  },
  {
    ...OLD,
    kind: 'control',
    no: '05',
    title: 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
    source: 'TT 01/2018/TT-VPCP, Mẫu số 05; bản in',
    verified: true,
  },
  {
    ...OLD,
    kind: 'register',
    no: '06',
    title: 'Sổ theo dõi hồ sơ',
    source: FROM_MEMORY,
    verified: false,
  },
  { ...OLD, ...HOUSE, kind: 'summary' },
  {
    ...NEW,
    kind: 'receipt',
    no: '01',
    title: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
    source: 'TT 03/2025/TT-VPCP, Phụ lục I; bố cục theo bản in của hệ thống cấp xã',
    verified: true,
  },
  {
    ...NEW,
    kind: 'supplement',
    no: '02',
    title: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
    source: TITLE_ONLY,
    verified: false,
  },
  {
    ...NEW,
    kind: 'refusal',
    no: '03',
    title: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
    source: TITLE_ONLY,
    verified: false,
  },
  {
    ...NEW,
    kind: 'extension',
    no: '04',
    title: 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết',
    source: TITLE_ONLY,
    verified: false,
  },
  {
    ...NEW,
    kind: 'stop',
    no: '05',
    title: 'Thông báo dừng giải quyết hồ sơ',
    source: TITLE_ONLY,
    verified: false,
  },
  {
    ...NEW,
    kind: 'control',
    no: '06',
    title: 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
    source: 'TT 03/2025/TT-VPCP, Phụ lục I; bố cục theo bản in của hệ thống cấp xã',
    verified: true,
  },
  {
    ...NEW,
    kind: 'register',
    no: '07',
    title: 'Sổ theo dõi hồ sơ',
    source: TITLE_ONLY,
    verified: false,
  },
  { ...NEW, ...HOUSE, kind: 'summary' },
];

/** The paper of a purpose on the day it was first issued; undefined = there was none (no stop notice before 15/09/2025). */
export function slipFormOn(kind: SlipKind, date: LocalDate): SlipForm | undefined {
  return slipForms.find((f) => f.kind === kind && f.from <= date && (f.to === null || date <= f.to));
}

export function slipForm(kind: SlipKind, numbering: Numbering): SlipForm | undefined {
  return slipForms.find((f) => f.kind === kind && f.numbering === numbering);
}
