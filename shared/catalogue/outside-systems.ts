/**
 * The systems that the clerk has to type into as well, each with its boxes in the order of its screen, for "Chép sang".
 * The screens were not seen: the orders follow the printed declarations (DOMAIN 1.9) and are to be confirmed.
 */
import type { OutsideField, OutsideSystem } from './law.ts';

const text = (label: string, ...from: readonly string[]): OutsideField => ({ label, from, as: 'text' });
const date = (label: string, ...from: readonly string[]): OutsideField => ({ label, from, as: 'date' });
const upper = (label: string, ...from: readonly string[]): OutsideField => ({ label, from, as: 'upper' });
const choice = (label: string, ...from: readonly string[]): OutsideField => ({ label, from, as: 'choice' });

const requester: readonly OutsideField[] = [
  text('Họ, chữ đệm, tên người yêu cầu', 'requester.fullName'),
  date('Ngày sinh người yêu cầu', 'requester.birth'),
  text('Số định danh, giấy tờ tùy thân', 'requester.citizenNumber'),
  date('Ngày cấp', 'requester.paperDate'),
  text('Nơi cấp', 'requester.paperPlace'),
  text('Nơi cư trú', 'requester.residence'),
  choice('Quan hệ', 'requester.relation'),
  text('Điện thoại', 'requester.phone'),
  text('Thư điện tử', 'requester.email'),
];
const child: readonly OutsideField[] = [
  upper('Họ, chữ đệm, tên trẻ', 'child.fullName'),
  date('Ngày, tháng, năm sinh', 'child.birth'),
  text('Ghi bằng chữ', 'child.birthWords'),
  choice('Giới tính', 'child.sex'),
  text('Dân tộc', 'child.ethnicity'),
  text('Quốc tịch', 'child.nationality'),
  text('Nơi sinh', 'child.birthPlace'),
  text('Quê quán', 'child.hometown'),
  text('Số giấy chứng sinh', 'child.certificateNumber'),
];
const parent = (who: string, key: 'mother' | 'father'): readonly OutsideField[] => [
  upper(`Họ, chữ đệm, tên người ${who}`, `${key}.fullName`),
  date(`Năm sinh người ${who}`, `${key}.birth`),
  text(`Số định danh người ${who}`, `${key}.citizenNumber`),
  text(`Dân tộc người ${who}`, `${key}.ethnicity`),
  text(`Quốc tịch người ${who}`, `${key}.nationality`),
  text(`Nơi cư trú người ${who}`, `${key}.residence`),
];
const parents = [...parent('mẹ', 'mother'), ...parent('cha', 'father')];
const marriage: readonly OutsideField[] = [
  text('Số giấy chứng nhận kết hôn', 'marriage.number'),
  text('Quyển số', 'marriage.book'),
  date('Ngày đăng ký kết hôn', 'marriage.date'),
  text('Nơi đăng ký kết hôn', 'marriage.place'),
];
const residence: readonly OutsideField[] = [
  text('Chủ hộ', 'residence.headOfHousehold'),
  text('Số định danh chủ hộ', 'residence.headCitizenNumber'),
  text('Quan hệ của trẻ với chủ hộ', 'residence.headRelation'),
  text('Nơi đăng ký thường trú', 'residence.address', 'mother.residence', 'father.residence'),
];
const insurance: readonly OutsideField[] = [
  text('Nơi đăng ký khám chữa bệnh ban đầu', 'insurance.facility'),
  text('Mã hộ gia đình', 'insurance.householdCode'),
  text('Người giám hộ', 'insurance.guardian', 'mother.fullName', 'father.fullName'),
  text('Địa chỉ nhận thẻ BHYT', 'insurance.cardAddress', 'requester.residence'),
];
const deceased: readonly OutsideField[] = [
  upper('Họ, chữ đệm, tên người chết', 'deceased.fullName'),
  date('Ngày, tháng, năm sinh', 'deceased.birth'),
  choice('Giới tính', 'deceased.sex'),
  text('Dân tộc', 'deceased.ethnicity'),
  text('Quốc tịch', 'deceased.nationality'),
  text('Nơi cư trú cuối cùng', 'deceased.residence'),
  text('Số định danh, giấy tờ tùy thân người chết', 'deceased.citizenNumber'),
];
const death: readonly OutsideField[] = [
  text('Đã chết vào lúc (giờ, phút)', 'death.time'),
  date('Ngày chết', 'death.date'),
  text('Nơi chết', 'death.place'),
  text('Nguyên nhân chết', 'death.cause'),
  text('Số giấy báo tử, giấy tờ thay thế', 'death.noticeNumber'),
  text('Cơ quan cấp', 'death.noticeIssuer'),
  date('Ngày cấp giấy báo tử', 'death.noticeDate'),
];
const funeral: readonly OutsideField[] = [
  choice('Nhóm đối tượng mai táng', 'funeral.group'),
  text('Người nhận', 'funeral.receiver'),
  text('Quan hệ với người chết', 'funeral.receiverRelation'),
  text('Quê quán người nhận', 'funeral.hometown'),
  choice('Hình thức nhận', 'funeral.payment'),
  text('Ngân hàng', 'funeral.bank'),
  text('Số tài khoản', 'funeral.account'),
  text('Nơi nhận tiền mặt', 'funeral.payPlace'),
];
const desk: readonly OutsideField[] = [
  text('Người nộp hồ sơ', 'requester.fullName'),
  text('Số định danh người nộp', 'requester.citizenNumber'),
  text('Địa chỉ', 'requester.residence'),
  text('Số điện thoại', 'requester.phone'),
  text('Thư điện tử', 'requester.email'),
];
const receipt: readonly OutsideField[] = [
  date('Ngày tiếp nhận', 'dossier.receivedOn'),
  date('Ngày hẹn trả', 'dossier.due'),
  text('Mã tạm trên máy', 'dossier.code'),
];

