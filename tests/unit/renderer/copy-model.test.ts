import { expect, it } from 'vitest';
import {
  codeKey,
  copyFields,
  enteredKey,
  nextField,
  systemsOf,
} from '../../../renderer/screens/dossiers/detail/copy-model.ts';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { must } from '../../../shared/lib/must.ts';
import { makeDetail } from '../../support/make-detail.ts';

const form = {
  'child.fullName': "H'Hen Ayŭn Êban",
  'child.birth': '2026-11-10',
  'child.sex': 'nu',
  'mother.fullName': 'Đặng Thị Đào',
  'mother.birth': '1996',
  'requester.fullName': 'Đặng Thị Đào',
  'requester.relation': 'me',
};
const fieldsOf = (code: string, more: Record<string, string> = {}) => {
  const detail = makeDetail({ form: { ...form, ...more } });
  const system = must(
    systemsOf(catalogue, detail).find((s) => s.code === code),
    code,
  );
  return { system, fields: copyFields(catalogue, system, detail) };
};
const textOf = (code: string, label: RegExp, more = {}) =>
  fieldsOf(code, more).fields.find((f) => label.test(f.label))?.text;

it('offers the systems of the chain on the reception date', () => {
  const names = (date: string, chain: 'birth' | 'death') =>
    systemsOf(catalogue, makeDetail({ chain, received: { date, time: '09:00' } })).map((s) => s.code);
  expect(names('2026-11-16', 'birth')).toEqual(['lien_thong', 'ho_tich', 'mot_cua']);
  expect(names('2024-09-16', 'death')).toEqual(['lien_thong', 'ho_tich', 'mot_cua']);
  const name = (date: string) =>
    systemsOf(catalogue, makeDetail({ received: { date, time: '09:00' } }))[0]?.name;
  expect(name('2026-08-31')).not.toBe(name('2026-09-01'));
});

it.each([
  [/^Họ, chữ đệm, tên trẻ/, "H'HEN AYŬN ÊBAN"],
  [/^Ngày, tháng, năm sinh/, '10/11/2026'],
  [/^Ghi bằng chữ/, /mười/i],
  [/^Giới tính/, 'Nữ'],
  [/^Năm sinh người mẹ/, '1996'],
  [/^Họ, chữ đệm, tên người cha/, ''],
])('writes %s as that system wants it', (label, text) => {
  const written = textOf('ho_tich', label);
  if (typeof text === 'string') expect(written).toBe(text);
  else expect(written).toMatch(text);
});

it('copies the first source that is filled, and facts of the dossier itself', () => {
  expect(textOf('lien_thong', /Người giám hộ/)).toBe('Đặng Thị Đào');
  expect(textOf('lien_thong', /Người giám hộ/, { 'insurance.guardian': 'Lê Văn Bác' })).toBe('Lê Văn Bác');
  expect(textOf('mot_cua', /Ngày tiếp nhận/)).toBe('16/11/2026');
  expect(textOf('mot_cua', /Mã tạm/)).toBe('T-1-261116-001');
});

it('skips blanks and ends after the last field', () => {
  const fields = [
    { label: 'a', text: 'x' },
    { label: 'b', text: '' },
    { label: 'c', text: 'y' },
  ];
  expect([nextField(fields, -1), nextField(fields, 0), nextField(fields, 2)]).toEqual([0, 2, -1]);
});

it('keeps each code in its own place: official, of a component, of the system', () => {
  const keys = ['mot_cua', 'ho_tich', 'lien_thong'].map((code) => codeKey(fieldsOf(code).system));
  expect(keys).toEqual(['code.official', 'code.K1', 'code.lien_thong']);
  expect(enteredKey(fieldsOf('mot_cua').system)).toBe('entered.mot_cua');
});
