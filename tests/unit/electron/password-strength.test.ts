/** Passwords that somebody tries first, and passphrases that nobody does. */
import { expect, test } from 'vitest';
import { isEasyToGuess } from '../../../electron/data/password-strength.ts';
import { DEMO_PASSWORD, passwordFault } from '../../../shared/domain/sign-in.ts';

const names = ['Trần Thị Mỹ Hạnh', 'Phường Bến Thành'];

test.each([
  ['among the passwords that were found in the open', '1q2w3e4r5t6y'],
  ['one of them with a year', 'iloveyou2026'],
  ['one of them, letters exchanged for digits', 'P@ssw0rd12345'],
  ['a row of the keyboard', 'qwertyuiop[]asd'],
  ['the word for password in Vietnamese', 'MatKhau@123456'],
  ['a colleague’s name and year', 'NguyenVanAn1990'],
  ['one’s own name, accents and all', 'Trần Thị Mỹ Hạnh 88'],
  ['the ward without accents, and a year', 'benthanh2026!'],
  ['another ward of the city', 'Tân Sơn Nhất 2026'],
  ['a day of birth, written twice', '01/01/1990 01/01/1990'],
  ['one word over and over', 'hoahonghoahonghoahong'],
  ['the work of the desk', 'khai sinh 2026'],
])('%s is easy to guess', async (_what, password) => {
  expect(passwordFault(password, names) !== null || (await isEasyToGuess(password, names))).toBe(true);
});
test.each([
  'mây trắng trên đồi chè',
  'tàu thuỷ cập bến sớm',
  DEMO_PASSWORD,
  'may trang tren doi che',
  'bàn ghế cửa sổ quạt trần',
  'con mèo leo cây cau',
  'vXq7-tR9w-Lk2m',
  `${'rất dài và không ai đoán ra nổi '.repeat(6)}`,
])('%s is not', async (password) => {
  expect(passwordFault(password, names)).toBeNull();
  expect(await isEasyToGuess(password, names)).toBe(false);
});
test('composed and in parts it is one password', async () => {
  const typed = 'Tân Sơn Nhất 2026';
  expect(await isEasyToGuess(typed.normalize('NFD'), names)).toBe(
    await isEasyToGuess(typed.normalize('NFC'), names),
  );
});
