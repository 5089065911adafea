/** Problems of updating the program: a part of the catalogue in problem.ts, same rules. */

export const updateProblems = {
  UPDATE_NOT_TAKEN: [
    409,
    'Bản chương trình này là bản dựng thử, không có khoá để kiểm tra bản cập nhật nên không tự cập nhật. Hãy cài từ bộ cài của Thành phố.',
  ],
  UPDATE_NONE: [404, 'Không thấy bản cập nhật ở nơi này. Hãy kiểm tra thư mục có tệp {file}.'],
  UPDATE_UNREADABLE: [
    422,
    'Tệp mô tả bản cập nhật không đọc được. Chưa có gì thay đổi; hãy chép lại tệp từ Thành phố.',
  ],
  UPDATE_KEY_UNKNOWN: [
    422,
    'Bản cập nhật ký bằng khoá mà máy này không biết nên không nhận. Chưa có gì thay đổi; hãy hỏi Thành phố tệp này từ đâu ra.',
  ],
  UPDATE_KEY_EXPIRED: [
    422,
    'Bản cập nhật ký bằng khoá đã hết hạn ngày {until} nên không nhận. Hãy xin Thành phố bản ký bằng khoá mới, và kiểm tra ngày giờ của máy.',
  ],
  UPDATE_SIGNATURE: [
    422,
    'Chữ ký của bản cập nhật không đúng: tệp đã bị sửa hoặc hỏng. Chưa có gì thay đổi; hãy chép lại từ Thành phố.',
  ],
  UPDATE_NOT_NEWER: [
    409,
    'Bản {version} không mới hơn bản đang dùng ({own}) nên không cài. Máy chỉ nhận bản mới hơn.',
  ],
  UPDATE_OTHER_PLATFORM: [
    409,
    'Bản {version} không có bộ cài cho loại máy này ({platform}). Hãy xin Thành phố bộ cài đúng loại.',
  ],
  UPDATE_STEP_BETWEEN: [
    409,
    'Bản {version} chỉ cài được từ bản {from} trở lên. Hãy cài bản {from} trước, rồi cập nhật tiếp.',
  ],
  UPDATE_OLD_TABLES: [
    409,
    'Bản {version} dùng cấu trúc dữ liệu cũ hơn dữ liệu trên máy này nên không cài. Hãy báo Thành phố.',
  ],
  UPDATE_PROTOCOL: [
    409,
    'Bản {version} không nói chuyện được với máy chủ Thành phố hiện nay nên chưa cài. Hãy báo Thành phố.',
  ],
  UPDATE_FILE_MISSING: [
    404,
    'Có tệp mô tả nhưng không thấy bộ cài {name}. Hãy chép đủ cả thư mục bản cập nhật, hoặc báo Thành phố.',
  ],
  UPDATE_FILE_WRONG: [
    422,
    'Bộ cài {name} không đúng như Thành phố đã ký (sai cỡ hoặc sai nội dung) nên đã bỏ. Hãy tải hoặc chép lại.',
  ],
  UPDATE_NO_ROOM: [
    507,
    'Ổ đĩa không đủ chỗ cho bản cập nhật, cần thêm {mb} MB. Hãy xoá bớt tệp không cần rồi làm lại; đừng xoá thư mục dữ liệu.',
  ],
  UPDATE_STOPPED: [
    503,
    'Đang lấy bản cập nhật thì dừng (mất mạng, rút USB hoặc có người bấm dừng). Phần đã lấy vẫn giữ; làm lại để lấy tiếp.',
  ],
  UPDATE_RUNNING: [409, 'Đang tải hoặc chép bản cập nhật. Hãy đợi xong.'],
  UPDATE_NOT_READY: [409, 'Chưa có bản cập nhật nào tải xong. Hãy tải về trước.'],
  UPDATE_BATCH_OPEN: [
    409,
    'Đang gửi về Thành phố hoặc đang ghi ra USB nên chưa cập nhật. Hãy đợi gửi xong rồi bấm lại.',
  ],
  UPDATE_FORM_OPEN: [
    409,
    'Vừa có người gõ dở trên máy này nên chưa cập nhật. Hãy tiếp nhận hoặc đóng tờ khai, đợi {minutes} phút rồi bấm lại; chữ đã gõ vẫn còn.',
  ],
  UPDATE_BACKUP: [
    500,
    'Chưa sao lưu được dữ liệu trước khi cập nhật ({code}) nên chưa cập nhật. Hãy mở Cài đặt, mục Sao lưu, xử lý rồi làm lại.',
  ],
  UPDATE_NEEDS_ADMIN: [
    409,
    'Máy này cần người quản trị cài bản mới. Bộ cài đã kiểm tra xong; nhờ người quản trị đóng chương trình rồi chạy lệnh "{command}".',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;
