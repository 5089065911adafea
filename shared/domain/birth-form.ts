/**
 * The birth declaration in the order of the paper forms: khai sinh (TT 04/2024/TT-BTP), CT01 (TT 53/2025/TT-BCA),
 * BHYT (TK1-TS) and căn cước. The official Mẫu 01 of NĐ 63/2024 was not seen: this is the union of its component forms.
 */
import type { Condition } from './condition.ts';
import {
  birthNoticeNumberWarning,
  civilStatusNumberWarning,
  householdNumberWarning,
  insuranceNumberWarning,
} from './document-checks.ts';
import {
  component,
  copies,
  field,
  filled,
  identityPapers,
  is,
  livingDate,
  must,
  rare,
  requester,
  type SectionRule,
  sexes,
} from './field-rule.ts';

const abandoned = is('child.birthPlaceKind', 'bo_roi');
const notAbandoned: Condition = { not: abandoned };
const surrogacy = is('child.surrogacy', '1');
const inFacility = is('child.birthPlaceKind', 'co_so_y_te');
const married = is('parents.married', 'da_ket_hon');

const child: SectionRule = {
  key: 'child',
  when: null,
  fields: [
    field('child.fullName', 'name', 5, must),
    field('child.birth', 'date', 2, { ...must, ...livingDate }),
    field('child.birthWords', 'text', 5, { words: 'child.birth' }),
    field('child.sex', 'choice', 2, { ...must, choices: sexes }),
    field('child.ethnicity', 'text', 2),
    field('child.nationality', 'text', 2),
    field('child.hometown', 'text', 6),
    field('child.birthPlaceKind', 'choice', 3, {
      choices: ['co_so_y_te', 'ngoai_co_so', 'bo_roi'],
    }),
    field('child.birthPlace', 'text', 9, must),
    field('child.birthProof', 'choice', 4, {
      choices: ['nguoi_lam_chung', 'cam_doan'],
      when: is('child.birthPlaceKind', 'ngoai_co_so'),
    }),
    field('child.certificateNumber', 'text', 4, { shape: birthNoticeNumberWarning, when: inFacility }),
    field('child.certificateDate', 'date', 2, { ...livingDate, when: inFacility }),
    field('child.certificateIssuer', 'text', 4, { when: inFacility }),
    field('child.birthCount', 'number', 2),
    field('child.birthOrder', 'number', 2, { when: is('twins', '1') }),
    field('child.birthTime', 'time', 2, rare),
    field('child.citizenNumber', 'citizen_number', 3, {
      ...rare,
      person: { sex: 'child.sex', birth: 'child.birth', nationality: 'child.nationality' },
    }),
    field('child.surrogacy', 'flag', 3, { ...rare, when: notAbandoned }),
  ],
};

/** Biên bản về việc trẻ bị bỏ rơi (NĐ 123/2015 art. 14). */
const finding: SectionRule = {
  key: 'abandoned',
  when: abandoned,
  fields: [
    field('abandoned.recordNumber', 'text', 3),
    field('abandoned.recordDate', 'date', 2, livingDate),
    field('abandoned.recordIssuer', 'text', 7),
    field('abandoned.foundOn', 'date', 2, livingDate),
    field('abandoned.foundTime', 'time', 2),
    field('abandoned.foundPlace', 'text', 8),
    field('finder.fullName', 'name', 5),
    field('finder.citizenNumber', 'citizen_number', 3, { person: {} }),
    field('finder.phone', 'phone', 4),
    field('finder.residence', 'text', 12),
    field('abandoned.caretaker', 'text', 8),
    field('abandoned.postedOn', 'date', 4, livingDate),
    field('abandoned.marks', 'long_text', 12, rare),
  ],
};

/** The woman who bore the child for the parents named in the blocks Mẹ, Cha, and her husband. */
const surrogate: SectionRule = {
  key: 'surrogate',
  when: { all: [notAbandoned, surrogacy] },
  fields: [
    field('surrogate.fullName', 'name', 4),
    field('surrogate.birth', 'partial_date', 2, livingDate),
    field('surrogate.citizenNumber', 'citizen_number', 2, {
      person: { sexIs: 'nu', birth: 'surrogate.birth' },
    }),
    field('surrogate.husband', 'name', 4),
    field('surrogate.residence', 'text', 12),
    field('surrogate.proofNumber', 'text', 3),
    field('surrogate.proofDate', 'date', 2, livingDate),
    field('surrogate.proofIssuer', 'text', 7),
  ],
};

