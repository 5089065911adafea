/** Problems of sending, of the hub, of bundles on a stick and of verdicts: a part of the catalogue in problem.ts, same rules. */

export const cityProblems = {
  // talking to the city
  CITY_UNREACHABLE: [503, 'Chưa ra được máy chủ Thành phố. Cứ làm tiếp; máy tự gửi khi có mạng.'],
  CITY_ANSWER_FOREIGN: [
    502,
    'Mạng trả lời thay máy chủ Thành phố (trang đăng nhập Wi-Fi hoặc máy trung gian). Cứ làm tiếp; hãy đăng nhập mạng hoặc báo kỹ thuật.',
  ],
  CITY_CERTIFICATE: [
    502,
    'Không tin được chứng thư của máy chủ Thành phố ({reason}). Chưa gửi gì. Hãy xem lại ngày giờ của máy và tệp chứng thư gốc của Thành phố trong Cài đặt, hoặc báo kỹ thuật.',
  ],
  CITY_CA_INVALID: [
    422,
    'Tệp chứng thư gốc không đọc được. Hãy xin Thành phố tệp .pem có dòng "BEGIN CERTIFICATE" rồi chọn lại.',
  ],
  PROXY_REFUSED: [
    502,
    'Máy chủ trung gian (proxy) của cơ quan không cho ra ngoài, báo {status}. Cứ làm tiếp; hãy báo kỹ thuật xem lại tên và mật khẩu proxy.',
  ],
  PROXY_INVALID: [
    422,
    'Địa chỉ proxy đặt trên máy này không đọc được; phải có dạng http://ten-may:3128. Cứ làm tiếp; hãy báo kỹ thuật xem lại HTTPS_PROXY, hoặc proxy của Windows, Linux.',
  ],
  CITY_ERROR: [502, 'Máy chủ Thành phố báo lỗi {status}. Cứ làm tiếp; máy tự gửi lại sau.'],
  CITY_SIGNATURE: [
    502,
    'Trả lời không có chữ ký đúng của Thành phố nên không được nhận. Chưa có gì thay đổi; hãy báo kỹ thuật.',
  ],
  CITY_STREAM_FORK: [
    409,
    'Thành phố đang giữ dãy dữ liệu khác của máy này (máy từng được khôi phục hoặc sao chép). Dữ liệu vẫn còn; hãy gọi hỗ trợ Thành phố.',
  ],
  SYNC_CANCELLED: [409, 'Đã dừng gửi theo yêu cầu. Phần chưa gửi vẫn còn và sẽ gửi lần sau.'],
  ENROL_CODE_WRONG: [403, 'Mã ghi danh không đúng, đã dùng hoặc hết hạn. Hãy xin mã mới từ Thành phố.'],
  ENROLLED_ALREADY: [
    409,
    'Máy này đã ghi danh với Thành phố. Dữ liệu vẫn còn; muốn chuyển máy sang nơi khác, hãy gọi bộ phận kỹ thuật.',
  ],
  ACCOUNT_UNKNOWN: [
    403,
    'Thành phố không còn tài khoản đang dùng trên máy này, nên chỉ xem được. Dữ liệu vẫn còn và phần chưa gửi vẫn gửi; hãy nhờ quản trị của đơn vị mở lại tài khoản.',
  ],
  URL_INVALID: [
    422,
    'Địa chỉ máy chủ không đúng. Ví dụ: https://motcua.tphcm.vn hoặc http://127.0.0.1:8787.',
  ],
  // hub side
  DEVICE_UNKNOWN: [
    401,
    'Thành phố không biết máy này và thẻ máy không còn giúp được. Dữ liệu vẫn còn nguyên trên máy, cứ làm tiếp; hãy gọi hỗ trợ Thành phố để mở lại máy.',
  ],
  DEVICE_REVOKED: [403, 'Máy này đã bị Thành phố thu hồi. Dữ liệu vẫn còn trên máy; hãy gọi hỗ trợ.'],
  MACHINE_UNKNOWN: [404, 'Thành phố không có máy số {no}. Hãy xem lại số máy trong danh sách.'],
  MACHINE_NOT_YOURS: [
    403,
    'Máy số {no} không thuộc đơn vị này hay đơn vị cấp dưới. Hãy báo đơn vị có máy, hoặc gọi Thành phố.',
  ],
  MACHINE_IS_THIS: [
    409,
    'Máy số {no} chính là máy đang dùng nên không thu hồi từ đây. Nếu máy khác mất, hãy chọn lại số máy.',
  ],
  MACHINE_NUMBER_WRONG: [
    422,
    'Số gõ lại không phải số {no} của máy đã chọn. Chưa thu hồi máy nào; hãy xem lại số máy rồi gõ lại.',
  ],
  SIGNATURE_INVALID: [401, 'Chữ ký của máy gửi không đúng. Không có gì thay đổi.'],
  CHALLENGE_EXPIRED: [401, 'Phiên chào hỏi đã hết hạn. Máy sẽ tự chào lại.'],
  PROTOCOL_UNSUPPORTED: [
    426,
    'Hai bên không có phiên bản giao thức chung. Hãy cập nhật chương trình; dữ liệu vẫn còn.',
  ],
  BATCH_TOO_LARGE: [413, 'Lô gửi lớn hơn giới hạn. Máy sẽ tự chia nhỏ.'],
  BATCH_BROKEN: [422, 'Lô gửi không đúng mẫu ({detail}). Không có gì thay đổi.'],
  STREAM_GAP: [409, 'Thiếu dữ liệu trước lô này; Thành phố đang chờ từ số {expected}.'],
  STREAM_FORK: [409, 'Lô này không nối tiếp dữ liệu Thành phố đang giữ. Không có gì thay đổi.'],
  ROUTE_UNKNOWN: [404, 'Không có địa chỉ này trên máy chủ.'],
  HUB_FOLDER_IN_USE: [409, 'Thư mục dữ liệu của máy chủ đang được một chương trình khác dùng ({file}).'],
  BACKUP_NOT_EQUAL: [
    409,
    'Bản sao lưu mở lại không khớp với cơ sở dữ liệu đang dùng ({detail}). Bản này không được tính; hãy sao lưu lại và báo kỹ thuật.',
  ],
  BACKUP_IS_LIVE: [
    409,
    'Địa chỉ vừa đưa chính là cơ sở dữ liệu đang dùng. Hãy khôi phục bản sao lưu vào một cơ sở dữ liệu khác rồi kiểm tra địa chỉ đó.',
  ],
  BACKUP_BY_POSTGRES: [
    422,
    'Lệnh này không dùng cho loại cơ sở dữ liệu đang chạy: bản nhúng dùng --backup TỆP, PostgreSQL dùng pg_dump, pg_restore rồi --backup-verified ĐỊA-CHỈ.',
  ],
  BACKUP_FILE_EXISTS: [409, 'Đã có tệp {file}. Không ghi đè bản sao lưu cũ; hãy đặt tên khác.'],
  HUB_BUSY: [503, 'Máy chủ đang dừng hoặc bận. Hãy thử lại sau.'],
  // USB stick
  COURIER_NOTHING: [409, 'Không có mục nào chờ gửi nên không cần xuất ra USB. Cứ làm tiếp.'],
  COURIER_KEY_MISSING: [
    409,
    'Máy này chưa có khoá niêm phong của Thành phố nên chưa xuất ra USB được. Hãy nối mạng và bấm F9 gửi một lần; dữ liệu vẫn còn trên máy.',
  ],
  COURIER_NONE: [
    404,
    'Không thấy tệp nào đuôi {suffix} trong thư mục đã chọn. Hãy kiểm tra đúng USB, đúng thư mục, rồi chọn lại.',
  ],
  COURIER_NOT_OURS: [
    422,
    'Tệp này không phải tệp USB của Sổ Một Cửa. Hãy chọn tệp có tên kết thúc bằng {suffix}.',
  ],
  COURIER_NEWER: [
    422,
    'Tệp USB này do bản chương trình mới hơn tạo ra. Hãy cập nhật chương trình ở máy đang đọc rồi làm lại; tệp vẫn dùng được.',
  ],
  COURIER_TRUNCATED: [
    422,
    'Tệp USB bị cụt: chép chưa xong hoặc rút USB quá sớm. Chưa có gì thay đổi; hãy chép lại tệp, hoặc xuất lại ở máy gửi.',
  ],
  COURIER_DAMAGED: [
    422,
    'Tệp USB bị hỏng: nội dung đã đổi so với lúc ghi. Chưa có gì thay đổi; hãy chép lại tệp, hoặc xuất lại ra USB khác.',
  ],
  COURIER_OTHER_CITY: [
    422,
    'Tệp USB này thuộc máy chủ của Thành phố khác nên không mở được ở đây. Chưa có gì thay đổi; hãy đem đúng tệp đến đúng nơi.',
  ],
  COURIER_OTHER_DEVICE: [
    409,
    'Tệp biên nhận này của máy khác. Hãy nhập ở máy đã xuất dữ liệu, hoặc chọn tệp có tên bắt đầu bằng mã đơn vị và số của máy này.',
  ],
  COURIER_OLD: [
    409,
    'Tệp biên nhận này có từ trước khi Thành phố khôi phục dữ liệu nên không còn giá trị. Không cần làm gì; mục nào còn chờ thì gửi lại như thường.',
  ],
  COURIER_RECEIPTS_GAP: [
    409,
    'Tệp biên nhận này không nối tiếp các biên nhận đang có: thiếu tệp biên nhận trước đó. Hãy nhập tệp trước đó, hoặc xuất lại ra USB.',
  ],
  COURIER_NEEDS_NETWORK: [
    409,
    'Máy này và Thành phố từng được khôi phục hoặc sao chép nên phải nối mạng gửi một lần (F9), USB không đủ. Dữ liệu vẫn còn trên máy.',
  ],
  COURIER_CANCELLED: [409, 'Đã dừng theo yêu cầu. Phần ghi dở trên USB đã xoá; dữ liệu vẫn còn trên máy.'],
  COURIER_CONSOLE_ONLY: [
    403,
    'Chỉ nhận tệp USB ngay trên máy chủ Thành phố. Hãy mở trang này ở chính máy chủ, hoặc dùng lệnh --import.',
  ],
  COURIER_TOO_LARGE: [
    413,
    'Tệp USB lớn quá {max} MB nên không nhận qua trang này. Hãy dùng lệnh --import trên máy chủ.',
  ],
  STICK_FULL: [
    507,
    'USB hoặc ổ đĩa đã chọn không đủ chỗ. Phần ghi dở đã xoá; hãy xoá bớt tệp trên đó hoặc dùng USB khác rồi làm lại.',
  ],
  STICK_SMALL: [
    507,
    'USB còn trống {free} MB, gói có tệp quét cần {need} MB. Chưa ghi gì. Hãy bỏ chọn tệp quét để gửi phần chữ trước, hoặc dùng USB khác.',
  ],
  STICK_READ_ONLY: [
    409,
    'Không ghi được vào nơi đã chọn: USB bị khoá ghi hoặc thư mục không có quyền ghi. Hãy mở khoá hoặc dùng USB khác rồi làm lại.',
  ],
  STICK_GONE: [
    409,
    'USB đã bị rút ra hoặc thư mục không còn khi đang đọc, ghi. Dữ liệu vẫn còn trên máy; hãy cắm lại USB rồi làm lại.',
  ],
  STICK_FAILED: [
    500,
    'Đọc hoặc ghi USB không thành công ({code}). Dữ liệu vẫn còn trên máy; hãy thử lại hoặc dùng USB khác.',
  ],
  HUB_TOO_FAST: [429, 'Máy này gửi quá nhanh. Cứ làm tiếp; máy tự gửi lại sau {seconds} giây.'],
  // scans
  SCAN_EMPTY: [422, 'Tệp này rỗng (0 byte). Hãy quét lại giấy tờ rồi đính kèm.'],
  SCAN_TOO_LARGE: [
    413,
    'Tệp lớn quá {max} MB. Hãy quét lại ở độ phân giải thấp hơn, hoặc tách thành nhiều tệp.',
  ],
  SCAN_TYPE: [
    422,
    'Tệp này không phải ảnh JPG, PNG hoặc PDF (xét theo nội dung, không theo tên). Hãy quét lại thành một trong ba loại đó.',
  ],
  SCAN_UNREADABLE: [422, 'Không đọc được tệp đã chọn ({code}). Hãy xem tệp còn đó không, rồi chọn lại.'],
  SCAN_NOT_KEPT: [
    404,
    'Máy này chưa có nội dung của tệp. Hãy chọn lại tệp để đính kèm, hoặc mở ở máy đã đính kèm.',
  ],
  SCAN_DAMAGED: [500, 'Tệp đính kèm cất trên máy này bị hỏng. Hồ sơ không mất; hãy đính kèm lại từ giấy tờ.'],
  SCAN_ELSEWHERE: [503, 'Tệp ở máy khác, tải khi có mạng. Phần đã tải vẫn giữ; mở lại là tải tiếp.'],
  SCAN_NOT_AT_CITY: [
    404,
    'Thành phố chưa có tệp này: máy đã đính kèm chưa gửi xong. Hãy mở lại sau, hoặc nhờ máy ấy gửi (F9).',
  ],
  SCAN_OUT_OF_SCOPE: [403, 'Tệp không thuộc hồ sơ hay bảng số liệu mà đơn vị của máy này được xem.'],
  SCAN_HASH_WRONG: [
    502,
    'Nội dung tải về không đúng tệp đã đính kèm nên đã bỏ. Hãy tải lại; nếu vẫn vậy, hãy báo kỹ thuật.',
  ],
  SCAN_FETCH_STOPPED: [409, 'Đã dừng tải tệp. Phần đã tải vẫn giữ; mở lại là tải tiếp.'],
  SCAN_ATTACHED: [409, 'Hồ sơ đã có đúng tệp này. Hãy kiểm tra có chọn nhầm tệp không.'],
  SCAN_NOT_ATTACHED: [404, 'Hồ sơ hoặc ô số liệu không còn tệp này. Hãy mở lại trang.'],
  // closing of a day
  DAY_IN_FUTURE: [422, 'Ngày này sau hôm nay. Chỉ chốt hôm nay hoặc ngày đã qua.'],
  DAY_UNEXPLAINED: [
    422,
    'Còn chỗ lệch chưa giải thích ({field}). Hãy mở danh sách của chỗ đó, xử lý hoặc ghi rõ vì sao, rồi chốt lại.',
  ],
  // verdicts on single events
  EVENT_SCHEMA_NEWER: [422, 'Bản ghi do chương trình mới hơn tạo; Thành phố giữ, xử lý sau khi nâng cấp.'],
  EVENT_BODY_INVALID: [
    422,
    'Nội dung bản ghi không đúng mẫu ở ô "{field}". Mở bản ghi, kiểm tra ô này rồi lưu lại.',
  ],
  EVENT_WRONG_OFFICE: [403, 'Bản ghi không thuộc nơi làm việc của máy này. Hãy kiểm tra đơn vị.'],
  EVENT_BASE_UNKNOWN: [409, 'Bản ghi dựa trên bản mà Thành phố chưa nhận. Nếu bị trả, hãy mở lại và lưu.'],
  FILE_MISSING: [409, 'Thành phố chờ tệp quét của bản ghi này. Cứ làm tiếp; máy tự gửi tệp khi có mạng.'],
  FILE_HASH_WRONG: [
    422,
    'Tệp quét đến Thành phố không còn đúng nội dung nên đã bỏ. Máy tự gửi lại; nếu còn, hãy báo kỹ thuật.',
  ],
  EVENT_FIELDS_CONFLICT: [409, 'Hai máy cùng sửa một ô: {fields}. Hãy xem hai bản và chọn một.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;
