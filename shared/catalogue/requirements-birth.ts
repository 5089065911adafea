/** Papers of the birth chain: TTLT 05/2015 (the conceptual list), QĐ 296/QĐ-VPCP, CT01, TK1-TS. */
import type { Requirement } from './law.ts';
import { all, any, is, lineOf, not, QD296, UNREAD } from './requirement-line.ts';

const line = lineOf('birth');
const LIST = `TTLT 05/2015/TTLT-BTP-BCA-BYT; ${QD296}`;

const declaration = {
  code: 'ks_to_khai',
  component: 'K1',
  because: 'Khai sinh, thường trú và BHYT cùng khai trên một tờ khai điện tử.',
  todo: 'Xem lại tờ khai điện tử trên màn hình rồi xác nhận.',
  when: null,
  initial: 'electronic',
} as const;
const outside = is('child.birthPlaceKind', 'ngoai_co_so');
const abandoned = is('child.birthPlaceKind', 'bo_roi');
const withOthers = is('residence.livesWith', 'nguoi_khac');

const civilStatus: readonly Requirement[] = [
  line({
    ...declaration,
    name: 'Tờ khai điện tử liên thông khai sinh (Mẫu số 01, Công văn 2084/VPCP-KSTT)',
    to: '2024-06-30',
    source: 'Công văn 2084/VPCP-KSTT (2023)',
    verified: true,
  }),
  line({
    ...declaration,
    name: 'Tờ khai điện tử liên thông khai sinh (NĐ 63/2024/NĐ-CP)',
    from: '2024-07-01',
    to: '2026-08-31',
    source: 'NĐ 63/2024/NĐ-CP; QĐ 296/QĐ-VPCP',
    verified: true,
  }),
  line({
    ...declaration,
    name: 'Tờ khai điện tử liên thông khai sinh (mẫu của NĐ 301/2026/NĐ-CP)',
    because:
      'Khai sinh, thường trú, BHYT và căn cước cùng khai trên một tờ khai điện tử, mẫu mới từ 01/09/2026.',
    from: '2026-09-01',
    source: 'NĐ 301/2026/NĐ-CP; các ô của mẫu mới cần xác nhận',
    verified: false,
  }),
  line({
    code: 'ks_giay_chung_sinh',
    component: 'K1',
    name: 'Giấy chứng sinh',
    because: 'Trẻ sinh tại cơ sở y tế thì cơ sở y tế cấp giấy chứng sinh.',
    todo: 'Nộp giấy chứng sinh do cơ sở y tế cấp, hoặc cho biết số giấy để tra bản điện tử.',
    when: not(any(outside, abandoned)),
    source: LIST,
    verified: true,
  }),
  line({
    code: 'ks_xac_nhan_lam_chung',
    component: 'K1',
    name: 'Văn bản xác nhận của người làm chứng về việc sinh',
    because: 'Trẻ sinh ngoài cơ sở y tế nên không có giấy chứng sinh; người làm chứng xác nhận thay.',
    todo: 'Nộp văn bản có chữ ký của người làm chứng về việc sinh.',
    when: all(outside, not(is('child.birthProof', 'cam_doan'))),
    source: LIST,
    verified: true,
  }),
  line({
    code: 'ks_cam_doan',
    component: 'K1',
    name: 'Giấy cam đoan về việc sinh',
    because: 'Trẻ sinh ngoài cơ sở y tế và không có người làm chứng.',
    todo: 'Viết và ký giấy cam đoan về việc sinh.',
    when: all(outside, is('child.birthProof', 'cam_doan')),
    source: LIST,
    verified: true,
  }),
  line({
    code: 'ks_bien_ban_bo_roi',
    component: 'K1',
    name: 'Biên bản về việc trẻ bị bỏ rơi',
    because: 'Trẻ bị bỏ rơi: biên bản của cơ quan có thẩm quyền thay cho giấy chứng sinh.',
    todo: 'Nộp biên bản về việc trẻ bị bỏ rơi do Ủy ban nhân dân hoặc công an cấp xã lập.',
    when: abandoned,
    source: LIST,
    verified: true,
  }),
  line({
    code: 'ks_mang_thai_ho',
    component: 'K1',
    name: 'Văn bản chứng minh việc mang thai hộ',
    because: 'Trẻ sinh do mang thai hộ: cần thêm văn bản của cơ sở y tế đã thực hiện kỹ thuật.',
    todo: 'Nộp văn bản xác nhận của cơ sở y tế về việc mang thai hộ, cùng giấy chứng sinh.',
    when: all(is('child.surrogacy', '1'), not(abandoned)),
    source: LIST,
    verified: true,
  }),
  line({
    code: 'ks_ket_hon',
    component: 'K1',
    name: 'Giấy chứng nhận kết hôn của cha mẹ',
    because: 'Cha mẹ đã đăng ký kết hôn: phần khai về người cha dựa vào giấy này.',
    todo: 'Cho biết số và nơi đăng ký kết hôn để tra dữ liệu; tra không được thì xuất trình giấy.',
    when: is('parents.married', 'da_ket_hon'),
    initial: 'replaced_by_data',
    source: `NĐ 123/2015/NĐ-CP; NQ 66.7/2025/NQ-CP, điều 7; ${UNREAD}`,
    verified: false,
  }),
  line({
    code: 'ks_nhan_cha_con',
    component: 'K1',
    name: 'Tờ khai đăng ký nhận cha, mẹ, con và chứng cứ kèm theo',
    because: 'Cha mẹ chưa đăng ký kết hôn mà khai tên cha thì làm cùng lúc thủ tục nhận cha, con.',
    todo: 'Hỏi người yêu cầu có làm thủ tục nhận cha, con không; nếu không thì để trống phần khai về cha.',
    when: all(is('parents.married', 'chua_ket_hon'), is('father.known', '1')),
    weight: 'by_case',
    source: `NĐ 123/2015/NĐ-CP, điều 15; TT 04/2020/TT-BTP, ${UNREAD}`,
    verified: false,
  }),
  line({
    code: 'ks_quoc_tich',
    component: 'K1',
    name: 'Văn bản thỏa thuận chọn quốc tịch và hộ chiếu của người nước ngoài',
    because: 'Có yếu tố nước ngoài trong việc khai sinh.',
    todo: 'Xuất trình hộ chiếu; nộp văn bản cha mẹ thỏa thuận quốc tịch của con nếu một người là người nước ngoài.',
    when: is('foreign', '1'),
    weight: 'by_case',
    source: `Luật Hộ tịch 2014, điều 35 và 36, ${UNREAD}`,
    verified: false,
  }),
];

