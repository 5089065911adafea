/** Problems of form fields, card scans and numbers of papers: a part of the catalogue in problem.ts, same rules. */

export const fieldProblems = {
  // fields of a form
  FIELD_REQUIRED: [422, 'Còn trống ô bắt buộc. Hãy điền ô này.'],
  FIELD_TOO_LONG: [422, 'Nội dung dài quá {max} ký tự. Hãy rút gọn.'],
  FIELD_UNKNOWN: [422, 'Tờ khai không có ô "{field}". Hãy cập nhật chương trình.'],
  CHOICE_UNKNOWN: [422, 'Giá trị không có trong danh sách. Hãy chọn lại.'],
  DATE_UNREADABLE: [422, 'Không đọc được ngày. Gõ ngày tháng năm, ví dụ 15112026 hoặc 15/11/2026.'],
  DATE_NOT_IN_CALENDAR: [422, 'Ngày này không có trong lịch (ví dụ 31/02). Hãy kiểm tra lại ngày và tháng.'],
  DATE_YEAR_ONLY: [422, 'Ô này cần đủ ngày, tháng, năm. Gõ ví dụ 15112026.'],
  DATE_IN_FUTURE: [422, 'Ngày này sau ngày tiếp nhận. Hãy kiểm tra lại.'],
  DATE_BEFORE_1900: [422, 'Ngày này trước năm 1900. Hãy kiểm tra lại năm.'],
  DATE_DEATH_BEFORE_BIRTH: [422, 'Ngày mất trước ngày sinh. Hãy kiểm tra lại hai ngày.'],
  TIME_UNREADABLE: [422, 'Không đọc được giờ. Gõ giờ phút, ví dụ 0815 hoặc 08:15; không rõ thì để trống.'],
  TEXT_DAMAGED: [422, 'Chữ có ký tự lỗi, có thể do chép từ nơi khác. Hãy xoá và gõ lại bằng bàn phím.'],
  ID_FORM: [422, 'Số định danh có 12 chữ số (giấy cũ 9 chữ số). Hãy kiểm tra lại; vẫn lưu được.'],
  ID_SEX_MISMATCH: [
    422,
    'Chữ số thứ tư của số định danh không khớp giới tính đã chọn. Hãy kiểm tra lại; vẫn lưu được.',
  ],
  ID_YEAR_MISMATCH: [
    422,
    'Chữ số thứ năm, sáu của số định danh không khớp năm sinh. Hãy kiểm tra lại; vẫn lưu được.',
  ],
  PHONE_FORM: [
    422,
    'Số điện thoại di động có 10 chữ số, bắt đầu 03, 05, 07, 08, 09. Hãy kiểm tra lại; vẫn lưu được.',
  ],
  NUMBER_UNREADABLE: [422, 'Ô này chỉ nhận số nguyên, ví dụ 2. Hãy gõ lại bằng chữ số.'],
  AMOUNT_UNREADABLE: [422, 'Không đọc được số tiền. Gõ số đồng nguyên, ví dụ 25.300.000 hoặc 25300000.'],
  DATE_WORDS_DIFFER: [
    422,
    'Ngày ghi bằng chữ khác ngày ghi bằng số. Hãy kiểm tra lại; để trống thì máy tự ghi.',
  ],
  REGISTERED_LATE: [
    422,
    'Đăng ký quá hạn (khai sinh 60 ngày, khai tử 15 ngày). Vẫn tiếp nhận như thường; chỉ lệ phí có thể khác.',
  ],
  PARENTS_BLANK: [
    422,
    'Cả mẹ và cha đều để trống. Hãy điền ít nhất một người, trừ trẻ bị bỏ rơi; vẫn lưu được.',
  ],
  MOTHER_TOO_YOUNG: [
    422,
    'Mẹ hơn con chưa đủ 12 tuổi. Hãy kiểm tra lại năm sinh của mẹ và của con; vẫn lưu được.',
  ],
  ISSUED_BEFORE_EVENT: [
    422,
    'Ngày cấp giấy trước ngày sinh hoặc ngày mất. Hãy kiểm tra lại ngày cấp; vẫn lưu được.',
  ],
  REQUESTER_IS_DECEASED: [
    422,
    'Số định danh của người yêu cầu trùng số của người mất. Hãy kiểm tra lại; vẫn lưu được.',
  ],
  BIRTH_ORDER: [422, 'Thứ tự sinh lớn hơn số con của lần sinh này. Hãy kiểm tra lại; vẫn lưu được.'],
  // ID card scans and numbers of papers
  QR_NOT_ID_CARD: [
    422,
    'Mã vừa quét không phải mã QR của thẻ căn cước. Hãy quét mã QR in trên thẻ CCCD hoặc thẻ căn cước, hoặc gõ tay theo thẻ.',
  ],
  QR_CUT_OFF: [
    422,
    'Mã QR căn cước đọc chưa hết nội dung, thiếu phần cuối. Hãy giữ yên thẻ rồi quét lại; nếu vẫn thiếu thì gõ tay theo thẻ.',
  ],
  QR_NUMBER: [
    422,
    'Số định danh trong mã QR không đủ 12 chữ số. Hãy quét lại từ đầu; nếu vẫn vậy thì gõ tay theo thẻ.',
  ],
  QR_BIRTH_DATE: [
    422,
    'Ngày sinh trong mã QR không phải ngày có trong lịch. Hãy quét lại; nếu vẫn vậy thì gõ tay theo thẻ.',
  ],
  QR_ISSUE_DATE: [
    422,
    'Ngày cấp trong mã QR không phải ngày có trong lịch. Hãy quét lại; nếu vẫn vậy thì gõ tay theo thẻ.',
  ],
  QR_KEYBOARD: [
    422,
    'Máy quét gõ sai chữ, sai số hoặc sai dấu "|". Hãy tắt bộ gõ tiếng Việt (UniKey), để bàn phím Windows là tiếng Anh (US) và máy quét ở Unicode (UTF-8), rồi quét lại.',
  ],
  BIRTH_NOTICE_FORM: [
    422,
    'Số giấy chứng sinh mẫu từ 01/10/2025 có 18 ký tự, ví dụ 00123.GCS.79010.26. Hãy kiểm tra lại nếu là mẫu này; giấy mẫu cũ thì cứ để; vẫn lưu được.',
  ],
  INSURANCE_FORM: [
    422,
    'Mã số BHXH, thẻ BHYT có 10 chữ số; thẻ cũ có 15 ký tự, ví dụ TE1790123456789. Hãy kiểm tra lại; vẫn lưu được.',
  ],
  EMAIL_FORM: [
    422,
    'Địa chỉ thư điện tử có dạng ten@noidung.vn, không dấu, không khoảng trắng. Hãy kiểm tra lại; vẫn lưu được.',
  ],
  HOUSEHOLD_FORM: [422, 'Mã hộ gia đình (BHYT) thường có 10 chữ số. Hãy kiểm tra lại; vẫn lưu được.'],
  CIVIL_STATUS_NUMBER_FORM: [
    422,
    'Số giấy tờ hộ tịch có dạng số/năm, ví dụ 01/2024. Hãy kiểm tra lại; vẫn lưu được.',
  ],
} as const;
