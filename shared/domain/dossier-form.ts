/**
 * The two one-page declarations as data, in the order of the paper forms: TP/HT-2020-TKKT and the union of
 * khai sinh, CT01 and BHYT (official Mẫu 01/02 of NĐ 63/2024 not seen). A form is a flat record field -> text;
 * a blank is an absent key. Every blank that law allows (father, hour, cause, exact birth date) is allowed here.
 */
import type { ChainCode } from '../catalogue/regimes.ts';

export type FieldKind =
  | 'name'
  | 'text'
  | 'date'
  | 'partial_date'
  | 'time'
  | 'choice'
  | 'citizen_number'
  | 'phone'
  | 'flag';

export interface FieldRule {
  readonly key: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Allowed values of a `choice`. */
  readonly choices?: readonly string[];
  /** For a `citizen_number`: the fields that hold this person's sex and birth date. */
  readonly person?: { readonly sex?: string; readonly birth: string };
  /** A date that may not lie after the reception day. */
  readonly past?: boolean;
  /** Dates before 1900 are refused for the living, only warned about for the dead. */
  readonly ancient?: 'refuse' | 'warn';
  /** Grid columns of twelve. */
  readonly span: number;
}
export interface SectionRule {
  readonly key: string;
  readonly fields: readonly FieldRule[];
}

export const MAX_TEXT = 300;

export const sexes = ['nam', 'nu', 'khong_xac_dinh'] as const;
export const birthPlaceKinds = ['co_so_y_te', 'ngoai_co_so', 'bo_roi', 'mang_thai_ho'] as const;
export const beneficiaryGroups = [
  'bao_tro_xa_hoi',
  'bhxh',
  'nguoi_co_cong',
  'huu_tri_xa_hoi',
  'khac',
] as const;
export const livesWith = ['me', 'cha', 'cha_me', 'nguoi_khac'] as const;

const field = (key: string, kind: FieldKind, span: number, more: Partial<FieldRule> = {}): FieldRule => ({
  key,
  kind,
  span,
  required: false,
  ...more,
});
const must = { required: true } as const;

const requester = (choices: readonly string[]): SectionRule => ({
  key: 'requester',
  fields: [
    field('requester.fullName', 'name', 4, must),
    field('requester.citizenNumber', 'citizen_number', 2, { person: { birth: 'requester.birth' } }),
    field('requester.birth', 'partial_date', 2, { past: true, ancient: 'refuse' }),
    field('requester.relation', 'choice', 2, { ...must, choices }),
    field('requester.phone', 'phone', 2),
    field('requester.residence', 'text', 12),
  ],
});
const parent = (key: 'mother' | 'father'): SectionRule => ({
  key,
  fields: [
    field(`${key}.fullName`, 'name', 6),
    field(`${key}.birth`, 'partial_date', 3, { past: true, ancient: 'refuse' }),
    field(`${key}.citizenNumber`, 'citizen_number', 3, { person: { birth: `${key}.birth` } }),
    field(`${key}.residence`, 'text', 12),
  ],
});

const birthForm: readonly SectionRule[] = [
  requester(['cha', 'me', 'ong_ba', 'nguoi_than', 'to_chuc', 'uy_quyen']),
  {
    key: 'child',
    fields: [
      field('child.fullName', 'name', 5, must),
      field('child.birth', 'date', 2, { ...must, past: true, ancient: 'refuse' }),
      field('child.sex', 'choice', 2, { ...must, choices: sexes }),
      field('child.ethnicity', 'text', 1),
      field('child.nationality', 'text', 2),
      field('child.birthPlace', 'text', 5, must),
      field('child.birthPlaceKind', 'choice', 3, { choices: birthPlaceKinds }),
      field('child.hometown', 'text', 4),
    ],
  },
  parent('mother'),
  parent('father'),
  {
    key: 'residence',
    fields: [
      field('residence.livesWith', 'choice', 3, { choices: livesWith }),
      field('residence.headOfHousehold', 'name', 3),
      field('insurance.facility', 'text', 4),
      field('request.idCard', 'flag', 2),
    ],
  },
];

const deathForm: readonly SectionRule[] = [
  requester(['vo_chong', 'con', 'cha', 'me', 'nguoi_than', 'to_chuc', 'uy_quyen']),
  {
    key: 'deceased',
    fields: [
      field('deceased.fullName', 'name', 4, must),
      field('deceased.birth', 'partial_date', 2, { past: true, ancient: 'warn' }),
      field('deceased.sex', 'choice', 2, { ...must, choices: sexes }),
      field('deceased.citizenNumber', 'citizen_number', 2, {
        person: { sex: 'deceased.sex', birth: 'deceased.birth' },
      }),
      field('deceased.ethnicity', 'text', 1),
      field('deceased.nationality', 'text', 1),
      field('deceased.residence', 'text', 12),
    ],
  },
  {
    key: 'death',
    fields: [
      field('death.date', 'date', 2, { ...must, past: true, ancient: 'warn' }),
      field('death.time', 'time', 2),
      field('death.place', 'text', 4),
      field('death.cause', 'text', 4),
      field('death.noticeNumber', 'text', 3),
      field('death.noticeIssuer', 'text', 6),
      field('death.noticeDate', 'date', 3, { past: true, ancient: 'warn' }),
    ],
  },
  {
    key: 'funeral',
    fields: [
      field('request.funeral', 'flag', 2),
      field('request.survivor', 'flag', 2),
      field('funeral.group', 'choice', 3, { choices: beneficiaryGroups }),
      field('funeral.receiver', 'name', 5),
    ],
  },
];

export const forms: Readonly<Record<ChainCode, readonly SectionRule[]>> = {
  birth: birthForm,
  death: deathForm,
};

const index = {
  birth: new Map(birthForm.flatMap((s) => s.fields).map((f) => [f.key, f])),
  death: new Map(deathForm.flatMap((s) => s.fields).map((f) => [f.key, f])),
} satisfies Record<ChainCode, Map<string, FieldRule>>;

export function fieldRule(chain: ChainCode, key: string): FieldRule | undefined {
  return index[chain].get(key);
}

/** Field that carries the name of the child or the deceased: what lists show. */
export const subjectName: Readonly<Record<ChainCode, string>> = {
  birth: 'child.fullName',
  death: 'deceased.fullName',
};
export const subjectBirth: Readonly<Record<ChainCode, string>> = {
  birth: 'child.birth',
  death: 'deceased.birth',
};
export const subjectNumber: Readonly<Record<ChainCode, string | null>> = {
  birth: null,
  death: 'deceased.citizenNumber',
};