const filer: readonly Requirement[] = [
  line({
    code: 'ks_giay_tuy_than',
    component: 'K1',
    name: 'Giấy tờ tùy thân của người yêu cầu',
    because: 'Để biết đúng người có quyền đi đăng ký khai sinh.',
    todo: 'Xuất trình thẻ căn cước, CCCD hoặc hộ chiếu; đã có tài khoản định danh mức 2 thì không phải nộp.',
    when: null,
    initial: 'replaced_by_data',
    source: `NĐ 123/2015/NĐ-CP, ${UNREAD}`,
    verified: false,
  }),
  line({
    code: 'ks_uy_quyen_chung_thuc',
    component: 'K1',
    name: 'Văn bản ủy quyền được công chứng hoặc chứng thực',
    because:
      'Người đi nộp thay không phải ông bà, cha mẹ, con, vợ chồng, anh chị em ruột của người ủy quyền.',
    todo: 'Nộp văn bản ủy quyền đã công chứng hoặc chứng thực.',
    when: is('authorised.certified', '1'),
    source: `NĐ 123/2015/NĐ-CP (quy tắc của khai tử, dùng cho khai sinh), ${UNREAD}`,
    verified: false,
  }),
  line({
    code: 'ks_uy_quyen_than_thich',
    component: 'K1',
    name: 'Văn bản ủy quyền (không phải chứng thực)',
    because:
      'Người được ủy quyền là ông bà, cha mẹ, con, vợ chồng hoặc anh chị em ruột nên không phải chứng thực.',
    todo: 'Nộp văn bản ủy quyền và giấy tờ cho thấy quan hệ với người ủy quyền.',
    when: all(is('requester.relation', 'uy_quyen'), is('requester.authorisedBy', 'than_thich')),
    source: `NĐ 123/2015/NĐ-CP (quy tắc của khai tử, dùng cho khai sinh), ${UNREAD}`,
    verified: false,
  }),
  line({
    code: 'ks_to_chuc',
    component: 'K1',
    name: 'Văn bản của tổ chức đang nuôi dưỡng trẻ',
    because: 'Người đi đăng ký đại diện cho tổ chức đang nuôi dưỡng trẻ.',
    todo: 'Nộp giấy giới thiệu hoặc văn bản cử người của tổ chức.',
    when: is('requester.relation', 'to_chuc'),
    weight: 'by_case',
    source: `Luật Hộ tịch 2014, điều 15, ${UNREAD}`,
    verified: false,
  }),
];

