/** Problems of signing in and of key slots: a part of the catalogue in problem.ts, same rules. */

export const accountProblems = {
  SIGN_IN_NEEDED: [
    401,
    'Máy đang khoá hoặc chưa có người đăng nhập. Hãy đăng nhập rồi làm lại; chữ đã gõ vẫn còn.',
  ],
  PASSWORD_WRONG: [
    401,
    'Mật khẩu không đúng. Hãy bấm "Hiện mật khẩu" để xem chữ đã gõ, kiểm tra phím Caps Lock và bộ gõ (Telex, VNI) rồi gõ lại.',
  ],
  PASSWORD_WAIT: [
    429,
    'Mật khẩu đã sai nhiều lần. Hãy chờ {seconds} giây rồi gõ lại; tắt máy hay chỉnh đồng hồ không rút ngắn được.',
  ],
  PASSWORD_LOCKED: [
    423,
    'Tài khoản này đã sai mật khẩu quá nhiều lần nên bị khoá. Hãy dùng mã khôi phục đã in, hoặc nhờ lãnh đạo đăng nhập và đặt lại mật khẩu.',
  ],
  PASSWORD_WEAK: [
    422,
    'Mật khẩu mới chưa đủ mạnh. Hãy gõ từ 12 ký tự, như bốn tiếng không liên quan nhau; không dùng tên mình, tên phường, ngày tháng hay mật khẩu nhiều người đã dùng.',
  ],
  PASSWORD_GIVEN: [
    409,
    'Mật khẩu đang dùng do người khác đặt. Hãy mở sổ, đặt mật khẩu mới chỉ mình anh chị biết rồi làm tiếp.',
  ],
  PASSWORD_SAME: [
    422,
    'Mật khẩu này trùng mật khẩu người khác đã đặt cho anh chị, nên người ấy cũng biết. Hãy chọn mật khẩu khác.',
  ],
  PASSWORD_SET: [409, 'Máy này đã có mật khẩu. Hãy đăng nhập, rồi đổi mật khẩu trong Cài đặt.'],
  PIN_WRONG: [401, 'Mã PIN không đúng, còn {left} lần. Hãy gõ lại, hoặc dùng mật khẩu.'],
  PIN_NOT_NOW: [
    409,
    'Chưa dùng được mã PIN lúc này. Hãy đăng nhập bằng mật khẩu một lần trong ngày trước đã.',
  ],
  PIN_WEAK: [422, 'Mã PIN này dễ đoán hoặc không đủ 6 chữ số. Hãy chọn 6 chữ số khác.'],
  ACCOUNT_NOT_HERE: [
    404,
    'Người này chưa có mật khẩu trên máy này. Hãy nhờ người đã đăng nhập thêm vào trong Cài đặt.',
  ],
  ACCOUNT_LAST: [
    409,
    'Đây là người cuối cùng mở được dữ liệu trên máy này nên chưa gỡ được. Hãy thêm người khác trước.',
  ],
  ROLE_EXPIRED: [
    403,
    'Đã hơn {days} ngày máy này chưa gặp Thành phố, nên việc cần quyền này tạm dừng. Tiếp nhận, sửa hồ sơ, nhập số liệu và gửi vẫn làm được; hãy nối mạng gửi một lần (F9) là dùng lại được ngay.',
  ],
  ROLE_UNPROVEN: [
    403,
    'Máy này chưa có giấy vai trò Thành phố ký cho người đang đăng nhập, nên chỉ xem được. Dữ liệu vẫn còn; hãy nối mạng gửi một lần (F9), nếu vẫn vậy thì báo Thành phố.',
  ],
  KEY_SLOT_DAMAGED: [
    500,
    'Tệp khoá của người này bị hỏng hoặc ghi dở. Dữ liệu vẫn còn; hãy dùng mã khôi phục đã in, hoặc để người khác đăng nhập rồi đặt lại mật khẩu.',
  ],
  KEY_SLOT_FOREIGN: [
    409,
    'Tệp khoá này gắn với máy hoặc tài khoản Windows khác nên không mở được ở đây. Dữ liệu vẫn còn; hãy dùng mã khôi phục đã in.',
  ],
  RECOVERY_CODE_TYPO: [
    422,
    'Nhóm số thứ {group} của mã khôi phục không đúng. Hãy xem lại tờ đã in và gõ lại nhóm đó.',
  ],
  RECOVERY_CODE_WRONG: [
    401,
    'Mã khôi phục này không mở được dữ liệu trên máy. Hãy lấy tờ in gần nhất của đúng máy này.',
  ],
  UNLOCK_NO_SLOT: [
    404,
    'Máy này chưa có ngăn khoá gửi Thành phố nên chưa nhờ mở được. Hãy dùng mã khôi phục đã in; đừng xoá dữ liệu.',
  ],
  UNLOCK_NONE: [
    404,
    'Không thấy tệp nào đuôi {suffix} trong thư mục đã chọn. Hãy kiểm tra đúng USB, đúng thư mục, rồi chọn lại.',
  ],
  UNLOCK_FILE_BROKEN: [
    422,
    'Tệp mở khoá bị cụt hoặc đã bị sửa. Chưa có gì thay đổi; hãy chép lại tệp từ nơi đã tạo ra nó.',
  ],
  UNLOCK_KEY_WRONG: [
    422,
    'Khoá trong két không mở được tệp này. Hãy kiểm tra đã gõ đủ khoá bắt đầu bằng AGE-SECRET-KEY-1, đúng khoá của Thành phố này.',
  ],
  UNLOCK_OTHER_DEVICE: [
    409,
    'Tệp mở khoá này của máy khác nên không dùng được ở đây. Hãy chọn đúng tệp của máy này.',
  ],
  UNLOCK_NOT_ASKED: [
    409,
    'Tệp trả lời này không khớp lần xin mở khoá gần nhất, hoặc đã dùng rồi. Hãy ghi tệp xin mở khoá mới và gửi lại Thành phố.',
  ],
  UNLOCK_EXPIRED: [
    410,
    'Tệp trả lời đã quá hạn 7 ngày. Dữ liệu vẫn còn; hãy ghi tệp xin mở khoá mới và gửi lại Thành phố.',
  ],
  RECOVERY_MISSING: [
    404,
    'Máy này không có tệp khôi phục. Hãy để người khác đăng nhập rồi đặt lại mật khẩu, hoặc gọi bộ phận kỹ thuật; đừng xoá dữ liệu.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;
