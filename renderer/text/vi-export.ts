/** Vietnamese: files with personal data that leave the machine. */
export const exportText = {
  'export.title': 'Lưu tệp có dữ liệu cá nhân',
  'export.password': 'Có mật khẩu (nên chọn)',
  'export.password.sheet':
    'Tệp Excel được mã hoá; Excel hoặc LibreOffice hỏi mật khẩu khi mở. Máy đặt mật khẩu 20 chữ số, chỉ hiện một lần.',
  'export.password.zip':
    'Tệp nằm trong tệp ZIP được mã hoá, mở bằng 7-Zip hoặc WinRAR. Máy đặt mật khẩu 20 chữ số, chỉ hiện một lần.',
  'export.plain': 'Không mật khẩu',
  'export.plain.text':
    'Ai cầm tệp cũng đọc được, kể cả khi USB hay email thất lạc. Tên anh chị và lý do được ghi vào nhật ký truy cập.',
  'export.why': 'Lý do không đặt mật khẩu',
  'export.go': 'Chọn nơi lưu',
  'export.made': 'Mật khẩu của tệp vừa lưu',
  'export.made.text':
    'Đọc cho người nhận qua điện thoại, đừng gửi chung với tệp. Gõ liền 20 chữ số, không có dấu cách.',
  'export.made.once': 'Máy không giữ mật khẩu này. Quên thì lưu tệp lần nữa, với mật khẩu khác.',
  'export.told': 'Đã báo hoặc đã ghi lại',
} as const;
