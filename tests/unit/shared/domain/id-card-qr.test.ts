/** Scans of ID cards: every variant seen on cards is read, every damaged one is refused with its own reason. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksLikeIdCardQr, parseIdCardQr } from '../../../../shared/domain/id-card-qr.ts';

const HOME = '12 Đường Mẫu, Phường Thử, Thành phố Hồ Chí Minh';
const CARD = `079090123456|023456789|Nguyễn Văn Mẫu|15031990|Nam|${HOME}|20112021`;
const expected = {
  number: '079090123456',
  oldNumber: '023456789',
  fullName: 'Nguyễn Văn Mẫu',
  birth: '1990-03-15',
  sex: 'nam',
  residence: HOME,
  issuedOn: '2021-11-20',
  extra: [],
};

test.each([
  ['seven fields', CARD, {}],
  ['a trailing newline', `${CARD}\r\n`, {}],
  ['a tab after it, spaces around', `  ${CARD.replaceAll('|', ' | ')}\t`, {}],
  ['a scanner prefix', `]Q1${CARD}`, {}],
  ['NFD text', CARD.normalize('NFD'), {}],
  ['a byte order mark', `\uFEFF${CARD}`, {}],
  ['a blank old number', CARD.replace('023456789', ''), { oldNumber: '' }],
  ['no field for the old number', CARD.replace('023456789|', ''), { oldNumber: '' }],
  [
    'an old number of twelve digits',
    CARD.replace('023456789', '079090123456'),
    { oldNumber: '079090123456' },
  ],
  [
    'numbers in groups',
    CARD.replace('079090123456', '079 090 123 456').replace('023456789', '023 456 789'),
    {},
  ],
  ['a year of birth only', CARD.replace('15031990', '1990'), { birth: '1990' }],
  ['a year behind zeros', CARD.replace('15031990', '00001990'), { birth: '1990' }],
  ['a blank birth date', CARD.replace('15031990', ''), { birth: '' }],
  ['dates with slashes', CARD.replace('15031990', '15/03/1990'), {}],
  ['a blank sex', CARD.replace('Nam', ''), { sex: '' }],
  ['a blank residence', CARD.replace(HOME, ''), { residence: '' }],
  ['a blank issue date', CARD.replace('20112021', ''), { issuedOn: '' }],
  ['lower case', CARD.toLowerCase(), { fullName: 'nguyễn văn mẫu', residence: HOME.toLowerCase() }],
  ['upper case', CARD.toUpperCase(), { fullName: 'NGUYỄN VĂN MẪU', residence: HOME.toUpperCase() }],
  [
    'a name with apostrophe and hyphen',
    CARD.replace('Nguyễn Văn Mẫu', 'H’ Hen-Mẫu Niê'),
    { fullName: "H' Hen-Mẫu Niê" },
  ],
  [
    'the card of 2024 with parents',
    `${CARD}||Nguyễn Văn Cha|Trần Thị Mẹ|`,
    { extra: ['', 'Nguyễn Văn Cha', 'Trần Thị Mẹ', ''] },
  ],
  [
    'the card of 2024 without old number',
    `${CARD.replace('023456789|', '')}|Nguyễn Văn Cha|Trần Thị Mẹ`,
    { oldNumber: '', extra: ['Nguyễn Văn Cha', 'Trần Thị Mẹ'] },
  ],
])('is read with %s', (_, text, difference) => {
  expect(looksLikeIdCardQr(text)).toBe(true);
  expect(parseIdCardQr(text)).toEqual({ ok: true, value: { ...expected, ...difference }, warning: null });
});

test.each(['Nữ', 'nữ', 'NỮ', 'Nu', 'Nữ'.normalize('NFD')])('sex %j is a woman', (sex) => {
  const reading = parseIdCardQr(CARD.replace('079090', '079190').replace('Nam', sex));
  expect(reading).toMatchObject({ ok: true, value: { sex: 'nu' }, warning: null });
});

test.each([
  ['ID_SEX_MISMATCH', CARD.replace('Nam', 'Nữ')],
  ['ID_YEAR_MISMATCH', CARD.replace('15031990', '15031991')],
  ['ID_YEAR_MISMATCH', CARD.replace('15031990', '1989')],
])('%s is a warning, the card is read', (warning, text) => {
  expect(parseIdCardQr(text)).toMatchObject({ ok: true, warning });
});

const VIETNAMESE_KEYS = ['đ', 'ă', 'â', 'ê', 'ô', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const AZERTY_KEYS = ['à', '&', 'é', '"', "'", '(', '-', 'è', '_', 'ç'];
const onKeys = (keys: readonly string[]) => CARD.replace(/\d/g, (d) => keys[Number(d)] ?? '');
const asWindows1252 = (text: string) =>
  new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

describe.each([
  [
    'QR_CUT_OFF',
    [
      '079090123456|',
      '079090123456||',
      '079090123456|0234',
      '079090123456|023456789|Nguyễn Văn M',
      '079090123456||Nguyễn Văn Mẫu|15031990|Nam',
      `079090123456|023456789|Nguyễn Văn Mẫu|15031990|Nam|${HOME}`,
      `079090123456|Nguyễn Văn Mẫu|15031990|Nam|${HOME}`,
      CARD.slice(0, -1),
      CARD.slice(0, -4),
      CARD.slice(0, -7),
      '079090123456|023456789||15031990|Nam||20112021',
    ],
  ],
  [
    'QR_NUMBER',
    [
      CARD.slice(1),
      CARD.slice(4),
      CARD.slice(11),
      CARD.slice(12),
      CARD.replace('079090123456', '0790901234567'),
      CARD.replace('079090123456', '07909012345X'),
    ],
  ],
  [
    'QR_BIRTH_DATE',
    ['31021990', '15131990', '1503199', '150390', '15030000', '00001000', 'x'].map((d) =>
      CARD.replace('15031990', d),
    ),
  ],
  [
    'QR_ISSUE_DATE',
    [
      CARD.replace('20112021', '31112021'),
      CARD.replace('20112021', 'x'),
      `${CARD.replace('20112021', '2021')}|Trần Thị Mẹ`,
      CARD + CARD,
      `${CARD}\n${CARD}`.replaceAll('079090123456|0', '079090123456|9'),
    ],
  ],
  [
    'QR_KEYBOARD',
    [
      ...['~', '\\', '>', '£', '*', '¦', ';'].map((bar) => CARD.replaceAll('|', bar)),
      onKeys(VIETNAMESE_KEYS),
      onKeys(VIETNAMESE_KEYS).normalize('NFD'),
      onKeys(AZERTY_KEYS),
      onKeys([...')!@#$%^&*(']),
      asWindows1252(CARD),
      asWindows1252(CARD.toUpperCase()),
      CARD.replace(/[^ -~]/g, '?'),
      CARD.replace('Đường', 'Đ??ng'),
      CARD.replace('ễ', '\uFFFD'),
      CARD.replace('Nguyễn', 'Nguye64n'),
      CARD.replace('Nguyễn', 'Nguyễ\u0301n'),
      CARD.replace('Nam', 'Nuwx'),
      CARD.replace('Nam', '?'),
    ],
  ],
  [
    'QR_NOT_ID_CARD',
    [
      '',
      ' \n',
      '|',
      '||||||',
      '079090123456',
      '079 090 123 456',
      'Nguyễn Văn Mẫu',
      'https://example.vn/?id=079090123456',
      '00020101021238570010A000000727',
      '15/03/1990',
      '079090123456, 023456789, Nguyễn Văn Mẫu, 15/03/1990, Nam',
      'a|b',
      'Họ tên|Giới tính|Nam',
    ],
  ],
] as const)('%s', (code, texts) => {
  test.each(texts)('%j', (text) => {
    expect(parseIdCardQr(text)).toEqual({ ok: false, code });
    expect(looksLikeIdCardQr(text)).toBe(code !== 'QR_NOT_ID_CARD');
  });
});

const name = fc
  .array(fc.constantFrom('Nguyễn', 'Trần', 'Thị', 'Văn', 'Đỗ', 'Mẫu', "H'", 'Ân', 'Ý'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) => words.join(' '));
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const typed = (iso: string) => iso.split('-').reverse().join('');
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const card = fc.record({
  number: digits(12),
  oldNumber: fc.oneof(fc.constant(''), digits(9)),
  fullName: name,
  birth: fc.oneof(
    day,
    day.map((d) => d.slice(0, 4)),
  ),
  sex: fc.constantFrom('nam', 'nu'),
  residence: fc.constantFrom('', HOME, 'Ấp 3, Xã Thử'),
  issuedOn: day,
  extra: fc.array(name, { maxLength: 3 }),
});
const textOf = (c: typeof card extends fc.Arbitrary<infer T> ? T : never, dropBlankOld: boolean) =>
  [
    c.number,
    ...(dropBlankOld && c.oldNumber === '' ? [] : [c.oldNumber]),
    c.fullName,
    typed(c.birth),
    c.sex === 'nam' ? 'Nam' : 'Nữ',
    c.residence,
    typed(c.issuedOn),
    ...c.extra,
  ].join('|');

test('any card is read back as it was written, with or without the field of the old number', () => {
  fc.assert(
    fc.property(card, fc.boolean(), (c, dropBlankOld) => {
      expect(parseIdCardQr(textOf(c, dropBlankOld))).toMatchObject({ ok: true, value: c });
    }),
  );
});

test('a scan that stops anywhere is never taken for another person', () => {
  fc.assert(
    fc.property(card, fc.boolean(), fc.nat(), (c, dropBlankOld, at) => {
      const whole = textOf({ ...c, extra: [] }, dropBlankOld);
      const reading = parseIdCardQr(whole.slice(0, at % whole.length));
      if (reading.ok) expect(reading.value).toEqual({ ...c, issuedOn: '', extra: [] });
      else expect(['QR_CUT_OFF', 'QR_NOT_ID_CARD']).toContain(reading.code);
    }),
    { numRuns: 500 },
  );
});

test('no text whatever makes the reader crash, and what is read has the promised shape', () => {
  const bits = fc.array(fc.constantFrom('|', '079090123456', 'Nam', 'Nữ', '15031990', 'Ân', ' ', '~', 'đ'), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        bits.map((b) => b.join('')),
      ),
      (text) => {
        const reading = parseIdCardQr(text);
        expect(reading.ok || reading.code !== 'QR_NOT_ID_CARD').toBe(looksLikeIdCardQr(text));
        if (reading.ok) expect(reading.value.number).toMatch(/^\d{12}$/);
      },
    ),
    { numRuns: 1000 },
  );
});
