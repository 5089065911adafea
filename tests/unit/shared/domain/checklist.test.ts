/** From the facts of a case to its papers and to what will be sent back, case by case as the brief of the domain lists them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { type Catalogue, type ChainCode, paperStates } from '../../../../shared/catalogue/law.ts';
import { checklist, missingPapers } from '../../../../shared/domain/checklist.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import { born, lines, TODAY } from '../../../support/papers.ts';

type Form = Record<string, string>;

const needed = (chain: ChainCode, form: Form, on = TODAY) =>
  lines(chain, form, on).flatMap((l) => (l.needed ? [l.code] : []));
const missing = (chain: ChainCode, form: Form, on = TODAY) =>
  missingPapers(lines(chain, form, on)).map((l) => l.code);

const died: Form = {
  'requester.relation': 'con',
  'death.kind': 'co_so_y_te',
  'deceased.lastResidence': 'trong_csdl',
};

test('the plain birth: a declaration, giấy chứng sinh, CT01, TK1-TS and what data stand in for', () => {
  expect(needed('birth', born)).toEqual([
    'ks_to_khai',
    'ks_giay_chung_sinh',
    'ks_ket_hon',
    'ks_giay_tuy_than',
    'ks_ct01',
    'ks_tk1_ts',
  ]);
  expect(missing('birth', born)).toEqual(['ks_giay_chung_sinh']);
});

describe('birth: what a case adds to what is missing, and what falls away', () => {
  const proof = ['ks_giay_chung_sinh'];
  test.each<[string, Form, string[]]>([
    ['nothing answered yet: the usual paper is told at once', { 'child.birthPlaceKind': '' }, proof],
    [
      'outside a facility, with a witness',
      { 'child.birthPlaceKind': 'ngoai_co_so', 'child.birthProof': 'nguoi_lam_chung' },
      ['ks_xac_nhan_lam_chung'],
    ],
    [
      'outside a facility, not yet said how: the witness first',
      { 'child.birthPlaceKind': 'ngoai_co_so' },
      ['ks_xac_nhan_lam_chung'],
    ],
    [
      'outside a facility, nobody saw it',
      { 'child.birthPlaceKind': 'ngoai_co_so', 'child.birthProof': 'cam_doan' },
      ['ks_cam_doan'],
    ],
    ['surrogacy: one paper more', { 'child.surrogacy': '1' }, ['ks_giay_chung_sinh', 'ks_mang_thai_ho']],
    [
      'abandoned',
      {
        'child.birthPlaceKind': 'bo_roi',
        'mother.fullName': '',
        'father.fullName': '',
        'parents.married': '',
      },
      ['ks_bien_ban_bo_roi'],
    ],
    [
      'abandoned and with a caretaker: nobody can consent',
      {
        'child.birthPlaceKind': 'bo_roi',
        'mother.fullName': '',
        'father.fullName': '',
        'residence.livesWith': 'nguoi_khac',
      },
      ['ks_bien_ban_bo_roi', 'ks_y_kien_chu_ho'],
    ],
    [
      'lives with someone else',
      { 'residence.livesWith': 'nguoi_khac', 'residence.headIs': 'nguoi_khac' },
      [...proof, 'ks_y_kien_chu_ho', 'ks_dong_y_cha_me'],
    ],
    ['grandparents head the household', { 'residence.headIs': 'ong_ba' }, [...proof, 'ks_y_kien_chu_ho']],
    [
      'authorised stranger',
      { 'requester.relation': 'uy_quyen', 'requester.authorisedBy': 'nguoi_khac' },
      [...proof, 'ks_uy_quyen_chung_thuc'],
    ],
    [
      'authorised sister: no certification',
      { 'requester.relation': 'uy_quyen', 'requester.authorisedBy': 'than_thich' },
      [...proof, 'ks_uy_quyen_than_thich'],
    ],
    [
      'authorised, by whom not yet said: certified until it is said',
      { 'requester.relation': 'uy_quyen' },
      [...proof, 'ks_uy_quyen_chung_thuc'],
    ],
    ['unknown father', { 'father.fullName': '', 'parents.married': '' }, proof],
    ['unmarried parents with a father named: by case', { 'parents.married': 'chua_ket_hon' }, proof],
    ['foreign mother: by case', { 'mother.nationality': 'Hàn Quốc' }, proof],
    ['filed by an orphanage: by case', { 'requester.relation': 'to_chuc' }, proof],
    ['chỗ ở hợp pháp is never a reason for return', { 'residence.dwelling': 'chua_ro' }, proof],
    ['twins: no further paper', { 'child.birthCount': '2' }, proof],
    ['born 200 days ago: late is no paper', { 'child.birth': '2026-05-07' }, proof],
    ['no number for the child yet', { 'child.citizenNumber': '' }, proof],
  ])('%s', (_, change, expected) => {
    expect(missing('birth', { ...born, ...change })).toEqual(expected);
  });
});

test.each<[string, ChainCode, Form, string]>([
  ['chỗ ở hợp pháp', 'birth', { 'residence.dwelling': 'chua_ro' }, 'ks_cho_o_hop_phap'],
  ['nhận cha con', 'birth', { 'parents.married': 'chua_ket_hon' }, 'ks_nhan_cha_con'],
  ['quốc tịch', 'birth', { 'father.nationality': 'Nhật Bản' }, 'ks_quoc_tich'],
  ['tổ chức nuôi dưỡng', 'birth', { 'requester.relation': 'to_chuc' }, 'ks_to_chuc'],
  ['nơi chết', 'death', { 'deceased.lastResidence': 'khong_ro' }, 'kt_noi_chet'],
  ['giấy chứng sinh của trẻ chết', 'death', { 'death.kind': 'so_sinh' }, 'kt_giay_chung_sinh'],
  ['người chết nước ngoài', 'death', { 'deceased.nationality': 'Pháp' }, 'kt_nguoi_nuoc_ngoai'],
])('%s is asked about by case, shown, and never predicted', (_, chain, change, code) => {
  const form = { ...(chain === 'birth' ? born : died), ...change };
  expect(lines(chain, form).find((l) => l.code === code)).toMatchObject({
    needed: true,
    weight: 'by_case',
    state: 'missing',
  });
  expect(missing(chain, form)).not.toContain(code);
});

test('the card is a paper only where it is asked for, and only from 01/09/2026', () => {
  const form = { ...born, 'request.idCard': '1' };
  expect(needed('birth', form)).toContain('ks_can_cuoc');
  expect(lines('birth', born).map((l) => l.code)).not.toContain('ks_can_cuoc');
  expect(lines('birth', form, '2026-08-31').map((l) => l.code)).not.toContain('ks_can_cuoc');
});

test('the declaration is that of the law of the reception date', () => {
  const name = (on: string) => lines('birth', born, on).find((l) => l.code === 'ks_to_khai')?.name;
  expect(['2024-06-30', '2024-07-01', '2026-08-31', '2026-09-01'].map(name)).toEqual([
    expect.stringContaining('2084'),
    expect.stringContaining('63/2024'),
    expect.stringContaining('63/2024'),
    expect.stringContaining('301/2026'),
  ]);
});

describe('death: exactly one proof, by the kind of death', () => {
  test.each([
    ['', 'kt_giay_bao_tu'],
    ['co_so_y_te', 'kt_giay_bao_tu'],
    ['so_sinh', 'kt_giay_bao_tu'],
    ['tai_nha', 'kt_bao_tu_tai_nha'],
    ['duong_di', 'kt_bao_tu_duong_di'],
    ['tai_nan', 'kt_van_ban_cong_an'],
    ['toa_an', 'kt_quyet_dinh_toa_an'],
    ['thi_hanh_an', 'kt_thi_hanh_an'],
    ['lau_nam', 'kt_chung_cu_lau_nam'],
  ])('"%s" needs %s', (kind, code) => {
    expect(missing('death', { ...died, 'death.kind': kind })).toEqual([code]);
  });
});

describe('death: further papers', () => {
  const proof = 'kt_giay_bao_tu';
  const wants = { 'request.funeral': '1' };
  test.each<[string, Form, string[]]>([
    [
      'last residence not in the data',
      { 'deceased.lastResidence': 'khong_trong_csdl' },
      ['kt_noi_cu_tru_cuoi'],
    ],
    [
      'authorised stranger',
      { 'requester.relation': 'uy_quyen', 'requester.authorisedBy': 'nguoi_khac' },
      ['kt_uy_quyen_chung_thuc'],
    ],
    [
      'authorised nephew in the family exception',
      { 'requester.relation': 'uy_quyen', 'requester.authorisedBy': 'than_thich' },
      ['kt_uy_quyen_than_thich'],
    ],
    ['no relatives: the body files', { 'requester.relation': 'to_chuc' }, []],
    ['died thirty years ago, filed now', { 'death.date': '1996-01-02' }, []],
    ['funeral, group open', wants, []],
    ['funeral, social allowance', { ...wants, 'funeral.group': 'bao_tro_xa_hoi' }, []],
    ['funeral, emergency', { ...wants, 'funeral.group': 'khan_cap' }, ['kt_mai_tang_khan_cap']],
    ['funeral, social pension', { ...wants, 'funeral.group': 'huu_tri_xa_hoi' }, ['kt_mai_tang_huu_tri']],
    ['funeral, insurance', { ...wants, 'funeral.group': 'bhxh' }, ['kt_mai_tang_bhxh']],
    ['funeral, merit', { ...wants, 'funeral.group': 'nguoi_co_cong' }, ['kt_mai_tang_ncc']],
    ['funeral, veteran', { ...wants, 'funeral.group': 'cuu_chien_binh' }, ['kt_mai_tang_ccb']],
    ['funeral, other', { ...wants, 'funeral.group': 'khac' }, []],
    ['paid into an account', { ...wants, 'funeral.payment': 'tai_khoan' }, ['kt_tai_khoan']],
    [
      'paid into an account that stands in the form',
      {
        ...wants,
        'funeral.payment': 'tai_khoan',
        'funeral.bank': 'Ngân hàng Thử',
        'funeral.account': '0123456789',
      },
      [],
    ],
    [
      'paid into an account of an unnamed bank',
      { ...wants, 'funeral.payment': 'tai_khoan', 'funeral.account': '0123456789' },
      ['kt_tai_khoan'],
    ],
    ['paid in cash', { ...wants, 'funeral.payment': 'tien_mat' }, []],
    ['cremation', { ...wants, 'funeral.cremation': '1' }, ['kt_hoa_tang']],
    ['funeral facts without the component are nobody’s papers', { 'funeral.group': 'bhxh' }, []],
    ['survivors', { 'request.survivor': '1' }, ['kt_to_khai_tu_tuat']],
    ['new head of household', { 'request.headChange': '1' }, ['kt_ct01_chu_ho', 'kt_y_kien_thanh_vien']],
  ])('%s', (_, change, expected) => {
    expect(missing('death', { ...died, ...change })).toEqual([proof, ...expected]);
  });
  test('each length of the chain, two to five components, has its own list', () => {
    const counts = [
      {},
      { 'request.funeral': '1' },
      { 'request.funeral': '1', 'request.survivor': '1' },
      { 'request.funeral': '1', 'request.survivor': '1', 'request.headChange': '1' },
    ].map((more) => needed('death', { ...died, ...more }).length);
    expect(counts).toEqual([4, 5, 7, 9]);
  });
});

describe('what the clerk notes', () => {
  const state = (form: Form, code = 'ks_giay_chung_sinh') =>
    lines('birth', { ...born, ...form }).find((l) => l.code === code);
  test.each(paperStates)('"%s" is taken over', (noted) => {
    expect(state({ 'paper.ks_giay_chung_sinh': noted })?.state).toBe(noted);
  });
  test('"not applicable" is respected and is no reason for return', () => {
    expect(missing('birth', { ...born, 'paper.ks_giay_chung_sinh': 'not_applicable' })).toEqual([]);
  });
  test('a paper that data stand in for can be found missing after all', () => {
    expect(missing('birth', { ...born, 'paper.ks_ket_hon': 'missing' })).toContain('ks_ket_hon');
  });
  test('a paper that this case does not need is not applicable, whatever was noted', () => {
    expect(state({ 'paper.ks_cam_doan': 'original' }, 'ks_cam_doan')).toMatchObject({
      needed: false,
      state: 'not_applicable',
    });
  });
  test.each(['', 'MISSING', 'constructor', 'toString', 'mất', ' original'])(
    'a note "%s" that is no state leaves the first state',
    (noted) => {
      expect(state({ 'paper.ks_giay_chung_sinh': noted })?.state).toBe('missing');
      expect(state({ 'paper.ks_ct01': noted }, 'ks_ct01')?.state).toBe('electronic');
    },
  );
  test.each([
    ['2', 2],
    ['999', 999],
    ['', 1],
    ['0', 1],
    ['-1', 1],
    ['1,5', 1],
    ['1000', 1],
    ['hai', 1],
  ])('a count "%s" is %i', (typed, count) => {
    expect(state({ 'paper.ks_giay_chung_sinh.count': typed })?.count).toBe(count);
  });
});

test('of any facts: one line per code, only wanted components, and no by-case line among the missing', () => {
  const fact = fc.constantFrom(...catalogue.requirements.flatMap((r) => namedIn(r.when)));
  const choice = fc.constantFrom('1', ...catalogue.requirements.flatMap((r) => valuesIn(r.when)), 'lạ');
  fc.assert(
    fc.property(
      fc.constantFrom<ChainCode>('birth', 'death'),
      fc.dictionary(fact, choice),
      fc.subarray(['K1', 'K2', 'K3', 'K4', 'T1', 'T2', 'T3', 'T4', 'T5']),
      fc.integer({ min: 0, max: 1600 }),
      (chain, facts, components, day) => {
        const of = checklist({
          catalogue,
          chain,
          form: facts,
          facts,
          receivedOn: addDays('2023-07-10', day),
          components,
        });
        expect(new Set(of.map((l) => l.code)).size).toBe(of.length);
        for (const line of of) {
          expect(components).toContain(line.component);
          expect(line.needed || line.state === 'not_applicable').toBe(true);
        }
        for (const line of missingPapers(of))
          expect(line).toMatchObject({ needed: true, weight: 'required' });
      },
    ),
  );
});

type When = Catalogue['requirements'][number]['when'];
function parts(when: When): readonly { fact: string; is: readonly string[] }[] {
  if (when === null) return [];
  if ('fact' in when) return [when];
  if ('not' in when) return parts(when.not);
  return ('all' in when ? when.all : when.any).flatMap(parts);
}
const namedIn = (when: When) => parts(when).map((p) => p.fact);
const valuesIn = (when: When) => parts(when).flatMap((p) => p.is);
