/** Invented people: the same for the same seed, of every kind of case, and nobody who could be real. */
import { describe, expect, test } from 'vitest';
import { syntheticDossier } from '../../../electron/demo/people.ts';
import { readForm } from '../../../shared/domain/read-form.ts';

const place = { today: '2026-11-20', ward: 'Phường Bến Thành' };
const many = (chain: 'birth' | 'death') =>
  Array.from({ length: 600 }, (_, i) => syntheticDossier(7, i, { ...place, chain }).values);
const births = many('birth');
const deaths = many('death');
const kinds = (values: readonly Record<string, string>[], key: string) =>
  new Set(values.map((v) => v[key] ?? ''));

test('the same seed gives the same people, another seed gives others', () => {
  expect(syntheticDossier(7, 3, place)).toEqual(syntheticDossier(7, 3, place));
  expect(syntheticDossier(7, 3, place)).not.toEqual(syntheticDossier(8, 3, place));
});

describe('every kind of case is there', () => {
  test.each([
    ['child.birthPlaceKind', ['co_so_y_te', 'ngoai_co_so', 'bo_roi']],
    ['child.birthProof', ['nguoi_lam_chung', 'cam_doan']],
    ['child.birthCount', ['1', '2']],
    ['child.surrogacy', ['1', '']],
    ['father.fullName', ['']],
    ['requester.relation', ['me', 'uy_quyen', 'to_chuc']],
    ['requester.authorisedBy', ['than_thich', 'nguoi_khac']],
    ['mother.nationality', ['Việt Nam', 'Hàn Quốc']],
    ['parents.married', ['da_ket_hon', 'chua_ket_hon']],
    ['residence.headIs', ['me', 'cha', 'ong_ba']],
  ])('births: %s', (key, expected) => {
    expect([...kinds(births, key)]).toEqual(expect.arrayContaining(expected));
  });
  test.each([
    ['death.kind', ['co_so_y_te', 'tai_nha', 'duong_di', 'tai_nan', 'toa_an', 'lau_nam', 'so_sinh']],
    [
      'funeral.group',
      ['bao_tro_xa_hoi', 'bhxh', 'nguoi_co_cong', 'huu_tri_xa_hoi', 'khan_cap', 'cuu_chien_binh', 'khac', ''],
    ],
    ['funeral.payment', ['tien_mat', 'tai_khoan']],
    ['request.survivor', ['1', '']],
    ['request.headChange', ['1', '']],
  ])('deaths: %s', (key, expected) => {
    expect([...kinds(deaths, key)]).toEqual(expect.arrayContaining(expected));
  });
  test('people born in a bare year, dead for decades, with an old card', () => {
    expect(deaths.some((v) => /^\d{4}$/.test(v['deceased.birth'] ?? ''))).toBe(true);
    expect(deaths.some((v) => (v['death.date'] ?? '') < '2010')).toBe(true);
    expect(deaths.some((v) => /^\d{9}$/.test(v['deceased.citizenNumber'] ?? ''))).toBe(true);
  });
});

test('numbers are of nobody: province 099, phones 0199, facility 99999', () => {
  for (const values of [...births, ...deaths])
    for (const [key, value] of Object.entries(values)) {
      if (/^\d{12}$/.test(value)) expect(value, key).toMatch(/^099/);
      if (/[pP]hone$/.test(key)) expect(value).toMatch(/^0199/);
      if (key.endsWith('certificateNumber')) expect(value).toContain('.99999.');
    }
});

test('nothing in them is wrong but the phones that nobody has', () => {
  for (const [chain, cases] of [
    ['birth', births],
    ['death', deaths],
  ] as const)
    for (const values of cases) {
      const reading = readForm(chain, values, place.today);
      const odd = reading.problems.filter((p) => p.code !== 'PHONE_FORM' && p.code !== 'REGISTERED_LATE');
      expect(odd).toEqual([]);
      expect(reading.form).toEqual(values);
    }
});