type Row = Pick<OutsideSystem, 'code' | 'name' | 'chain' | 'component' | 'fields'> & Partial<OutsideSystem>;
const system = (row: Row): OutsideSystem => ({
  from: '2023-07-10',
  to: null,
  source: 'Thứ tự ô theo tờ khai in; chưa xem màn hình, cần xác nhận',
  verified: false,
  ...row,
});

// NĐ 301/2026: the same service, called Cổng Dịch vụ công quốc gia from 01/09/2026.
const linked = (row: Omit<Row, 'code' | 'name' | 'component'>): readonly OutsideSystem[] => [
  system({
    ...row,
    code: 'lien_thong',
    name: 'Phần mềm dịch vụ công liên thông (Cổng Dịch vụ công quốc gia)',
    component: null,
    to: '2026-08-31',
  }),
  system({
    ...row,
    code: 'lien_thong',
    name: 'Cổng Dịch vụ công quốc gia, dịch vụ công liên thông',
    component: null,
    from: '2026-09-01',
  }),
];

const CIVIL_STATUS = { code: 'ho_tich', name: 'Phần mềm hộ tịch (Bộ Tư pháp)' };
const ONE_STOP = { code: 'mot_cua', name: 'Hệ thống một cửa điện tử Thành phố', component: null };

export const outsideSystems: readonly OutsideSystem[] = [
  ...linked({
    chain: 'birth',
    fields: [...requester, ...child, ...parents, ...marriage, ...residence, ...insurance],
  }),
  system({ ...CIVIL_STATUS, chain: 'birth', component: 'K1', fields: [...child, ...parents, ...requester] }),
  system({
    ...ONE_STOP,
    chain: 'birth',
    fields: [...desk, upper('Họ, chữ đệm, tên trẻ', 'child.fullName'), ...receipt],
  }),
  ...linked({ chain: 'death', fields: [...requester, ...deceased, ...death, ...funeral] }),
  system({ ...CIVIL_STATUS, chain: 'death', component: 'T1', fields: [...deceased, ...death, ...requester] }),
  system({
    ...ONE_STOP,
    chain: 'death',
    fields: [...desk, upper('Họ, chữ đệm, tên người chết', 'deceased.fullName'), ...receipt],
  }),
];
