/** Words of taking closed dossiers off this machine. */
export const retentionText = {
  'retention.title': 'Xóa hồ sơ đã xong khỏi máy',
  'retention.text':
    'Hồ sơ đã xong lâu ngày không cần nằm trên máy ở quầy. Tên, số giấy tờ, địa chỉ, bản quét được xóa; mã hồ sơ, ngày và kết quả ở lại để báo cáo vẫn đúng. Thành phố giữ đủ.',
  'retention.days': 'Giữ trên máy',
  'retention.days.n': '{n} ngày sau lần xử lý cuối',
  'retention.unverified': 'cần xác nhận',
  'retention.backup': 'Thành phố đã sao lưu và kiểm',
  'retention.backup.none': 'chưa báo bản nào: chưa hồ sơ nào được xóa',
  'retention.last': 'Lần xóa gần nhất',
  'retention.last.none': 'chưa có',
  'retention.look': 'Xem trước',
  'retention.looking': 'Đang xem…',
  'retention.ready': 'Xóa được {n} hồ sơ, xử lý lần cuối từ {from} đến {to}.',
  'retention.ready.none': 'Chưa có hồ sơ nào xóa được.',
  'retention.kept': 'Ở lại máy',
  'retention.kept.open': 'chưa xong hoặc chưa trả kết quả',
  'retention.kept.young': 'đã xong nhưng chưa đủ số ngày',
  'retention.kept.unsent': 'còn bản ghi chưa có biên nhận của thành phố',
  'retention.kept.returned': 'có bản ghi thành phố trả lại chưa xử lý',
  'retention.kept.typing': 'đang có người sửa dở',
  'retention.kept.scan': 'có bản quét thành phố chưa nhận đủ',
  'retention.kept.no_backup': 'chưa nằm trong bản sao lưu đã kiểm của thành phố',
  'retention.purge': 'Xóa {n} hồ sơ khỏi máy',
  'retention.sure':
    'Thông tin người dân của {n} hồ sơ sẽ được xóa khỏi máy này, khỏi các bản sao lưu và nhật ký phục hồi của máy. Không lấy lại được trên máy này; cần xem thì hỏi thành phố.',
  'retention.copies': 'Bản sao lưu cũ của máy được thay bằng một bản mới, làm ngay sau khi xóa.',
  'retention.aside': 'Xóa luôn {n} tệp để riêng sau những lần máy tự phục hồi (trong đó còn dữ liệu cũ)',
  'retention.commit': 'Xóa khỏi máy',
  'retention.purging': 'Đang xóa…',
  'retention.done': 'Đã xóa {n} hồ sơ khỏi máy. Thành phố giữ đủ.',
  'retention.copies.stay':
    'Chưa làm được bản sao lưu mới, nên bản cũ vẫn còn. Máy sẽ tự thay khi sao lưu được; xem thẻ Sao lưu.',
  'retention.auto': 'Tự xóa mỗi tháng một lần, vào cuối ngày',
  'retention.doubt':
    'Thành phố đã khôi phục về trước ngày máy này xóa hồ sơ (báo lúc {when}). Những hồ sơ ấy có thể không còn ở thành phố: hãy báo ngay cho đầu mối kỹ thuật để khôi phục từ bản sao lưu đã kiểm.',
} as const;
