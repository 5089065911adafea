/**
 * The legal regimes of the two linked chains. A dossier keeps the regime of its reception date; a new regime is a new
 * row here. Numbers, agencies and codes are facts by date (facts.ts): a regime says only which components there are,
 * what each waits for and which paper ends it. The change of agencies of 01/07/2025 is therefore no regime of its own.
 */
import type { ChainRule, ComponentRule, Limit, Regime } from './law.ts';

const sameDay: Limit = { kind: 'same_day' };
const within = (days: string, after: string | null): Limit => ({ kind: 'working_days', days, after });

const birthThree: readonly ComponentRule[] = [
  {
    code: 'K1',
    name: 'Đăng ký khai sinh',
    short: 'Khai sinh',
    agency: 'agency.civilStatus',
    limit: sameDay,
    onRequest: null,
    result: 'Giấy khai sinh',
  },
  // K2 and K3 run side by side: the linking software sends both when the birth certificate is there.
  {
    code: 'K2',
    name: 'Đăng ký thường trú',
    short: 'Thường trú',
    agency: 'agency.police',
    limit: within('limit.K2', 'K1'),
    onRequest: null,
    result: 'Thông báo kết quả giải quyết đăng ký cư trú',
  },
  {
    code: 'K3',
    name: 'Cấp thẻ bảo hiểm y tế trẻ em dưới 6 tuổi',
    short: 'Thẻ BHYT',
    agency: 'agency.insurance',
    limit: within('limit.K3', 'K1'),
    onRequest: null,
    result: 'Thẻ bảo hiểm y tế',
  },
];
const idCard: ComponentRule = {
  code: 'K4',
  name: 'Cấp thẻ căn cước cho trẻ dưới 6 tuổi',
  short: 'Căn cước',
  agency: 'agency.idCard',
  limit: within('limit.K4', 'K1'),
  onRequest: 'request.idCard',
  result: 'Thẻ căn cước',
};

const birth: ChainRule = {
  name: 'Khai sinh - Thường trú - BHYT',
  procedure: 'procedure.birth',
  chainLimit: within('limit.chain.birth', null),
  components: birthThree,
};
const birthWithIdCard: ChainRule = {
  ...birth,
  name: 'Khai sinh - Thường trú - BHYT - Căn cước',
  components: [...birthThree, idCard],
};

const death = (paper: string): ChainRule => ({
  name: 'Khai tử - Xóa thường trú - Mai táng - Tử tuất',
  procedure: 'procedure.death',
  chainLimit: within('limit.chain.death', null),
  components: [
    {
      code: 'T1',
      name: 'Đăng ký khai tử',
      short: 'Khai tử',
      agency: 'agency.civilStatus',
      limit: sameDay,
      onRequest: null,
      result: paper,
      resultFact: 'wording.deathPaper',
    },
    {
      code: 'T2',
      name: 'Xóa đăng ký thường trú',
      short: 'Xóa thường trú',
      agency: 'agency.police',
      limit: within('limit.T2', 'T1'),
      onRequest: null,
      result: 'Xóa đăng ký thường trú trong Cơ sở dữ liệu về cư trú',
    },
    {
      code: 'T3',
      name: 'Giải quyết mai táng phí',
      short: 'Mai táng',
      agency: 'agency.funeral',
      limit: within('limit.T3', 'T1'),
      onRequest: 'request.funeral',
      result: 'Quyết định hỗ trợ chi phí mai táng',
    },
    {
      code: 'T4',
      name: 'Giải quyết tử tuất',
      short: 'Tử tuất',
      agency: 'agency.survivor',
      limit: within('limit.T4', 'T1'),
      onRequest: 'request.survivor',
      result: 'Quyết định hưởng trợ cấp tuất',
    },
    // Not part of the decree's chain: families need it, the city has asked for it, the desk may follow it here.
    {
      code: 'T5',
      name: 'Thay đổi chủ hộ',
      short: 'Chủ hộ',
      agency: 'agency.police',
      limit: within('limit.T5', 'T1'),
      onRequest: 'request.headChange',
      result: 'Thông báo kết quả giải quyết đăng ký cư trú',
    },
  ],
});

export const regimes: readonly Regime[] = [
  {
    id: 'trien-khai-2023',
    name: 'Triển khai toàn quốc 2023',
    from: '2023-07-10',
    to: '2024-06-30',
    source: 'Công văn 2084/VPCP-KSTT (2023), Mẫu số 01; QĐ 976/QĐ-BHXH ngày 12/06/2023',
    verified: true,
    chains: { birth, death: death('Trích lục khai tử') },
  },
  {
    id: 'nd63-2024',
    name: 'NĐ 63/2024',
    from: '2024-07-01',
    to: '2026-08-31',
    source: 'NĐ 63/2024/NĐ-CP; QĐ 296/QĐ-VPCP ngày 12/06/2024',
    verified: true,
    chains: { birth, death: death('Trích lục khai tử') },
  },
  {
    id: 'nd301-2026',
    name: 'NĐ 63/2024, sửa bởi NĐ 301/2026',
    from: '2026-09-01',
    to: '2027-02-28',
    source: 'NĐ 301/2026/NĐ-CP ngày 30/07/2026; toàn văn và mẫu tờ khai mới cần xác nhận',
    verified: false,
    chains: { birth: birthWithIdCard, death: death('Trích lục khai tử') },
  },
  {
    id: 'luat-ho-tich-2026',
    name: 'Luật Hộ tịch 2026',
    from: '2027-03-01',
    to: null,
    source: 'Luật Hộ tịch 03/2026/QH16; văn bản hướng dẫn cần xác nhận',
    verified: false,
    chains: { birth: birthWithIdCard, death: death('Giấy chứng tử') },
  },
];