const residence: readonly Requirement[] = [
  line({
    code: 'ks_ct01',
    component: 'K2',
    name: 'Tờ khai thay đổi thông tin cư trú (CT01)',
    because: 'Đăng ký thường trú cho trẻ dùng tờ khai CT01, sinh ra từ tờ khai điện tử.',
    todo: 'Xem lại CT01 trên màn hình, ghi chủ hộ và quan hệ của trẻ với chủ hộ.',
    when: null,
    initial: 'electronic',
    source: `${LIST}; CT01 (TT 53/2025/TT-BCA)`,
    verified: true,
  }),
  line({
    code: 'ks_y_kien_chu_ho',
    component: 'K2',
    name: 'Ý kiến đồng ý của chủ hộ',
    because: 'Trẻ nhập vào hộ mà chủ hộ không phải là cha hoặc mẹ.',
    todo: 'Chủ hộ ghi ý kiến đồng ý và ký trên CT01, hoặc xác nhận qua VNeID.',
    when: any(withOthers, is('residence.headIs', 'ong_ba', 'nguoi_khac')),
    source: `TTLT 05/2015/TTLT-BTP-BCA-BYT (trẻ ở với người khác); chủ hộ là ông bà: Luật Cư trú 2020, ${UNREAD}`,
    verified: false,
  }),
  line({
    code: 'ks_dong_y_cha_me',
    component: 'K2',
    name: 'Văn bản đồng ý của cha, mẹ cho trẻ ở với người khác',
    because: 'Trẻ đăng ký thường trú với người không phải cha, mẹ.',
    todo: 'Cha, mẹ viết và ký văn bản đồng ý.',
    when: all(withOthers, any(is('mother.known', '1'), is('father.known', '1')), not(abandoned)),
    source: 'TTLT 05/2015/TTLT-BTP-BCA-BYT',
    verified: true,
  }),
  line({
    code: 'ks_cho_o_hop_phap',
    component: 'K2',
    name: 'Giấy tờ chứng minh chỗ ở hợp pháp',
    because:
      'Chỗ ở chưa có trong cơ sở dữ liệu. Văn bản liên thông và Luật Cư trú còn khác nhau về giấy này.',
    todo: 'Có thì nộp bản chụp; không có thì hỏi công an cấp xã, hồ sơ vẫn được nhận.',
    when: not(is('residence.dwelling', 'trong_csdl')),
    weight: 'by_case',
    source: 'Luật Cư trú 2020; QĐ 296/QĐ-VPCP, phụ lục 1 (Thành phố đã đề nghị bỏ); cần xác nhận',
    verified: false,
  }),
];

const insurance: readonly Requirement[] = [
  line({
    code: 'ks_tk1_ts',
    component: 'K3',
    name: 'Tờ khai tham gia BHYT (TK1-TS)',
    because: 'Cấp thẻ BHYT cho trẻ dưới 6 tuổi; nội dung lấy từ tờ khai điện tử.',
    todo: 'Chọn nơi đăng ký khám chữa bệnh ban đầu và địa chỉ nhận thẻ.',
    when: null,
    initial: 'electronic',
    source: LIST,
    verified: true,
  }),
];

const idCard: readonly Requirement[] = [
  line({
    code: 'ks_can_cuoc',
    component: 'K4',
    name: 'Đề nghị cấp thẻ căn cước cho trẻ dưới 6 tuổi',
    because: 'Người yêu cầu đề nghị cấp thẻ căn cước cùng lúc với khai sinh.',
    todo: 'Đánh dấu đề nghị cấp thẻ và ghi địa chỉ nhận thẻ trên tờ khai.',
    when: null,
    initial: 'electronic',
    from: '2026-09-01',
    source: 'NĐ 301/2026/NĐ-CP; giấy tờ kèm theo cần xác nhận',
    verified: false,
  }),
];

export const birthRequirements: readonly Requirement[] = [
  ...civilStatus,
  ...filer,
  ...residence,
  ...insurance,
  ...idCard,
];
