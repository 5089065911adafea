/**
 * Ngoại ngành categories and their measures, in the order of the city's table of 19/09/2023; the split measures follow the
 * half-year report of 2024. All are cumulative snapshots: never summed over dates.
 */

export interface Measure {
  readonly code: string;
  readonly name: string;
  /** Heading of a narrow column. */
  readonly short: string;
}
export interface Category {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  /** The total first, then what it is split into or what is counted besides. */
  readonly measures: readonly Measure[];
  /** Measures that together make the total; where they do not, the difference is shown, never mended. */
  readonly parts: readonly string[];
  readonly source: string;
}

/** The one measure that every category has. */
export const TOTAL: Measure = { code: 'tong', name: 'Tổng số', short: 'Tổng' };

const SOURCE = 'Báo cáo 5257/BC-BCĐ ngày 04/10/2023, phụ lục thống kê thu thập thông tin ngoại ngành';
const HALF_YEAR = 'Báo cáo 6 tháng đầu năm 2024 về Đề án 06, UBND Thành phố Hồ Chí Minh';

interface More {
  readonly measures?: readonly Measure[];
  readonly parts?: readonly string[];
}
const category = (
  code: string,
  name: string,
  short: string,
  { measures = [], parts = [] }: More = {},
): Category => ({
  ...{ code, name, short, parts, measures: [TOTAL, ...measures] },
  source: measures.length > 0 ? `${SOURCE}; ${HALF_YEAR}` : SOURCE,
});
const measure = (code: string, name: string, short: string): Measure => ({ code, name, short });

export const categories: readonly Category[] = [
  category('hoi_cuu_chien_binh', 'Hội Cựu chiến binh', 'Cựu chiến binh'),
  category('hoi_nong_dan', 'Hội Nông dân', 'Nông dân'),
  category('hoi_nguoi_cao_tuoi', 'Hội Người cao tuổi', 'Người cao tuổi'),
  category('hoi_chu_thap_do', 'Hội Chữ thập đỏ', 'Chữ thập đỏ', {
    measures: [
      measure('hoi_vien', 'Hội viên', 'Hội viên'),
      measure('tinh_nguyen_vien', 'Tình nguyện viên', 'TN viên'),
    ],
    parts: ['hoi_vien', 'tinh_nguyen_vien'],
  }),
  category('nguoi_lao_dong', 'Người lao động', 'Người lao động'),
  category('ho_tro_tien_thue_nha', 'Hỗ trợ tiền thuê nhà', 'Thuê nhà'),
  category('nguoi_co_cong', 'Người có công', 'Người có công', {
    measures: [measure('chi_tra_khong_tien_mat', 'Chi trả không dùng tiền mặt', 'Không tiền mặt')],
  }),
  category('an_sinh_xa_hoi', 'An sinh xã hội', 'An sinh XH', {
    measures: [
      measure('ra_soat', 'Đã rà soát', 'Rà soát'),
      measure('cap_tai_khoan', 'Có tài khoản', 'Có TK'),
      measure('chi_tra_tai_khoan', 'Chi trả qua tài khoản', 'Chi qua TK'),
      measure('bat_kha_khang', 'Trường hợp bất khả kháng', 'Bất khả kháng'),
    ],
  }),
];

/** Every figure of a unit in the order of the sheet. */
export const countColumns: readonly { readonly category: Category; readonly measure: Measure }[] =
  categories.flatMap((c) => c.measures.map((m) => ({ category: c, measure: m })));

const byCode = new Map(categories.map((c) => [c.code, c]));
export function findCategory(code: string): Category | undefined {
  return byCode.get(code);
}

export function isMeasure(categoryCode: string, measureCode: string): boolean {
  return byCode.get(categoryCode)?.measures.some((m) => m.code === measureCode) ?? false;
}
