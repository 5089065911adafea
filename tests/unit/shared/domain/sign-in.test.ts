/** Rules of passwords, PINs and waiting. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DEMO_PASSWORD,
  isPin,
  isWeakPin,
  passwordFault,
  passwordText,
  typingSlip,
  waitAfter,
} from '../../../../shared/domain/sign-in.ts';

const names = ['Lê Thị Hạnh', 'Phường Bến Thành'];

test.each([
  ['', 'short'],
  ['           ', 'short'],
  ['mười một ký', 'short'],
  ['aaaaaaaaaaaa', 'few'],
  ['abababababab', 'few'],
  ['123456789012', 'common'],
  ['Password1234', 'common'],
  ['Mật khẩu 123', 'common'],
  ['matkhau2026!', 'common'],
  ['Qwertyuiop12', 'common'],
  ['Việt Nam 1945', 'common'],
  ['lethihanh1990', 'name'],
  ['Lê Thị Hạnh 12', 'name'],
  ['phuongbenthanh1', 'name'],
] as const)('%j will not do: %s', (typed, fault) => {
  expect(passwordFault(typed, names)).toBe(fault);
});

test.each([
  'mây trắng trên đồi chè',
  'may trang tren doi che',
  'con mèo của chị Hạnh thích nằm nắng',
  '日本語のパスワードを使う',
  DEMO_PASSWORD,
])('%j will do', (typed) => {
  expect(passwordFault(typed, names)).toBeNull();
});

test('composed and decomposed letters are one password, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(passwordText(text.normalize('NFD'))).toBe(passwordText(text.normalize('NFC')));
    }),
  );
});

test.each(['111111', '000000', '123456', '987654', '123123', '000999'.slice(0, 3).repeat(2)])(
  'PIN %s is weak',
  (pin) => {
    expect(isPin(pin)).toBe(true);
    expect(isWeakPin(pin)).toBe(true);
  },
);
test.each(['274816', '135790', '902417'])('PIN %s will do', (pin) => {
  expect(isPin(pin) && !isWeakPin(pin)).toBe(true);
});
test.each(['', '12345', '1234567', '12345a', ' 274816', '２７４８１６'])('%j is no PIN', (pin) => {
  expect(isPin(pin)).toBe(false);
});

test('the wait never becomes shorter, begins after the third slip and ends at five minutes', () => {
  const waits = Array.from({ length: 20 }, (_, n) => waitAfter(n));
  expect(waits.slice(0, 6)).toEqual([0, 0, 0, 1, 2, 4]);
  expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  expect(waits.at(-1)).toBe(300);
});

test.each<[string, ReturnType<typeof typingSlip>]>([
  ['maatj khaaur cuar tooi', 'telex'],
  ['ddoof ddoongf', 'telex'],
  ['MAATJ KHAAUR', 'telex'],
  ['hoa phuwowngj ddor', 'telex'],
  ['ma65t kha63u', 'vni'],
  ['hoa phu7o7ng5', 'vni'],
  ['mật khẩu của tôi', 'composed'],
  ['mật khẩu'.normalize('NFD'), 'composed'],
  ['may trang tren doi che', null],
  ['correct horse staple', null],
  ['12345678', null],
  ['', null],
  ['   ', null],
])('what the keyboard did to "%s": %s', (typed, slip) => {
  expect(typingSlip(typed)).toBe(slip);
});
test('the hint is about the typing alone: both spellings of a password get it, right or wrong', () => {
  for (const typed of ['mây trắng', 'mây trắng '.normalize('NFD')])
    expect(typingSlip(typed)).toBe('composed');
});