function parent(key: 'mother' | 'father', sexIs: 'nam' | 'nu'): SectionRule {
  return {
    key,
    when: notAbandoned,
    fields: [
      field(`${key}.fullName`, 'name', 4),
      field(`${key}.birth`, 'partial_date', 2, livingDate),
      field(`${key}.citizenNumber`, 'citizen_number', 2, {
        person: { sexIs, birth: `${key}.birth`, nationality: `${key}.nationality` },
      }),
      field(`${key}.ethnicity`, 'text', 2),
      field(`${key}.nationality`, 'text', 2),
      field(`${key}.residence`, 'text', 12),
      field(`${key}.paperKind`, 'choice', 3, { ...rare, choices: identityPapers }),
      field(`${key}.paperDate`, 'date', 2, { ...rare, ...livingDate }),
      field(`${key}.paperPlace`, 'text', 4, rare),
      field(`${key}.insuranceNumber`, 'text', 3, { ...rare, shape: insuranceNumberWarning }),
    ],
  };
}

const marriage: SectionRule = {
  key: 'parents',
  when: notAbandoned,
  fields: [
    field('parents.married', 'choice', 3, { choices: ['da_ket_hon', 'chua_ket_hon'] }),
    field('marriage.number', 'text', 2, { shape: civilStatusNumberWarning, when: married }),
    field('marriage.date', 'date', 2, { ...livingDate, when: married }),
    field('marriage.place', 'text', 5, { when: married }),
    field('marriage.book', 'text', 3, { ...rare, when: married }),
  ],
};

const residence: SectionRule = {
  key: 'residence',
  when: null,
  fields: [
    field('residence.livesWith', 'choice', 3, { choices: ['me', 'cha', 'cha_me', 'nguoi_khac'] }),
    field('residence.headIs', 'choice', 3, { choices: ['me', 'cha', 'ong_ba', 'nguoi_khac'] }),
    field('residence.headOfHousehold', 'name', 4),
    field('residence.headRelation', 'text', 2),
    field('residence.headCitizenNumber', 'citizen_number', 3, { person: {} }),
    field('residence.address', 'text', 6),
    field('residence.dwelling', 'choice', 3, { choices: ['trong_csdl', 'co_giay_to', 'chua_ro'] }),
    field('residence.request', 'long_text', 12, rare),
    field('residence.consentHead', 'flag', 4, rare),
    field('residence.consentOwner', 'flag', 4, rare),
    field('residence.consentParents', 'flag', 4, { ...rare, when: is('residence.livesWith', 'nguoi_khac') }),
  ],
};

/** CT01 line 11: members of the household who change together. A row is asked when the one before it has a name. */
const members: SectionRule = {
  key: 'members',
  when: null,
  fields: [1, 2, 3, 4].flatMap((n) => {
    const when = n === 1 ? null : filled(`member.${n - 1}.fullName`);
    const key = `member.${n}`;
    return [
      field(`${key}.fullName`, 'name', 4, { ...rare, when }),
      field(`${key}.birth`, 'partial_date', 2, { ...rare, ...livingDate, when }),
      field(`${key}.sex`, 'choice', 2, { ...rare, choices: sexes, when }),
      field(`${key}.citizenNumber`, 'citizen_number', 2, {
        ...rare,
        when,
        person: { sex: `${key}.sex`, birth: `${key}.birth` },
      }),
      field(`${key}.relation`, 'text', 2, { ...rare, when }),
    ];
  }),
};

const insurance: SectionRule = {
  key: 'insurance',
  when: null,
  fields: [
    field('insurance.facility', 'text', 7),
    field('insurance.householdCode', 'text', 5, { ...rare, shape: householdNumberWarning }),
    field('insurance.guardian', 'name', 5, rare),
    field('insurance.cardAddress', 'text', 7, rare),
  ],
};

const idCard: SectionRule = {
  key: 'idCard',
  when: null,
  fields: [
    field('request.idCard', 'flag', 3, component),
    field('idCard.address', 'text', 9, { when: is('request.idCard', '1') }),
  ],
};

export const birthForm: readonly SectionRule[] = [
  requester(['cha', 'me', 'ong_ba', 'nguoi_than', 'to_chuc', 'uy_quyen']),
  child,
  finding,
  parent('mother', 'nu'),
  parent('father', 'nam'),
  surrogate,
  marriage,
  residence,
  members,
  insurance,
  idCard,
  copies,
];
