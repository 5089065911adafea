/** Ngoại ngành categories and their measures, in the order of the city's table of 19/09/2023. All are cumulative snapshots. */

export interface Category {
  readonly code: string;
  readonly name: string;
  /** Heading of a narrow column. */
  readonly short: string;
  readonly measures: readonly Measure[];
  readonly source: string;
}
export interface Measure {
  readonly code: string;
  readonly name: string;
}

/** The one measure that every category has: the total. Split measures (hội viên, tình nguyện viên) are later data. */
export const TOTAL: Measure = { code: 'tong', name: 'Tổng số' };

const SOURCE = 'Báo cáo 5257/BC-BCĐ ngày 04/10/2023, phụ lục thống kê thu thập thông tin ngoại ngành';
const category = (code: string, name: string, short: string): Category => ({
  code,
  name,
  short,
  measures: [TOTAL],
  source: SOURCE,
});

export const categories: readonly Category[] = [
  category('hoi_cuu_chien_binh', 'Hội Cựu chiến binh', 'Cựu chiến binh'),
  category('hoi_nong_dan', 'Hội Nông dân', 'Nông dân'),
  category('hoi_nguoi_cao_tuoi', 'Hội Người cao tuổi', 'Người cao tuổi'),
  category('hoi_chu_thap_do', 'Hội Chữ thập đỏ', 'Chữ thập đỏ'),
  category('nguoi_lao_dong', 'Người lao động', 'Người lao động'),
  category('ho_tro_tien_thue_nha', 'Hỗ trợ tiền thuê nhà', 'Thuê nhà'),
  category('nguoi_co_cong', 'Người có công', 'Người có công'),
  category('an_sinh_xa_hoi', 'An sinh xã hội', 'An sinh XH'),
];

const byCode = new Map(categories.map((c) => [c.code, c]));
export function findCategory(code: string): Category | undefined {
  return byCode.get(code);
}

export function isMeasure(categoryCode: string, measureCode: string): boolean {
  return byCode.get(categoryCode)?.measures.some((m) => m.code === measureCode) ?? false;
}
