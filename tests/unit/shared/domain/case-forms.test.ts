/** Forms of odd lives and what the desk notes beside them. */
import { describe, expect, test } from 'vitest';
import { type ChainCode, paperStates } from '../../../../shared/catalogue/law.ts';
import { outsideSystems } from '../../../../shared/catalogue/outside-systems.ts';
import { requirements } from '../../../../shared/catalogue/requirements.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import { readForm, stops } from '../../../../shared/domain/read-form.ts';
import type { ProblemCode } from '../../../../shared/problem.ts';
import { form } from '../../../support/forms.ts';

const DAY = '2026-11-20';
const birthPapers = new Set(requirements.filter((r) => r.chain === 'birth').map((r) => r.code));

describe('notes of the desk live in the same record', () => {
  const paper = requirements.find((r) => r.chain === 'birth')?.code ?? '';
  const deathPaper = requirements.find((r) => r.chain === 'death' && !birthPapers.has(r.code))?.code ?? '';
  const system = outsideSystems.find((s) => s.chain === 'birth')?.code ?? '';
  const read = (key: string, text: string) => readForm('birth', { ...form('birth'), [key]: text }, DAY);
  test.each([
    ['code.official', ' H29.100-261120-0001 ', 'H29.100-261120-0001'],
    ['code.K1', '123/2026', '123/2026'],
    ['code.K4', '5', '5'],
    ['link.dossier', '3f2a9c11-0000-4000-8000-000000000001', '3f2a9c11-0000-4000-8000-000000000001'],
    [`paper.${paper}`, 'missing', 'missing'],
    [`paper.${paper}.count`, '2', '2'],
    [`entered.${system}`, '1', '1'],
  ])('%s takes %j', (key, typed, kept) => {
    const reading = read(key, typed);
    expect(reading.form).toMatchObject({ [key]: kept });
    expect(stops(reading)).toEqual([]);
  });
  test.each([
    [`paper.${paper}`, 'lost', 'CHOICE_UNKNOWN'],
    [`paper.${paper}.count`, 'hai', 'NUMBER_UNREADABLE'],
    [`entered.${system}`, 'có', 'CHOICE_UNKNOWN'],
    ['code.K1', 'x'.repeat(301), 'FIELD_TOO_LONG'],
  ])('%s refuses %j', (key, typed, code) => {
    expect(stops(read(key, typed))).toEqual([{ field: key, code, weight: 'stop' }]);
  });
  test.each([
    'paper',
    'paper.',
    'paper.none',
    `paper.${deathPaper}`,
    `paper.${paper}.size`,
    `paper.${paper}.count.x`,
    'code',
    'code.',
    'code.T1',
    'code.K1.count',
    'code.toString',
    'entered',
    'entered.none',
    `entered.${system}.count`,
    'link',
    'link.other',
    'component.K1',
    'foreign',
  ])('%s is no note of a birth', (key) => {
    expect(fieldRule('birth', key)).toBeUndefined();
    expect(stops(read(key, '1'))).toEqual([{ field: key, code: 'FIELD_UNKNOWN', weight: 'stop' }]);
  });
  test('every paper of both chains can be noted', () => {
    for (const { chain, code } of requirements)
      expect(fieldRule(chain, `paper.${code}`)?.choices).toEqual(paperStates);
  });
});

