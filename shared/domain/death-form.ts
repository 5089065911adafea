/**
 * The death declaration in the order of the paper forms: TP/HT-2020-TKKT, then xóa thường trú, mai táng (NĐ 20/2021),
 * tử tuất (BHXH) and thay chủ hộ. Hour, cause and the exact birth date may stay blank; a year is a birth date.
 */
import { funeralGroups } from '../catalogue/funeral-groups.ts';
import { birthNoticeNumberWarning, insuranceNumberWarning } from './document-checks.ts';
import {
  component,
  copies,
  deadDate,
  field,
  identityPapers,
  is,
  livingDate,
  must,
  rare,
  requester,
  type SectionRule,
  sexes,
} from './field-rule.ts';

/** A group has several rows by date of death; the code stays. */
const beneficiaryGroups = [...new Set(funeralGroups.map((group) => group.code))];

const newborn = is('death.kind', 'so_sinh');
const funeral = is('request.funeral', '1');
const survivor = is('request.survivor', '1');
const headChange = is('request.headChange', '1');

const deceased: SectionRule = {
  key: 'deceased',
  when: null,
  fields: [
    field('deceased.fullName', 'name', 6, must),
    field('deceased.birth', 'partial_date', 2, deadDate),
    field('deceased.sex', 'choice', 2, { ...must, choices: sexes }),
    field('deceased.citizenNumber', 'citizen_number', 2, {
      person: { sex: 'deceased.sex', birth: 'deceased.birth', nationality: 'deceased.nationality' },
    }),
    field('deceased.ethnicity', 'text', 2),
    field('deceased.nationality', 'text', 2),
    field('deceased.lastResidence', 'choice', 3, {
      choices: ['trong_csdl', 'khong_trong_csdl', 'khong_ro'],
    }),
    field('deceased.residence', 'text', 5),
    field('deceased.paperKind', 'choice', 3, { ...rare, choices: identityPapers }),
    field('deceased.paperDate', 'date', 2, { ...rare, ...deadDate }),
    field('deceased.paperPlace', 'text', 4, rare),
    field('deceased.insuranceNumber', 'text', 3, { ...rare, shape: insuranceNumberWarning }),
  ],
};

const death: SectionRule = {
  key: 'death',
  when: null,
  fields: [
    field('death.kind', 'choice', 3, {
      choices: [
        'co_so_y_te',
        'tai_nha',
        'duong_di',
        'tai_nan',
        'toa_an',
        'thi_hanh_an',
        'lau_nam',
        'so_sinh',
      ],
    }),
    field('death.date', 'date', 2, { ...must, ...deadDate }),
    field('death.time', 'time', 2),
    field('death.dateWords', 'text', 5, { words: 'death.date' }),
    field('death.place', 'text', 6),
    field('death.cause', 'text', 6),
    field('death.noticeKind', 'choice', 3, { choices: ['giay_bao_tu', 'giay_thay_the'] }),
    field('death.noticeNumber', 'text', 2),
    field('death.noticeDate', 'date', 2, deadDate),
    field('death.noticeIssuer', 'text', 5),
    field('death.evidence', 'long_text', 12, { when: is('death.kind', 'lau_nam') }),
  ],
};

/** A newborn who died has a birth and a death dossier in the same week; `link.dossier` leads to the other one. */
const newbornSection: SectionRule = {
  key: 'newborn',
  when: newborn,
  fields: [
    field('newborn.birthCode', 'text', 4),
    field('newborn.certificateNumber', 'text', 4, { shape: birthNoticeNumberWarning }),
    field('newborn.mother', 'name', 4),
  ],
};

const funeralSection: SectionRule = {
  key: 'funeral',
  when: null,
  fields: [
    field('request.funeral', 'flag', 3, component),
    field('funeral.group', 'choice', 4, { choices: beneficiaryGroups, when: funeral }),
    field('funeral.receiver', 'name', 5, { when: funeral }),
    field('funeral.receiverNumber', 'citizen_number', 3, { person: {}, when: funeral }),
    field('funeral.receiverRelation', 'text', 3, { when: funeral }),
    field('funeral.hometown', 'text', 6, { when: funeral }),
    field('funeral.payment', 'choice', 3, { choices: ['tien_mat', 'tai_khoan'], when: funeral }),
    field('funeral.payPlace', 'text', 9, {
      when: { all: [funeral, is('funeral.payment', 'tien_mat')] },
    }),
    field('funeral.bank', 'text', 5, { when: { all: [funeral, is('funeral.payment', 'tai_khoan')] } }),
    field('funeral.account', 'text', 4, { when: { all: [funeral, is('funeral.payment', 'tai_khoan')] } }),
    field('funeral.amount', 'money', 3, { when: funeral }),
    field('funeral.basis', 'text', 6, { when: funeral }),
    field('funeral.cremation', 'flag', 3, { when: funeral }),
    field('funeral.burialDate', 'date', 3, { ...rare, when: funeral }),
    field('funeral.burialPlace', 'text', 9, { ...rare, when: funeral }),
  ],
};

const survivorSection: SectionRule = {
  key: 'survivor',
  when: null,
  fields: [
    field('request.survivor', 'flag', 3, component),
    field('survivor.kind', 'choice', 4, { choices: ['hang_thang', 'mot_lan'], when: survivor }),
    field('survivor.claimant', 'name', 5, { when: survivor }),
    field('survivor.claimantNumber', 'citizen_number', 3, { person: {}, when: survivor }),
    field('survivor.relation', 'text', 3, { when: survivor }),
    field('survivor.insuranceNumber', 'text', 3, { shape: insuranceNumberWarning, when: survivor }),
    field('survivor.dependants', 'number', 3, { when: survivor }),
  ],
};

/** Thay chủ hộ: a component that the family may ask for in the same go. */
const headSection: SectionRule = {
  key: 'headChange',
  when: null,
  fields: [
    field('request.headChange', 'flag', 3, component),
    field('newHead.fullName', 'name', 5, { when: headChange }),
    field('newHead.birth', 'partial_date', 2, { ...livingDate, when: headChange }),
    field('newHead.citizenNumber', 'citizen_number', 2, {
      person: { birth: 'newHead.birth' },
      when: headChange,
    }),
    field('newHead.relation', 'text', 4, { when: headChange }),
  ],
};

export const deathForm: readonly SectionRule[] = [
  requester(['vo_chong', 'con', 'cha', 'me', 'nguoi_than', 'to_chuc', 'uy_quyen']),
  deceased,
  death,
  newbornSection,
  funeralSection,
  survivorSection,
  headSection,
  copies,
];
