/** The seven groups of obstacles of the report of the national working group, 9/2023 (29 obstacles in all). */
import type { ObstacleGroup } from './law.ts';

const group = (code: string, name: string): ObstacleGroup => ({
  code,
  name,
  from: '2023-07-10',
  to: null,
  source: 'Báo cáo của Tổ công tác triển khai Đề án 06 gửi Thủ tướng Chính phủ, tháng 9/2023',
  verified: true,
});

export const obstacles: readonly ObstacleGroup[] = [
  group('phap_ly', 'Quy định pháp luật'),
  group('phan_mem_lien_thong', 'Phần mềm dịch vụ công liên thông (Bộ Công an)'),
  group('cong_dvc', 'Cổng Dịch vụ công quốc gia'),
  group('phan_mem_ho_tich', 'Phần mềm hộ tịch (Bộ Tư pháp)'),
  group('bhxh', 'Phần mềm bảo hiểm xã hội'),
  group('lao_dong_xa_hoi', 'Phần mềm ngành lao động, thương binh và xã hội (nay: Bộ Nội vụ, Bộ Y tế)'),
  group('khac', 'Vướng mắc khác của địa phương'),
];
