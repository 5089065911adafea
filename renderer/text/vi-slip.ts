/** Vietnamese: the preview of the papers. The words on the papers themselves are in shared/slip/words.ts. */
export const slipText = {
  'slip.preview': 'Xem trước bản in',
  'slip.size': 'Khổ giấy',
  'slip.zoom': 'Thu phóng',
  'slip.zoom.in': 'Phóng to',
  'slip.zoom.out': 'Thu nhỏ',
  'slip.zoom.now': '{n} %',
  'slip.pages': '{n} trang',
  'slip.loading': 'Đang soạn bản in…',
  'slip.none': 'Ngày của giấy này chưa có mẫu tương ứng trong danh mục.',
} as const;