/** DOMAIN 3.4 and 9: odd lives are received; what looks wrong is a warning. */
describe('odd life', () => {
  const warnings = (chain: ChainCode, more: Record<string, string>) => {
    const reading = readForm(chain, form(chain, 1, more), DAY);
    expect(stops(reading)).toEqual([]);
    return reading.problems.filter((p) => p.code !== 'PHONE_FORM').map((p) => [p.field, p.code]);
  };
  const noFather = Object.fromEntries(
    ['fullName', 'birth', 'citizenNumber', 'ethnicity', 'nationality', 'residence'].map((f) => [
      `father.${f}`,
      '',
    ]),
  );
  test.each<[string, ChainCode, Record<string, string>, readonly (readonly [string, ProblemCode])[]]>([
    ['a father unknown', 'birth', noFather, []],
    [
      'no parent named, child not abandoned',
      'birth',
      { ...noFather, 'mother.fullName': '' },
      [['mother.fullName', 'PARENTS_BLANK']],
    ],
    [
      'an abandoned child',
      'birth',
      { 'child.birthPlaceKind': 'bo_roi', 'abandoned.recordNumber': '01/BB' },
      [],
    ],
    ['surrogacy', 'birth', { 'child.surrogacy': '1', 'surrogate.fullName': 'Lê Thị Mẫu' }, []],
    [
      'a foreign mother with a passport',
      'birth',
      { 'mother.nationality': 'Pháp', 'mother.citizenNumber': '21AB45678' },
      [],
    ],
    ['an old mother with a CMND', 'birth', { 'mother.citizenNumber': '024123456' }, []],
    [
      'a parent born abroad (code no province has)',
      'birth',
      { 'mother.citizenNumber': '304195000001', 'mother.birth': '1995' },
      [],
    ],
    [
      'born at home with a witness',
      'birth',
      { 'child.birthPlaceKind': 'ngoai_co_so', 'child.birthProof': 'nguoi_lam_chung' },
      [],
    ],
    ['twins', 'birth', { 'child.birthCount': '2', 'child.birthOrder': '2' }, []],
    [
      'a third of twins',
      'birth',
      { 'child.birthCount': '2', 'child.birthOrder': '3' },
      [['child.birthOrder', 'BIRTH_ORDER']],
    ],
    [
      'a birth after 60 days',
      'birth',
      { 'child.birth': '01/09/2026', 'child.certificateDate': '' },
      [['child.birth', 'REGISTERED_LATE']],
    ],
    ['a name with apostrophe and hyphen', 'birth', { 'child.fullName': "H'Bia Y-Đăm Niê" }, []],
    ['a name of one syllable', 'birth', { 'child.fullName': 'Ý' }, []],
    ['no nationality (papers before 1975)', 'birth', { 'mother.nationality': '' }, []],
    ['a sex not determined', 'birth', { 'child.sex': 'khong_xac_dinh' }, []],
    ['a newborn without a number', 'birth', { 'child.citizenNumber': '' }, []],
    [
      'an old form of giấy chứng sinh',
      'birth',
      { 'child.certificateNumber': 'Quyển 2, số 45' },
      [['child.certificateNumber', 'BIRTH_NOTICE_FORM']],
    ],
    ['a giấy chứng sinh of the new form', 'birth', { 'child.certificateNumber': '00123.GCS.79010.26' }, []],
    [
      'a giấy chứng sinh older than the child',
      'birth',
      { 'child.certificateDate': '01/01/2020' },
      [['child.certificateDate', 'ISSUED_BEFORE_EVENT']],
    ],
    [
      'a card older than its holder',
      'birth',
      { 'requester.paperDate': '01/01/1990', 'requester.birth': '1995', 'requester.citizenNumber': '' },
      [['requester.paperDate', 'ISSUED_BEFORE_EVENT']],
    ],
    [
      'a marriage after the birth',
      'birth',
      { 'parents.married': 'da_ket_hon', 'marriage.date': '20/11/2026', 'marriage.number': '01/2026' },
      [],
    ],
    [
      'a marriage number of another form',
      'birth',
      { 'parents.married': 'da_ket_hon', 'marriage.number': 'số 5' },
      [['marriage.number', 'CIVIL_STATUS_NUMBER_FORM']],
    ],
    [
      'a father with a woman’s number',
      'birth',
      { 'father.citizenNumber': '099190000001', 'father.birth': '1990' },
      [['father.citizenNumber', 'ID_SEX_MISMATCH']],
    ],
    [
      'a requester whose sex is known',
      'birth',
      { 'requester.sex': 'nam', 'requester.citizenNumber': '099190000001', 'requester.birth': '1990' },
      [['requester.citizenNumber', 'ID_SEX_MISMATCH']],
    ],
    ['an e-mail that cannot be', 'birth', { 'requester.email': 'mau@' }, [['requester.email', 'EMAIL_FORM']]],
    ['ten zeros for no BHXH', 'birth', { 'mother.insuranceNumber': '0000000000' }, []],
    ['a BHYT card of 15', 'birth', { 'mother.insuranceNumber': 'GD4790123456789' }, []],
    [
      'a BHXH number of 9',
      'birth',
      { 'mother.insuranceNumber': '123456789' },
      [['mother.insuranceNumber', 'INSURANCE_FORM']],
    ],
    [
      'words that say another date',
      'birth',
      { 'child.birthWords': 'Ngày một tháng một năm hai nghìn' },
      [['child.birthWords', 'DATE_WORDS_DIFFER']],
    ],
    [
      'words in another usage',
      'birth',
      {
        'child.birth': '05/11/2026',
        'child.certificateDate': '',
        'child.birthWords': 'ngày mồng năm tháng mười một năm hai ngàn hai mươi sáu',
      },
      [],
    ],
    [
      'a death long ago',
      'death',
      {
        'death.kind': 'lau_nam',
        'death.date': '01/05/1968',
        'deceased.birth': '1899',
        'deceased.citizenNumber': '',
        'death.noticeDate': '',
        'death.evidence': 'Bia mộ',
      },
      [
        ['deceased.birth', 'DATE_BEFORE_1900'],
        ['death.date', 'REGISTERED_LATE'],
      ],
    ],
    ['a death on the road', 'death', { 'death.kind': 'duong_di' }, []],
    ['no known residence', 'death', { 'deceased.lastResidence': 'khong_ro', 'deceased.residence': '' }, []],
    ['cause and hour unknown', 'death', { 'death.time': '', 'death.cause': '' }, []],
    ['a dead man with a CMND', 'death', { 'deceased.citizenNumber': '022 123 456' }, []],
    [
      'a notice older than the death',
      'death',
      { 'death.noticeDate': '01/01/2020' },
      [['death.noticeDate', 'ISSUED_BEFORE_EVENT']],
    ],
    [
      'a requester with the number of the deceased',
      'death',
      { 'deceased.citizenNumber': '022123456', 'requester.citizenNumber': '022123456' },
      [['requester.citizenNumber', 'REQUESTER_IS_DECEASED']],
    ],
    [
      'a newborn who died',
      'death',
      {
        'death.kind': 'so_sinh',
        'deceased.birth': '18/11/2026',
        'death.date': '19/11/2026',
        'deceased.citizenNumber': '',
        'death.noticeDate': '',
        'newborn.birthCode': 'T-7-261119-001',
      },
      [],
    ],
  ])('%s', (_, chain, more, expected) => {
    expect(warnings(chain, more)).toEqual(expected);
  });
  test.each([
    ['2014', '2026-11-10', false],
    ['2015', '2026-11-10', true],
    ['2014-11-10', '2026-11-10', false],
    ['2014-11-11', '2026-11-10', true],
    ['1990', '2026-11-10', false],
    ['', '2026-11-10', false],
  ])('mother born %s, child %s: too young %s', (mother, child, young) => {
    const more = { 'mother.birth': mother, 'mother.citizenNumber': '', 'child.birth': child };
    expect(warnings('birth', more).some(([, code]) => code === 'MOTHER_TOO_YOUNG')).toBe(young);
  });
});
