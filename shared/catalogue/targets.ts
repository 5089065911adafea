/**
 * Targets of the city by date. Where there is none there is no percentage. The city of before 01/07/2025 had another
 * territory: its targets end with it, and the new ones are entered when they are set.
 */
import type { Target } from '../report/figures.ts';

const HALF_YEAR_2024 = 'Báo cáo 6 tháng đầu năm 2024 về Đề án 06, UBND Thành phố Hồ Chí Minh';
const SEPTEMBER_2023 = 'Báo cáo 5257/BC-BCĐ ngày 04/10/2023';

type Row = readonly [
  category: string,
  measure: string,
  value: number,
  from: string,
  to: string,
  source: string,
];
const rows: readonly Row[] = [
  ['hoi_chu_thap_do', 'tong', 194_197, '2024-01-01', '2025-06-30', HALF_YEAR_2024],
  ['hoi_chu_thap_do', 'hoi_vien', 169_263, '2024-01-01', '2025-06-30', HALF_YEAR_2024],
  ['hoi_chu_thap_do', 'tinh_nguyen_vien', 24_934, '2024-01-01', '2025-06-30', HALF_YEAR_2024],
  ['an_sinh_xa_hoi', 'ra_soat', 158_038, '2024-01-01', '2025-06-30', HALF_YEAR_2024],
  ['nguoi_co_cong', 'chi_tra_khong_tien_mat', 37_393, '2023-01-01', '2023-12-31', SEPTEMBER_2023],
  ['nguoi_co_cong', 'chi_tra_khong_tien_mat', 35_389, '2024-01-01', '2025-06-30', HALF_YEAR_2024],
  ['bao_tro_xa_hoi', 'chi_tra_khong_tien_mat', 138_554, '2024-01-01', '2025-06-30', HALF_YEAR_2024],
  ['vneid', 'cap', 5_454_179, '2023-01-01', '2025-06-30', SEPTEMBER_2023],
];

export const targets: readonly Target[] = rows.map(([category, measure, value, from, to, source]) => ({
  unit: '79',
  category,
  measure,
  value,
  from,
  to,
  source,
  verified: true,
}));
