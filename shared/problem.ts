/**
 * The problem catalogue: every expected failure has one stable code, an HTTP status and one Vietnamese sentence
 * that says what, where and what to do. Codes are never reused; a retired one stays listed in docs/problems.md.
 * `{name}` in a sentence is filled from the details; details never carry personal data.
 */

import { accountProblems } from './problem-account.ts';
import { cityProblems } from './problem-city.ts';
import { fieldProblems } from './problem-fields.ts';
import { updateProblems } from './problem-update.ts';

const catalogue = {
  // input
  INPUT_INVALID: [
    422,
    'Dữ liệu gửi vào chức năng "{where}" không đúng mẫu ({detail}). Hãy tải lại màn hình rồi thử lại; nếu còn, báo bộ phận kỹ thuật.',
  ],
  FORBIDDEN: [
    403,
    'Vai trò "{role}" không được làm thao tác "{verb}". Nhờ người có quyền làm, hoặc đổi người đăng nhập.',
  ],
  CALLS_TOO_MANY: [
    429,
    'Cửa sổ gọi chương trình quá nhiều lần trong một giây nên lần này bị bỏ qua. Hãy chờ vài giây rồi làm lại; chữ đã gõ vẫn còn.',
  ],
  NOT_ENROLLED: [409, 'Máy này chưa ghi danh với Thành phố. Mở Cài đặt, nhập địa chỉ và mã ghi danh.'],
  INTERNAL: [
    500,
    'Chương trình gặp lỗi ngoài dự kiến ở "{where}". Dữ liệu đã lưu vẫn còn; thử lại, nếu còn thì báo mã {ref} cho bộ phận kỹ thuật.',
  ],
  ...fieldProblems,
  // dossiers
  DOSSIER_INCOMPLETE: [
    422,
    'Hồ sơ còn {count} ô phải sửa trước khi tiếp nhận. Bản nháp vẫn còn; sửa các ô được đánh dấu.',
  ],
  DRAFT_NOT_FOUND: [
    404,
    'Bản nháp này không còn: đồng nghiệp đã tiếp nhận hoặc đã bỏ. Hãy mở lại danh sách.',
  ],
  DOSSIER_NOT_FOUND: [404, 'Không thấy hồ sơ này trên máy. Hãy tìm lại theo tên hoặc mã.'],
  DOSSIER_PURGED: [
    410,
    'Hồ sơ này đã được xóa khỏi máy ngày {day} theo thời hạn giữ hồ sơ; thành phố vẫn giữ đủ. Cần xem hay sửa, hãy hỏi đầu mối của thành phố.',
  ],
  PURGE_NOT_PROVEN: [
    409,
    'Thành phố chưa báo bản sao lưu nào đã được kiểm, nên chưa hồ sơ nào được xóa khỏi máy. Hãy gửi và nhận rồi thử lại, hoặc hỏi đầu mối của thành phố.',
  ],
  DOSSIER_CHANGED: [409, 'Hồ sơ vừa được sửa ở nơi khác. Hãy mở lại hồ sơ rồi sửa tiếp.'],
  NOTHING_CHANGED: [422, 'Chưa có ô nào thay đổi. Hãy sửa ít nhất một ô rồi lưu.'],
  COMPONENT_UNKNOWN: [422, 'Hồ sơ này không có thủ tục đó. Hãy mở lại hồ sơ.'],
  STEP_BEFORE_RECEIVED: [422, 'Ngày này trước ngày tiếp nhận hồ sơ. Hãy kiểm tra lại ngày.'],
  STEP_BEFORE_LAST: [
    422,
    'Ngày này trước bước đã ghi gần nhất của thủ tục {component}. Hãy kiểm tra lại ngày, hoặc lấy lại bước đó trước.',
  ],
  DOSSIER_HANDED_OVER: [
    403,
    'Hồ sơ này đã chuyển đến {unit}, nơi này chỉ còn xem. Cần làm tiếp thì gọi nơi đang giữ hồ sơ.',
  ],
  TRANSFER_SAME_OFFICE: [422, 'Hồ sơ đang ở chính đơn vị này. Hãy chọn phường, xã khác.'],
  TRANSFER_NOTHING_OPEN: [
    409,
    'Mọi thủ tục của hồ sơ đã kết thúc, không còn gì để chuyển. Hãy mở lại hồ sơ.',
  ],
  PERSON_ASK_EMPTY: [
    422,
    'Chưa đủ để tìm một người. Hãy gõ số định danh, hoặc gõ cả họ tên và ngày sinh như trên giấy tờ.',
  ],
  PERSON_NOT_FOUND: [
    404,
    'Không hồ sơ nào trên máy này ghi đúng người đó. Hãy xem lại số định danh, họ tên có dấu và ngày sinh; hồ sơ cũ có thể chỉ còn ở Thành phố.',
  ],
  PERSON_UNCLEAR: [
    409,
    'Có {n} người cùng họ tên, ngày sinh nhưng khác số định danh. Hãy gõ số định danh của người yêu cầu rồi tìm lại.',
  ],
  CONFLICT_NOT_OPEN: [
    409,
    'Mục này không còn chờ chọn: đã có người chọn, hoặc không phải mục bị trùng. Hãy mở lại danh sách.',
  ],
  RESOLVE_CITY_ONLY: [
    422,
    'Bước giải quyết, tiếp nhận, chuyển hồ sơ không ghi đè bản Thành phố. Hãy chọn bản Thành phố; việc đã làm thật thì ghi lại bước đó.',
  ],
  STEP_IN_FUTURE: [422, 'Ngày này sau hôm nay. Chỉ ghi việc đã xảy ra; hãy kiểm tra lại ngày.'],
  ACTION_NOT_ALLOWED: [
    409,
    'Thủ tục {component} đang ở bước khác nên chưa làm được việc này. Hãy mở lại hồ sơ rồi xem các nút còn sáng.',
  ],
  COMPONENT_STAYS: [
    409,
    'Thủ tục {component} đang giải quyết, không bỏ bằng cách sửa tờ khai. Hãy mở hồ sơ và ghi Rút hồ sơ cho thủ tục đó.',
  ],
  SLIP_NOT_THERE: [
    404,
    'Hồ sơ này chưa có phiếu đó vào ngày ấy. Hãy ghi bước tương ứng trước, rồi in phiếu.',
  ],
  PAPER_FAILED: [
    500,
    'Chưa dựng được phiếu để in. Hãy mở lại hồ sơ rồi thử in lại; chưa có gì được ghi là đã in.',
  ],
  WINDOW_REVERSED: [422, 'Ngày đầu kỳ sau ngày cuối kỳ. Hãy kiểm tra lại hai ngày.'],
  ITEMS_REQUIRED: [
    422,
    'Cần ghi ít nhất một nội dung phải bổ sung. Đánh dấu giấy tờ còn thiếu hoặc gõ nội dung.',
  ],
  AGENCY_REQUIRED: [422, 'Cần ghi cơ quan nhận hồ sơ. Hãy chọn hoặc gõ tên cơ quan.'],
  NEW_DUE_REQUIRED: [422, 'Cần ghi ngày hẹn mới. Hãy gõ ngày.'],
  NEW_DUE_NOT_LATER: [422, 'Ngày hẹn mới phải sau ngày hẹn cũ. Hãy kiểm tra lại.'],
  OBSTACLE_REQUIRED: [422, 'Cần chọn nhóm vướng mắc.'],
  SUPPLEMENT_SECOND: [
    422,
    'Đã yêu cầu bổ sung một lần. Yêu cầu lần nữa thì hồ sơ bị tính là quá hạn (QĐ 766); hãy ghi đủ mọi nội dung trong một lần.',
  ],
  EXTENSION_AGAIN: [
    422,
    'Hồ sơ đã xin gia hạn một lần. Quy định chỉ hẹn lại một lần; hãy hỏi lãnh đạo trước.',
  ],
  EXTENSION_AFTER_DUE: [
    422,
    'Đã quá ngày hẹn. Phiếu xin gia hạn phải gửi trước ngày hẹn; hồ sơ vẫn bị tính quá hạn.',
  ],
  REFUSAL_BEFORE_SUPPLEMENT_END: [
    422,
    'Người dân còn thời gian bổ sung giấy tờ. Chỉ từ chối vì thiếu giấy tờ sau khi hết hạn bổ sung.',
  ],
  CLOCK_BEHIND: [
    422,
    'Đồng hồ máy ({now}) chạy sau lần ghi gần nhất ({last}). Hãy chỉnh lại ngày giờ của máy, hoặc gõ ngày giờ nhận hồ sơ.',
  ],
  RECEIVED_IN_FUTURE: [422, 'Giờ nhận hồ sơ sau hiện tại. Hãy kiểm tra lại ngày giờ nhận.'],
  DOSSIER_RETURNED: [409, 'Thành phố đã trả lại lần tiếp nhận này. Hãy sửa hồ sơ rồi gửi lại trước.'],
  DOSSIER_RECEIVED_ALREADY: [
    409,
    'Hồ sơ này đã được tiếp nhận với mã {code}, nội dung khác với tờ khai đang mở. Hãy mở hồ sơ đó và bấm Sửa; bản nháp vẫn còn.',
  ],
  REASON_REQUIRED: [422, 'Cần ghi lý do cho việc này. Hãy ghi ngắn vài chữ.'],
  NO_REGIME: [
    422,
    'Ngày tiếp nhận {date} nằm ngoài các chế độ liên thông trong danh mục (từ 10/07/2023). Hãy kiểm tra ngày.',
  ],
  COMMUNE_UNKNOWN: [422, 'Không có phường, xã mã {code} vào ngày {date}. Hãy chọn lại đơn vị giải quyết.'],
  // corrections of the catalogue
  FACT_UNKNOWN: [422, 'Danh mục không có dòng này. Hãy mở lại Cài đặt, mục Danh mục, rồi chọn lại.'],
  FACT_NOT_DAYS: [422, 'Số ngày phải là số nguyên từ 1 đến 999. Hãy gõ lại.'],
  FACT_NOT_TIMES: [422, 'Số lần phải là số nguyên từ 1 đến 999. Hãy gõ lại.'],
  FACT_NOT_DONG: [422, 'Số tiền phải là số đồng nguyên, chỉ gõ chữ số, ví dụ 2530000. Hãy gõ lại.'],
  FACT_NOT_DAY_KIND: [422, 'Chỉ chọn nghỉ lễ, nghỉ bù, làm bù hoặc ngày thường cho ngày này.'],
  FACT_DAY_WORKS: [
    422,
    'Ngày {date} vốn là ngày làm việc. Làm bù chỉ đặt vào thứ Bảy, Chủ nhật; muốn bỏ một ngày nghỉ thì chọn ngày thường.',
  ],
  FACT_DAY_RESTS: [
    422,
    'Ngày {date} là thứ Bảy hoặc Chủ nhật, vốn đã nghỉ. Nghỉ bù chỉ đặt vào ngày làm việc; ngày lễ rơi vào cuối tuần thì chọn nghỉ lễ.',
  ],
  FACT_DAY_ORDINARY: [422, 'Ngày {date} vốn là ngày thường, không có gì để bỏ. Hãy kiểm tra lại ngày.'],
  FACT_DAY_FAR: [422, 'Lịch chỉ sửa được từ {from} đến {to}. Hãy kiểm tra lại ngày {date}.'],
  FACT_DAY_SPAN: [
    422,
    'Ngày cuối phải không trước ngày đầu và cách không quá 31 ngày. Hãy kiểm tra lại hai ngày.',
  ],
  FACT_NOT_HOUR: [422, 'Giờ có dạng giờ:phút, ví dụ 15:00. Hãy gõ lại.'],
  FACT_TEXT: [422, 'Nội dung để trống hoặc dài quá 300 ký tự. Hãy sửa lại.'],
  FACT_SOURCE: [422, 'Cần ghi căn cứ (số văn bản, điều khoản), không quá 300 ký tự. Hãy ghi căn cứ.'],
  // counts
  UNIT_UNKNOWN: [422, 'Mã đơn vị "{code}" không có trong danh mục. Hãy kiểm tra lại mã.'],
  UNIT_CLOSED: [
    422,
    'Đơn vị "{code}" không còn hoặc chưa có vào ngày {date}. Hãy dùng đơn vị có hiệu lực ngày đó.',
  ],
  UNIT_OUT_OF_SCOPE: [
    403,
    'Đơn vị "{code}" không thuộc nơi làm việc này. Chỉ nhập số liệu của đơn vị mình hoặc đơn vị trực thuộc.',
  ],
  UNIT_NO_ROW: [
    422,
    'Đơn vị "{code}" không phải một dòng của bảng này. Bảng ghi theo đơn vị trực thuộc trực tiếp; hãy nhập ở đơn vị cấp dưới.',
  ],
  CATEGORY_UNKNOWN: [422, 'Loại số liệu "{code}" không có trong danh mục. Hãy kiểm tra lại mã loại.'],
  SHEET_LOCKED: [409, 'Biểu này đã khoá và gửi. Muốn sửa số, nhờ lãnh đạo mở khoá và ghi lý do.'],
  SHEET_STEP_NOT_ALLOWED: [
    409,
    'Biểu đang ở bước khác nên chưa làm được việc này. Hãy xem lại tình trạng của biểu.',
  ],
  SHEET_EMPTY: [422, 'Biểu chưa có số liệu nào. Hãy nhập số, gõ 0 nếu đã rà soát mà không có, rồi khoá.'],
  REPORT_UNKNOWN: [404, 'Không có báo cáo "{report}" trong danh mục, hoặc báo cáo này không lưu được.'],
  REPORT_WITH_NAMES: [
    403,
    'Báo cáo "{report}" có tên người dân: chỉ in ra giấy hoặc PDF, không xuất tệp, không chép, không chốt.',
  ],
  REPORT_NOT_COUNTED: [
    422,
    'Thành phố không lập báo cáo "{report}" từ hồ sơ: báo cáo này liệt kê từng hồ sơ, hoặc không đếm hồ sơ. Hãy lập ở phường, xã, đặc khu.',
  ],
  CITY_FIGURES_NONE: [
    409,
    'Chưa có số liệu của Thành phố cho báo cáo "{report}" ở kỳ này nên chưa chốt được. Khi có mạng, mở lại báo cáo để hỏi Thành phố rồi chốt.',
  ],
  REPORT_WINDOW: [
    422,
    'Báo cáo này cần kỳ khác: số luỹ kế lấy theo một ngày, số trong kỳ cần từ ngày đến ngày.',
  ],
  TARGET_ZERO: [422, 'Chỉ tiêu từ {date} bằng 0. Không có chỉ tiêu thì để trống, đừng ghi 0.'],
  CLUSTER_EMPTY: [422, 'Cụm chưa có đơn vị nào. Hãy chọn ít nhất một đơn vị.'],
  CLUSTER_UNIT_TWICE: [
    422,
    'Đơn vị {unit} đang thuộc {cluster} trong những ngày này. Hãy bỏ đơn vị khỏi cụm kia, hoặc ghi ngày kết thúc của cụm kia, rồi làm lại.',
  ],
  IMPORT_SHEET_LOCKED: [
    409,
    'Biểu của đơn vị này đã khoá và gửi: bỏ qua {count} số, các đơn vị khác vẫn nhập. Muốn nhập, nhờ lãnh đạo mở khoá rồi nhập lại tệp.',
  ],
  IMPORT_CANCELLED: [409, 'Đã huỷ nhập tệp. Chưa có số nào thay đổi.'],
  IMPORT_UNKNOWN: [
    404,
    'Không thấy lần nhập này trên máy. Có thể nó được làm ở máy khác; hãy hoàn tác ở máy đó.',
  ],
  REPORT_TOO_LARGE: [413, 'Báo cáo này quá dài để chốt trong sổ. Hãy xuất tệp hoặc in và lưu tệp đó.'],
  COUNT_BLANK: [422, 'Ô số liệu để trống. Gõ số, hoặc 0 nếu đã rà soát mà không có.'],
  COUNT_NEGATIVE: [422, 'Số liệu âm. Số luỹ kế không thể âm; hãy kiểm tra lại.'],
  COUNT_NOT_WHOLE: [422, 'Số liệu có phần lẻ. Hãy gõ số nguyên.'],
  COUNT_NOT_A_NUMBER: [422, 'Ô này không phải là số. Hãy gõ số nguyên, ví dụ 1320 hoặc 1.320.'],
  COUNT_TOO_LARGE: [422, 'Số quá lớn (trên 99.999.999). Hãy kiểm tra lại.'],
  COUNT_FORMULA: [422, 'Ô chứa công thức, không phải số. Hãy chép giá trị rồi nhập lại.'],
  ASOF_IN_FUTURE: [422, 'Ngày chốt số liệu sau hôm nay. Hãy kiểm tra lại ngày.'],
  // import files
  FILE_TOO_LARGE: [413, 'Tệp lớn quá {max} MB. Bảng số liệu chỉ vài chục KB; hãy kiểm tra có chọn nhầm tệp.'],
  FILE_UNREADABLE: [422, 'Không đọc được tệp. Hãy dùng tệp CSV (UTF-8) hoặc Excel .xlsx.'],
  FILE_ENCODING: [422, 'Tệp không ở bảng mã UTF-8. Trong Excel, chọn Lưu thành: CSV UTF-8.'],
  FILE_HEADER: [422, 'Dòng đầu thiếu cột: {missing}. Tệp cần các cột unit_code, category_code, count.'],
  FILE_EMPTY: [422, 'Tệp không có dòng số liệu nào.'],
  FILE_TOO_HEAVY: [
    422,
    'Tệp này cần quá nhiều bộ nhớ hoặc thời gian để đọc nên đã dừng lại; chưa có gì thay đổi. Hãy mở tệp bằng Excel, chỉ giữ trang cần nhập, lưu lại rồi nhập lại.',
  ],
  FILE_TOO_MANY_ROWS: [422, 'Tệp có hơn {max} dòng. Hãy kiểm tra có chọn nhầm tệp.'],
  FILE_MERGED_HEADER: [
    422,
    'Đầu bảng có ô gộp trên hai dòng; đã ghép lại. Hãy xem cột nào được hiểu là gì; vẫn nhập được.',
  ],
  COLUMN_TWICE: [422, 'Hai cột cùng ghi một loại số liệu; chỉ lấy cột đầu. Hãy chọn lại cột nếu chưa đúng.'],
  ROW_OTHER_DATE: [
    422,
    'Dòng ghi ngày khác ngày {date} đang nhập. Hãy chọn đúng ngày, hoặc sửa ngày trong tệp.',
  ],
  ROW_DUPLICATE: [422, 'Dòng trùng đơn vị và loại với dòng {row}. Hãy bỏ một dòng.'],
  ROW_UNIT_NAME: [422, 'Tên đơn vị trong tệp khác danh mục ("{name}"). Hãy kiểm tra mã; vẫn nhập được.'],
  IMPORT_HAS_PROBLEMS: [422, 'Tệp còn {count} dòng lỗi. Sửa tệp, hoặc chọn "Chỉ nhập dòng đúng".'],
  // storage
  DB_NATIVE_MISSING: [
    500,
    'Thiếu phần SQLite cho bản Electron này. Chạy lại "npm start" để chương trình tự cài.',
  ],
  PROGRAM_ALTERED: [
    500,
    'Tệp chương trình đã bị thay đổi hoặc hỏng nên không mở. Dữ liệu vẫn nguyên; hãy cài lại từ bộ cài của Thành phố.',
  ],
  DB_KEY_MISSING: [
    500,
    'Không thấy tệp khoá {file}. Dữ liệu vẫn còn nhưng chưa mở được; hãy đưa tệp khoá về chỗ cũ, đừng xoá dữ liệu.',
  ],
  DB_KEY_WRONG: [
    500,
    'Tệp khoá không mở được dữ liệu này. Dữ liệu vẫn còn; hãy tìm đúng tệp khoá, đừng xoá dữ liệu.',
  ],
  DB_DAMAGED: [
    500,
    'Tệp dữ liệu bị hỏng. Đừng xoá; hãy giữ nguyên máy và gọi bộ phận kỹ thuật để khôi phục.',
  ],
  DB_FROM_FUTURE: [
    500,
    'Dữ liệu do bản chương trình mới hơn tạo ra. Hãy cập nhật chương trình; dữ liệu không bị đổi.',
  ],
  DB_NEWER_READ_ONLY: [
    409,
    'Dữ liệu do bản chương trình mới hơn tạo ra, nên bản này chỉ xem, tìm, in và xuất, không ghi gì vào. Chữ vừa gõ còn trên màn hình, dữ liệu không bị đổi; hãy cập nhật chương trình rồi làm việc này.',
  ],
  DB_OTHER_MACHINE: [
    409,
    'Dữ liệu này được chép từ một máy khác sang, nên ở đây chỉ xem, tìm, in và xuất gói USB, không ghi thêm. Chữ vừa gõ còn trên màn hình; hãy ghi danh lại máy này bằng mã mới của Thành phố.',
  ],
  MACHINE_UNSENT: [
    409,
    'Còn {n} mục trong dữ liệu này chưa đến Thành phố, nên chưa ghi danh lại được. Hãy nối mạng rồi làm lại, hoặc xuất gói USB và chuyển cho Thành phố trước.',
  ],
  MACHINE_SAME: [409, 'Máy này đang làm việc trên dữ liệu của chính nó, không cần ghi danh lại.'],
  ACCESS_NOT_KEPT: [
    409,
    'Nhật ký truy cập chưa ghi được vào ổ đĩa, nên tạm chưa xuất dữ liệu ra ngoài. Xem, tìm và in phiếu vẫn làm được; hãy mở khoá hoặc giải phóng ổ đĩa rồi thử lại.',
  ],
  DB_NEWER_SCREEN: [
    409,
    'Bản chương trình này chưa biết đọc phần dữ liệu của màn hình này. Dữ liệu vẫn còn nguyên; hãy cập nhật chương trình.',
  ],
  DB_IN_USE: [409, 'Một cửa sổ Sổ Một Cửa khác đang mở dữ liệu này. Hãy dùng cửa sổ đó.'],
  DB_FULL: [
    507,
    'Ổ đĩa đầy nên chưa lưu được. Nội dung còn trên màn hình; hãy giải phóng ổ đĩa rồi lưu lại.',
  ],
  DB_READ_ONLY: [500, 'Không ghi được vào thư mục dữ liệu. Hãy kiểm tra quyền ghi rồi mở lại chương trình.'],
  DB_GONE: [
    500,
    'Không thấy tệp dữ liệu, và không có bản sao lưu hay nhật ký nào dùng được để dựng lại. Không có gì bị xoá; hãy giữ nguyên máy và gọi bộ phận kỹ thuật.',
  ],
  DB_PLACE_NETWORK: [
    500,
    'Thư mục dữ liệu nằm trên ổ mạng ({place}). Ổ mạng có thể làm hỏng dữ liệu khi mất kết nối; hãy đặt thư mục trên ổ đĩa của máy này.',
  ],
  DB_PLACE_SYNCED: [
    500,
    'Thư mục dữ liệu nằm trong thư mục đồng bộ {place}. Chương trình đồng bộ có thể làm hỏng dữ liệu và đưa ra ngoài; hãy chuyển sang thư mục khác trên máy này.',
  ],
  BACKUP_FAILED: [
    500,
    'Bản sao lưu vừa làm không qua được kiểm tra ({detail}) nên không được giữ. Dữ liệu vẫn nguyên; hãy thử lại, nếu còn thì báo bộ phận kỹ thuật.',
  ],
  BACKUP_RUNNING: [409, 'Đang sao lưu. Hãy đợi xong rồi làm lại.'],
  BACKUP_NOT_FOUND: [404, 'Không thấy bản sao lưu này nữa. Hãy mở lại danh sách.'],
  BACKUP_DAMAGED: [
    409,
    'Bản sao lưu này bị hỏng nên không dùng được. Hãy chọn bản khác; tệp vẫn giữ nguyên.',
  ],
  BACKUP_OTHER_MACHINE: [
    409,
    'Bản sao lưu này là của máy khác nên không khôi phục vào máy này. Hãy chọn bản của máy này. Muốn lấy dữ liệu của một máy đã hỏng, dùng "Lấy dữ liệu của máy cũ" trên một máy chưa đăng ký.',
  ],
  BACKUP_FROM_FUTURE: [
    409,
    'Bản sao lưu này do bản chương trình mới hơn tạo ra. Hãy cập nhật chương trình rồi khôi phục.',
  ],
  BACKUP_PLACE_MISSING: [
    409,
    'Không thấy nơi sao lưu thứ hai ({place}). Hãy cắm lại ổ đĩa đó, hoặc chọn nơi khác trong Cài đặt, mục Sao lưu.',
  ],
  BACKUP_PLACE_FULL: [
    507,
    'Nơi sao lưu thứ hai đã đầy. Bản sao lưu trên máy vẫn có; hãy giải phóng ổ đĩa đó hoặc chọn nơi khác.',
  ],
  BACKUP_PLACE_LOCKED: [
    409,
    'Không ghi được vào nơi sao lưu thứ hai. Hãy bỏ khoá chống ghi của ổ đĩa đó hoặc chọn nơi khác.',
  ],
  OLD_STORE_NOT_EMPTY: [
    409,
    'Máy này đã đăng ký và có dữ liệu riêng nên không lấy dữ liệu của máy khác. Hãy làm việc này trên một máy chưa đăng ký.',
  ],
  OLD_STORE_EMPTY: [
    404,
    'Thư mục này không có bản sao lưu nào của sổ. Hãy chọn đúng ổ đĩa hoặc thư mục đã đặt làm nơi sao lưu thứ hai của máy cũ.',
  ],
  OLD_STORE_NO_CODE: [
    409,
    'Bản sao lưu này thiếu ổ khoá của mã khôi phục nên không mở được ở máy khác. Hãy tìm nơi sao lưu khác, hoặc mang ổ đĩa của máy cũ tới bộ phận kỹ thuật.',
  ],
  BACKUP_PLACE_SAME: [
    422,
    'Nơi này nằm trong chính thư mục dữ liệu. Hãy chọn thư mục khác, tốt nhất trên ổ đĩa khác.',
  ],
  DB_FAILED: [500, 'Lưu không thành công ({sqlite}). Nội dung còn trên màn hình; hãy thử lại.'],
  ...accountProblems,
  ...updateProblems,
  ...cityProblems,
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type ProblemCode = keyof typeof catalogue;
export type ProblemDetails = Readonly<Record<string, string | number>>;

export const problemCodes = Object.keys(catalogue) as readonly ProblemCode[];

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(catalogue, text);
}

export function problemStatus(code: ProblemCode): number {
  return catalogue[code][0];
}

/** The Vietnamese sentence with its details filled in. */
export function problemSentence(code: ProblemCode, details: ProblemDetails = {}): string {
  return catalogue[code][1].replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
}

/** An expected failure. Travels as a value over IPC and HTTP; anything else that is thrown is a bug. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  constructor(code: ProblemCode, details: ProblemDetails = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.code = code;
    this.details = details;
  }
}

export function fail(code: ProblemCode, details: ProblemDetails = {}): never {
  throw new Problem(code, details);
}
