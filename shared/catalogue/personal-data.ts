/**
 * Kinds of personal data that the two declarations hold, in the words of a notice, with those that the law calls sensitive.
 * Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP (in force 01/01/2026). The list of sensitive kinds was not compared with the text of the decree yet.
 */

export interface DataKind {
  readonly code: string;
  readonly name: string;
  readonly sensitive: boolean;
  /** Fields: ends or beginnings of their keys. The first kind that fits counts. */
  readonly keys: RegExp;
}

export const sensitiveSource = {
  source: 'NĐ 356/2025/NĐ-CP, danh mục dữ liệu cá nhân nhạy cảm',
  verified: false,
} as const;

export const dataKinds: readonly DataKind[] = [
  {
    code: 'bank',
    name: 'Tài khoản ngân hàng',
    sensitive: true,
    keys: /^funeral\.(bank|account)$/,
  },
  {
    code: 'health',
    name: 'Sức khoẻ, nguyên nhân chết, mang thai hộ',
    sensitive: true,
    keys: /^(death\.(cause|kind|evidence)|child\.surrogacy|surrogate\.|abandoned\.marks)/,
  },
  { code: 'ethnicity', name: 'Dân tộc', sensitive: true, keys: /\.ethnicity$/ },
  {
    code: 'child',
    name: 'Dữ liệu của trẻ em (họ tên, ngày sinh, nơi sinh, giấy chứng sinh…)',
    sensitive: true,
    keys: /^(child\.|abandoned\.|newborn\.(birthCode|certificateNumber))/,
  },
  {
    code: 'number',
    name: 'Số định danh cá nhân, giấy tờ tuỳ thân',
    sensitive: false,
    keys: /(\.citizenNumber|\.headCitizenNumber|\.receiverNumber|\.claimantNumber|\.paper(Kind|Date|Place))$/,
  },
  {
    code: 'insurance',
    name: 'Mã số BHXH, BHYT, mã hộ',
    sensitive: false,
    keys: /(\.insuranceNumber|^insurance\.(facility|householdCode))$/,
  },
  { code: 'contact', name: 'Điện thoại, thư điện tử', sensitive: false, keys: /\.(phone|email)$/ },
  {
    code: 'address',
    name: 'Nơi cư trú, địa chỉ, quê quán',
    sensitive: false,
    keys: /(\.(residence|address|cardAddress|hometown|lastResidence|dwelling|payPlace|burialPlace)|^death\.place)$/,
  },
  {
    code: 'name',
    name: 'Họ tên',
    sensitive: false,
    keys: /(\.fullName|\.husband|\.headOfHousehold|\.guardian|\.receiver|\.claimant|^newborn\.mother)$/,
  },
  {
    code: 'family',
    name: 'Quan hệ gia đình, hôn nhân',
    sensitive: false,
    keys: /^(marriage\.|parents\.)|(\.(relation|receiverRelation|headRelation|headIs|livesWith|authorisedBy|dependants))$/,
  },
  {
    code: 'birth',
    name: 'Ngày sinh, giới tính, quốc tịch',
    sensitive: false,
    keys: /\.(birth|sex|nationality)$/,
  },
  {
    code: 'death',
    name: 'Ngày giờ mất, giấy báo tử',
    sensitive: false,
    keys: /^death\./,
  },
  { code: 'case', name: 'Nội dung đề nghị giải quyết', sensitive: false, keys: /./ },
];

/** Scans are no field of a form; they show all that stands on the paper. */
export const SCANS: Pick<DataKind, 'name' | 'sensitive'> = {
  name: 'Ảnh chụp giấy tờ (thẻ căn cước, giấy chứng sinh, giấy báo tử…)',
  sensitive: true,
};

export function dataKindOf(key: string): DataKind {
  return dataKinds.find((kind) => kind.keys.test(key)) ?? (dataKinds[dataKinds.length - 1] as DataKind);
}

/** Hours within which the controller tells the specialised body, from the moment of finding. Luật 91/2025/QH15 art. 23. */
export const breachNotice = { hours: 72, source: 'Luật 91/2025/QH15, Điều 23', verified: true } as const;

/** Working days within which a person who asks for his own data gets an answer. Which requests are meant is to be confirmed. */
export const personAnswer = { workingDays: 2, source: 'NĐ 356/2025/NĐ-CP, Điều 5', verified: true } as const;
