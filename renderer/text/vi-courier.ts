/** Vietnamese: sending by USB stick. */
export const courierText = {
  'courier.open': 'Gửi bằng USB',
  'courier.title': 'Gửi bằng USB khi không có mạng',
  'courier.how':
    'Gõ tiếp bình thường trong lúc chờ. Có mạng lại thì máy vẫn tự gửi: gửi cả hai đường cũng không bị ghi hai lần.',
  'courier.step.out': '1. Xuất dữ liệu chờ gửi ra USB',
  'courier.out.waiting':
    '{n} thay đổi chờ gửi sẽ nằm trong một tệp niêm phong; chỉ máy chủ Thành phố mở được.',
  'courier.out.scans': 'Kèm {n} tệp quét chưa tới Thành phố ({size})',
  'courier.out.scans.how': 'USB ít chỗ hoặc cần ghi nhanh thì bỏ chọn: phần chữ đi trước, tệp quét gửi sau.',
  'courier.out.none': 'Không có thay đổi nào chờ gửi.',
  'courier.out.noKey':
    'Máy này chưa từng gửi qua mạng nên chưa có khoá niêm phong của Thành phố. Hãy nối mạng và nhấn F9 một lần.',
  'courier.out.do': 'Xuất ra USB',
  'courier.out.busy': 'Đang ghi {done} / {total} thay đổi, {size}. Đừng rút USB.',
  'courier.out.busy.scans': 'Đang ghi tệp quét: {done} / {all}. Đừng rút USB.',
  'courier.out.stop': 'Dừng ghi',
  'courier.out.done':
    'Đã ghi xong tệp {name}: {n} thay đổi, {scans} tệp quét, {size}. Rút USB đúng cách rồi đem nộp ở máy chủ Thành phố.',
  'courier.last':
    'Tệp {name} ghi lúc {at} ({n} thay đổi, {scans} tệp quét) chưa có biên nhận. Giữ USB đến khi nhập xong biên nhận rồi mới xoá tệp.',
  'courier.step.in': '2. Nhập biên nhận Thành phố trả về',
  'courier.in.how': 'Cắm USB vừa mang về, chọn thư mục có tệp kết thúc bằng .bien-nhan.somotcua.',
  'courier.in.do': 'Nhập biên nhận',
  'courier.in.fresh': 'Thành phố đã nhận: {n} thay đổi có biên nhận.',
  'courier.in.scans': 'Thành phố đã có đủ {n} tệp quét gửi kèm.',
  'courier.in.known': 'Các biên nhận này đã có trên máy từ trước. Không cần làm gì.',
  'courier.in.empty': 'Tệp này không có biên nhận nào.',
  'courier.in.left': 'Còn {n} thay đổi chờ gửi, kể cả phần gõ sau khi xuất.',
  'courier.in.others': 'Đã bỏ qua {n} tệp của máy khác.',
  'courier.in.stopped':
    'Thành phố chỉ nhận được một phần tệp đã xuất. Hãy xuất lại ra USB, hoặc nối mạng gửi (F9).',
} as const;
