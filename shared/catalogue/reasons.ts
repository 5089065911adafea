/** Ready wordings for the slips: what is asked for, why a dossier is refused, extended, stopped, withdrawn, or a step taken back. */
import type { Reason } from './law.ts';

type Use = Reason['uses'][number];
const SLIPS = 'TT 03/2025/TT-VPCP, Mẫu số 02-05; câu mẫu, người tiếp nhận sửa được';

const reason = (
  code: string,
  uses: readonly Use[],
  text: string,
  verified = false,
  source = SLIPS,
): Reason => ({
  code,
  uses,
  text,
  verified,
  source,
  from: '2023-07-10',
  to: null,
});
const SEVEN_DAYS = 'QĐ 296/QĐ-VPCP ngày 12/06/2024';

export const reasons: readonly Reason[] = [
  reason('thieu_giay_to', ['supplement'], 'Thành phần hồ sơ còn thiếu giấy tờ theo quy định.'),
  reason('giay_to_khong_ro', ['supplement'], 'Bản chụp giấy tờ mờ, mất góc hoặc không mở được tệp.'),
  reason('thong_tin_khong_khop', ['supplement'], 'Thông tin trên tờ khai không khớp giấy tờ nộp kèm.'),
  reason('chua_chung_thuc', ['supplement'], 'Văn bản ủy quyền chưa được công chứng hoặc chứng thực.'),
  reason('chua_co_y_kien', ['supplement'], 'Chưa có ý kiến đồng ý của cha, mẹ hoặc chủ hộ.'),
  reason(
    'du_lieu_y_te_sai',
    ['supplement'],
    'Dữ liệu giấy chứng sinh, giấy báo tử sai; đề nghị cơ sở y tế điều chỉnh.',
  ),
  reason(
    'qua_han_bo_sung',
    ['refuse', 'stop'],
    'Quá 07 ngày làm việc kể từ ngày yêu cầu mà hồ sơ chưa được bổ sung, hoàn thiện.',
    true,
    SEVEN_DAYS,
  ),
  reason('khong_dung_tham_quyen', ['refuse'], 'Việc đăng ký không thuộc thẩm quyền của cơ quan này.'),
  reason('khong_du_dieu_kien', ['refuse'], 'Hồ sơ không đủ điều kiện giải quyết theo quy định.'),
  reason(
    'nguoi_nop_khong_dung',
    ['refuse'],
    'Người yêu cầu không thuộc người có quyền, nghĩa vụ đi đăng ký.',
  ),
  reason('da_dang_ky', ['refuse', 'stop'], 'Việc này đã được đăng ký tại cơ quan khác.'),
  reason('khong_huong_hai_lan', ['refuse'], 'Đã hưởng mai táng phí ở mức cao hơn theo quy định khác.'),
  reason('cho_xac_minh', ['extend'], 'Cần thời gian xác minh với cơ quan liên quan.'),
  reason('cho_so_dinh_danh', ['extend'], 'Cơ sở dữ liệu quốc gia về dân cư chưa trả số định danh cá nhân.'),
  reason('loi_he_thong', ['extend', 'stop'], 'Hệ thống hoặc đường truyền bị lỗi, chưa gửi nhận được hồ sơ.'),
  reason('co_quan_phoi_hop_cham', ['extend'], 'Cơ quan phối hợp chưa trả kết quả đúng hạn.'),
  reason('theo_quyet_dinh', ['stop'], 'Dừng giải quyết theo văn bản của cơ quan có thẩm quyền.'),
  reason('khong_lien_lac_duoc', ['stop'], 'Không liên lạc được với người yêu cầu để tiếp tục giải quyết.'),
  reason('nguoi_dan_rut', ['withdraw'], 'Người yêu cầu đề nghị rút hồ sơ.'),
  reason('nop_noi_khac', ['withdraw'], 'Người yêu cầu chuyển sang nộp tại cơ quan khác.'),
  reason('nham_ho_so', ['take_back'], 'Ghi nhầm hồ sơ.'),
  reason('nham_thao_tac', ['take_back'], 'Ghi nhầm bước, nhầm ngày hoặc nhầm kết quả.'),
  reason('co_quan_tra_lai', ['take_back'], 'Cơ quan giải quyết trả lại để làm tiếp.'),
];
