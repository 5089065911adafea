/** Words for the states and steps of a dossier as the papers write them. */
import type { Action, ComponentState } from '../domain/action-rules.ts';
import type { EventVerb } from '../domain/verbs.ts';

export const stateWords: Readonly<Record<ComponentState, string>> = {
  waiting: 'Chờ thủ tục trước',
  processing: 'Đang giải quyết',
  supplement: 'Chờ bổ sung giấy tờ',
  payment: 'Chờ nộp phí, lệ phí',
  elsewhere: 'Chờ cơ quan khác',
  done: 'Đã có kết quả',
  given: 'Đã trả kết quả',
  refused: 'Từ chối',
  withdrawn: 'Đã rút',
  stopped: 'Dừng giải quyết',
};

export const actionWords: Readonly<Record<Action, string>> = {
  ask_supplement: 'Yêu cầu bổ sung',
  supplement_arrived: 'Nhận giấy tờ bổ sung',
  forward: 'Chuyển hồ sơ',
  came_back: 'Nhận lại hồ sơ',
  ask_payment: 'Yêu cầu nộp phí, lệ phí',
  paid: 'Đã nộp phí, lệ phí',
  result_received: 'Có kết quả',
  give_result: 'Trả kết quả',
  refuse: 'Từ chối',
  stop: 'Dừng giải quyết',
  withdraw: 'Rút hồ sơ',
  extend: 'Xin lỗi, đề nghị gia hạn',
  hand_over: 'Giao, nhận hồ sơ',
  report_obstacle: 'Ghi vướng mắc',
  clear_obstacle: 'Hết vướng mắc',
  take_back: 'Lấy lại bước đã ghi',
};

const verbWords: Readonly<Record<Exclude<EventVerb, 'dossier.act'>, string>> = {
  'dossier.receive': 'Tiếp nhận hồ sơ',
  'dossier.correct': 'Sửa hồ sơ',
  'dossier.annotate': 'Ghi giấy tờ, mã hồ sơ',
  'dossier.resolve': 'Chọn bản đúng của hồ sơ',
  'dossier.transfer': 'Chuyển hồ sơ đến nơi khác',
  'dossier.attach': 'Đính kèm tệp quét',
  'dossier.detach': 'Bỏ tệp đính kèm',
  'count.record': 'Ghi số liệu',
  'sheet.lock': 'Khoá và gửi biểu',
  'sheet.approve': 'Duyệt biểu',
  'sheet.return': 'Trả lại biểu',
  'sheet.unlock': 'Mở khoá biểu',
  'sheet.resolve': 'Chọn bản đúng của biểu',
  'target.set': 'Ghi chỉ tiêu',
  'cluster.set': 'Đặt cụm đơn vị',
  'report.print': 'Ghi số đã in',
  'report.freeze': 'Chốt báo cáo',
  'catalogue.correct': 'Sửa danh mục',
  'day.close': 'Chốt ngày',
};

/** Words of any verb, also of one that a newer program made. */
export function verbWordOf(verb: string): string {
  return (verbWords as Readonly<Record<string, string>>)[verb] ?? verb;
}

const ways: Readonly<Record<string, string>> = {
  nhan_tai_quay: 'Nhận trực tiếp tại quầy',
  buu_chinh: 'Qua dịch vụ bưu chính công ích',
  dien_tu: 'Bản điện tử trên Cổng Dịch vụ công',
};
export function deliveryWords(way: string, address: string): string {
  const words = ways[way] ?? '';
  return address && words ? `${words}: ${address}` : words;
}
