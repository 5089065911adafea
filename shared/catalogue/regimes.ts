/**
 * The legal regimes of the two linked chains, as data. A dossier keeps the regime of its reception date;
 * a new regime is a new row here and nothing else. `verified: false` = the source was not read in full:
 * the value is a configurable default and is shown as "cần xác nhận".
 */
import type { LocalDate } from '../lib/local-date.ts';

export type ChainCode = 'birth' | 'death';

export type Limit =
  /** Done on the working day that the complete papers arrive; received after 15:00 it may be the next one. */
  | { readonly kind: 'same_day'; readonly verified: boolean; readonly source: string }
  /** Whole working days counted from the due day of `after`, or from reception where `after` is null. */
  | {
      readonly kind: 'working_days';
      readonly days: number;
      readonly after: string | null;
      readonly verified: boolean;
      readonly source: string;
    }
  /** No limit known: no date is promised. */
  | { readonly kind: 'unknown'; readonly verified: false; readonly source: string };

export interface ComponentRule {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  readonly agency: string;
  readonly limit: Limit;
  /** The form flag that asks for this component; null = always part of the chain. */
  readonly onRequest: string | null;
}
export interface ChainRule {
  readonly name: string;
  readonly procedureCode: string | null;
  readonly chainLimit: Limit;
  readonly components: readonly ComponentRule[];
}
export interface Regime {
  readonly id: string;
  readonly name: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly source: string;
  readonly chains: Readonly<Record<ChainCode, ChainRule>>;
}

const unverified = 'chưa đọc được văn bản gốc; giá trị mặc định, cần xác nhận';
const sameDay: Limit = {
  kind: 'same_day',
  verified: true,
  source: 'Luật Hộ tịch; QĐ 296/QĐ-VPCP ngày 12/06/2024; thủ tục 1.000656 (sau 15 giờ)',
};
const unknown: Limit = { kind: 'unknown', verified: false, source: unverified };
const days = (n: number, after: string | null, verified: boolean, source: string): Limit => ({
  kind: 'working_days',
  days: n,
  after,
  verified,
  source,
});
const QD296 = 'QĐ 296/QĐ-VPCP ngày 12/06/2024';

const part = (
  code: string,
  name: string,
  short: string,
  agency: string,
  limit: Limit,
  onRequest: string | null = null,
): ComponentRule => ({ code, name, short, agency, limit, onRequest });

const birth3 = (police: string, insurance: string): readonly ComponentRule[] => [
  part('K1', 'Đăng ký khai sinh', 'Khai sinh', 'Ủy ban nhân dân cấp xã', sameDay),
  part('K2', 'Đăng ký thường trú', 'Thường trú', police, days(3, 'K1', false, unverified)),
  part(
    'K3',
    'Cấp thẻ bảo hiểm y tế trẻ em dưới 6 tuổi',
    'Thẻ BHYT',
    insurance,
    days(2, 'K1', false, unverified),
  ),
];
const idCard = part(
  'K4',
  'Cấp thẻ căn cước cho trẻ dưới 6 tuổi',
  'Căn cước',
  'Công an',
  unknown,
  'request.idCard',
);
const death = (police: string, funeral: string, survivor: string): readonly ComponentRule[] => [
  part('T1', 'Đăng ký khai tử', 'Khai tử', 'Ủy ban nhân dân cấp xã', sameDay),
  part('T2', 'Xóa đăng ký thường trú', 'Xóa thường trú', police, days(2, 'T1', false, unverified)),
  part(
    'T3',
    'Giải quyết mai táng phí',
    'Mai táng',
    funeral,
    days(3, 'T1', false, 'NĐ 20/2021/NĐ-CP (bảo trợ xã hội); nhóm khác cần xác nhận'),
    'request.funeral',
  ),
  part('T4', 'Giải quyết tử tuất', 'Tử tuất', survivor, unknown, 'request.survivor'),
];

const OLD = {
  police: 'Công an cấp xã',
  insurance: 'Bảo hiểm xã hội cấp huyện',
  funeral: 'Ủy ban nhân dân cấp huyện',
  survivor: 'Bảo hiểm xã hội cấp huyện',
};
const NEW = {
  police: 'Công an cấp xã',
  insurance: 'Bảo hiểm xã hội cơ sở',
  funeral: 'Ủy ban nhân dân cấp xã',
  survivor: 'Bảo hiểm xã hội cơ sở',
};

const chains = (
  a: typeof OLD,
  birthCode: string | null,
  deathCode: string | null,
  birthLimit: Limit,
  withIdCard: boolean,
): Regime['chains'] => ({
  birth: {
    name: withIdCard ? 'Khai sinh - Thường trú - BHYT - Căn cước' : 'Khai sinh - Thường trú - BHYT',
    procedureCode: birthCode,
    chainLimit: birthLimit,
    components: withIdCard ? [...birth3(a.police, a.insurance), idCard] : birth3(a.police, a.insurance),
  },
  death: {
    name: 'Khai tử - Xóa thường trú - Mai táng - Tử tuất',
    procedureCode: deathCode,
    chainLimit: unknown,
    components: death(a.police, a.funeral, a.survivor),
  },
});

const threeDays = days(3, null, true, QD296);

export const regimes: readonly Regime[] = [
  {
    id: 'trien-khai-2023',
    name: 'Triển khai toàn quốc 2023',
    from: '2023-07-10',
    to: '2024-06-30',
    source: 'Công văn 2084/VPCP-KSTT (2023), Mẫu số 01',
    chains: chains(OLD, null, null, days(20, null, true, 'TTLT 05/2015/TTLT-BTP-BCA-BYT'), false),
  },
  {
    id: 'nd63-2024',
    name: 'NĐ 63/2024',
    from: '2024-07-01',
    to: '2025-06-30',
    source: 'NĐ 63/2024/NĐ-CP; QĐ 296/QĐ-VPCP',
    chains: chains(OLD, '2.002621', '2.002622', threeDays, false),
  },
  {
    id: 'nd63-2024-hai-cap',
    name: 'NĐ 63/2024, chính quyền hai cấp',
    from: '2025-07-01',
    to: '2026-08-31',
    source: 'NĐ 63/2024/NĐ-CP; chính quyền địa phương hai cấp từ 01/07/2025',
    chains: chains(NEW, '2.002621', '2.002622', threeDays, false),
  },
  {
    id: 'nd301-2026',
    name: 'NĐ 63/2024, sửa bởi NĐ 301/2026',
    from: '2026-09-01',
    to: '2027-02-28',
    source: 'NĐ 301/2026/NĐ-CP',
    chains: chains(
      NEW,
      '3.000722',
      '2.002913',
      days(3, null, false, `${QD296}; tổng thời hạn khi có căn cước cần xác nhận`),
      true,
    ),
  },
  {
    id: 'luat-ho-tich-2026',
    name: 'Luật Hộ tịch 2026',
    from: '2027-03-01',
    to: null,
    source: 'Luật Hộ tịch 03/2026/QH16',
    chains: chains(NEW, '3.000722', '2.002913', days(3, null, false, `${QD296}; cần xác nhận`), true),
  },
];

export function regimeOn(date: LocalDate, all: readonly Regime[] = regimes): Regime | undefined {
  return all.find((r) => r.from <= date && (r.to === null || date <= r.to));
}
