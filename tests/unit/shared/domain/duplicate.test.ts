/** Possible duplicates: slips of the pen are seen through, twins are told apart, and every candidate is found by key. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  duplicateKeys,
  duplicateLookups,
  likeness,
  type Person,
} from '../../../../shared/domain/duplicate.ts';

const child: Person = {
  chain: 'birth',
  name: 'Nguyễn Hoàng Minh Đức',
  date: '2026-03-09',
  relative: 'Trần Thị Mẫu',
};
const deceased: Person = { ...child, chain: 'death', date: '1950' };
const meets = (a: Person, b: Person) => duplicateLookups(a).some((key) => duplicateKeys(b).includes(key));

function expectLike(a: Person, b: Person, kind: string, why: object): void {
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    expect(likeness(x, y)).toEqual({ likely: kind === 'duplicate', kind, why: expect.objectContaining(why) });
    if (kind !== 'none') expect(meets(x, y)).toBe(true);
  }
}

describe('names of one person', () => {
  test.each([
    ['Nguyễn Hoàng Minh Đức', 'same'],
    ['NGUYỄN HOÀNG MINH ĐỨC', 'same'],
    ['  Nguyễn  Hoàng Minh Đức ', 'same'],
    ['Nguyễn Hoàng Minh Đức'.normalize('NFD'), 'same'],
    ['Nguyen Hoang Minh Duc', 'marks'],
    ['Nguyễn Hoàng Minh Đưc', 'marks'],
    ['Nguyễn Hoang Minh Đức', 'marks'],
    ['Nguyeenx Hoangf Minh Dduwcs', 'slip'],
    ['Nguyeexn Hoafng Minh DDuwsc', 'slip'],
    ['Nguyễnn Hoàng Minh Đức', 'slip'],
    ['Nguyễn Hoàng MinhĐức', 'slip'],
    ['Nguyễn Hoàng Mih Đức', 'slip'],
    ['Nguyễn Hoàng Mnih Đức', 'slip'],
    ['Nguyễn Hoàng Binh Đức', 'slip'],
    ['Nguyễn Hoàn Mih Đức', 'slips'],
    ['Đức Nguyễn Hoàng Minh', 'order'],
  ])('%j is told as %s', (name, match) => {
    expectLike(child, { ...child, name }, 'duplicate', { name: match, date: 'same', relative: 'same' });
  });
  test.each([
    'Nguyễn Hoàng Minh Đạt',
    'Nguyễn Hoàng Minh Điệp',
    'Nguyễn Hoàng Gia Bảo',
    'Trần Văn Mẫu',
    'Nguyễn Đức',
  ])('%j with the same mother and date is a twin', (name) => {
    expectLike(child, { ...child, name }, 'twin', { name: 'other', date: 'same', relative: 'same' });
  });
  test('two slips are too many in a short name', () => {
    const [a, b] = [
      { ...deceased, name: 'Lê Văn An' },
      { ...deceased, name: 'Lê Vân Bin' },
    ];
    expectLike(a, b, 'none', { name: 'other' });
  });
});

describe('dates', () => {
  test.each([
    ['2026-03-09', 'same'],
    ['2026-03-08', 'day_apart'],
    ['2026-03-10', 'day_apart'],
    ['2026-09-03', 'swapped'],
    ['2026', 'year_only'],
  ])('%s is %s', (date, match) => {
    expectLike(child, { ...child, date }, 'duplicate', { name: 'same', date: match });
  });
  test.each([
    ['2025-12-31', '2026-01-01', 'day_apart'],
    ['2024-02-29', '2024-03-01', 'day_apart'],
    ['1969-12-31', '1970-01-01', 'day_apart'],
    ['1950', '1950', 'year_only'],
    ['1950', '1950-12-31', 'year_only'],
  ])('%s and %s are %s', (a, b, match) => {
    expectLike({ ...deceased, date: a }, { ...deceased, date: b }, 'duplicate', { date: match });
  });
  test.each(['2026-03-11', '2026-04-09', '2025-03-09', '2025'])('%s is another date', (date) => {
    expectLike(child, { ...child, date }, 'none', { date: 'other' });
  });
  test('two slips and a year only are too little', () => {
    expectLike(deceased, { ...deceased, name: 'Nguyễn Hoàn Mih Đức' }, 'none', { name: 'slips' });
  });
});

describe('mother or requester', () => {
  test.each([
    ['Tran Thi Mau', 'marks'],
    ['Traanf Thij Maaux', 'slip'],
    ['', 'unknown'],
  ])('%j does not stand against it', (relative, match) => {
    expectLike(child, { ...child, relative, name: 'Nguyễn Hoàng Mih Đức' }, 'duplicate', { relative: match });
  });
  test('another one does, unless name and date are fully the same (the other parent came)', () => {
    const other = { ...child, relative: 'Nguyễn Văn Cha' };
    expectLike(child, other, 'duplicate', { relative: 'other' });
    expectLike(child, { ...other, name: 'Nguyen Hoang Minh Duc' }, 'duplicate', { name: 'marks' });
    expectLike(child, { ...other, name: 'Nguyễn Hoàng Mih Đức' }, 'none', { name: 'slip' });
    expectLike(child, { ...other, date: '2026-03-10' }, 'none', { date: 'day_apart' });
  });
});

describe('twins', () => {
  const twin = { ...child, name: 'Nguyễn Hoàng Gia Bảo' };
  test('may be born on both sides of midnight', () => {
    expectLike(child, { ...twin, date: '2026-03-10' }, 'twin', { date: 'day_apart' });
  });
  test.each<[string, Person]>([
    ['another mother', { ...twin, relative: 'Lê Thị Khác' }],
    ['an unknown mother', { ...twin, relative: '' }],
    ['a sibling of the same year', { ...twin, date: '2026' }],
    ['a sibling of another year', { ...twin, date: '2025-03-09' }],
  ])('not with %s', (_, other) => {
    expectLike(child, other, 'none', { name: 'other' });
  });
  test('not among the dead: one requester may report two deaths of one day', () => {
    const [a, b] = [
      { ...child, chain: 'death' },
      { ...twin, chain: 'death' },
    ] as const;
    expectLike(a, b, 'none', { name: 'other', date: 'same', relative: 'same' });
  });
});

test.each<[string, Person]>([
  ['no name', { ...child, name: ' ' }],
  ['a name of signs only', { ...child, name: '...' }],
  ['no date', { ...child, date: '' }],
  ['half a date', { ...child, date: '2026-03' }],
  ['a date that is none', { ...child, date: '2026-02-30' }],
])('%s: nothing to compare, no keys', (_, person) => {
  for (const other of [child, person]) {
    expect(likeness(person, other)).toEqual({ likely: false, kind: 'none', why: null });
    expect(likeness(other, person)).toEqual({ likely: false, kind: 'none', why: null });
  }
  expect([...duplicateKeys(person), ...duplicateLookups(person)]).toEqual([]);
});

test('a birth and a death are never duplicates: a newborn who died has both', () => {
  const death: Person = { ...child, chain: 'death' };
  expect(likeness(child, death)).toEqual({ likely: false, kind: 'none', why: null });
  expect(meets(child, death)).toBe(false);
});

const syllable = fc.constantFrom(
  'Nguyễn',
  'Trần',
  'Đỗ',
  'Lê',
  'Văn',
  'Thị',
  'Hoàng',
  'Sơn',
  'Trường',
  'Xuân',
  'Ý',
  'An',
  'Ngọc',
  'Rơ',
  'Quỳnh',
  "H'",
  'Đức',
);
const name = fc.array(syllable, { minLength: 2, maxLength: 5 }).map((s) => s.join(' '));
const letter = fc.constantFrom(...'abcdeghiklmnopqrstuvxyfjwzđêôơưạễ ');
const slip = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'replace', 'transpose', 'unmark'),
  at: fc.nat(),
  letter,
});
type Slip = typeof slip extends fc.Arbitrary<infer T> ? T : never;
function withSlip(text: string, { kind, at, letter: other }: Slip): string {
  const letters = [...text];
  const i = at % letters.length;
  if (kind === 'insert') letters.splice(i, 0, other);
  if (kind === 'delete') letters.splice(i, 1);
  if (kind === 'replace') letters[i] = other;
  if (kind === 'transpose') letters.splice(i, 2, ...letters.slice(i, i + 2).reverse());
  if (kind === 'unmark')
    letters[i] = (letters[i] ?? '')
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace('đ', 'd')
      .replace('Đ', 'D');
  return letters.join('');
}
const date = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const chain = fc.constantFrom('birth' as const, 'death' as const);

test('a single slip in the name shares a key and is judged likely, by day as by year', () => {
  fc.assert(
    fc.property(chain, name, slip, date, fc.boolean(), fc.boolean(), (c, right, s, day, yearA, yearB) => {
      const a: Person = {
        chain: c,
        name: right,
        date: yearA ? day.slice(0, 4) : day,
        relative: 'Trần Thị Mẫu',
      };
      const b: Person = { ...a, name: withSlip(right, s), date: yearB ? day.slice(0, 4) : day };
      expect(likeness(a, b), b.name).toMatchObject({ likely: true, kind: 'duplicate' });
      expect(likeness(b, a)).toEqual(likeness(a, b));
      expect([meets(a, b), meets(b, a)], b.name).toEqual([true, true]);
    }),
    { numRuns: 2000 },
  );
});

const TELEX_TONES: Readonly<Record<string, string>> = {
  '\u0301': 's',
  '\u0300': 'f',
  '\u0309': 'r',
  '\u0303': 'x',
  '\u0323': 'j',
};
/** The keys that type a word in Telex, the tone right behind its vowel or at the end of the word. */
function telexKeys(word: string, toneAtEnd: boolean): string {
  let tone = '';
  const keys = word
    .replace(/[đĐ]/g, 'dd')
    .normalize('NFD')
    .replace(/.\p{M}+/gsu, (vowel) => {
      const base =
        vowel.charAt(0) + (/[\u0306\u031B]/.test(vowel) ? 'w' : /\u0302/.test(vowel) ? vowel.charAt(0) : '');
      tone = TELEX_TONES[/[\u0301\u0300\u0309\u0303\u0323]/.exec(vowel)?.[0] ?? ''] ?? tone;
      return (
        base +
        (toneAtEnd ? '' : (TELEX_TONES[/[\u0301\u0300\u0309\u0303\u0323]/.exec(vowel)?.[0] ?? ''] ?? ''))
      );
    });
  return toneAtEnd ? keys + tone : keys;
}

test('a name typed in Telex while the keyboard was English shares a key and is judged likely', () => {
  fc.assert(
    fc.property(name, date, fc.boolean(), fc.boolean(), (right, day, toneAtEnd, yearOnly) => {
      const typed = right
        .split(' ')
        .map((word) => telexKeys(word, toneAtEnd))
        .join(' ');
      const a: Person = { ...deceased, name: right, date: day };
      const b: Person = { ...a, name: typed, date: yearOnly ? day.slice(0, 4) : day };
      expect(likeness(a, b).kind, typed).toBe('duplicate');
      expect([meets(a, b), meets(b, a)], typed).toEqual([true, true]);
    }),
  );
});

test('whatever is reported is found by key from both sides', () => {
  const nearDates = fc.constantFrom(
    '2026-03-09',
    '2026-09-03',
    '2026-03-10',
    '2026-03-08',
    '2026',
    '2026-12-12',
    '2025',
    '',
  );
  const person = fc.record({
    chain,
    name: fc
      .tuple(
        fc.array(fc.constantFrom('An', 'Ân', 'Văn', 'Anh', 'Lê', 'Leex', 'VanAn', 'Nguyễn', 'Nguyen Vawn'), {
          minLength: 1,
          maxLength: 4,
        }),
        slip,
      )
      .map(([s, one]) => withSlip(s.join(' '), one)),
    date: nearDates,
    relative: fc.constantFrom('', 'Lê Thị Mẫu', 'Le Thi Mau', 'Trần Văn Cha'),
  });
  fc.assert(
    fc.property(person, person, (a, b) => {
      const found = likeness(a, b);
      expect(likeness(b, a)).toEqual(found);
      if (found.kind !== 'none') expect([meets(a, b), meets(b, a)]).toEqual([true, true]);
    }),
    { numRuns: 5000 },
  );
});

test('keys are few, distinct and the same for every spelling of a name', () => {
  fc.assert(
    fc.property(name, date, (right, day) => {
      const keys = duplicateKeys({ ...child, name: right, date: day });
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.length).toBeLessThanOrEqual(8);
      const plain = { ...child, name: right.normalize('NFD').toLowerCase(), date: day };
      expect(duplicateKeys(plain)).toEqual(keys);
      expect(duplicateLookups(plain).length).toBeLessThanOrEqual(10);
    }),
  );
});

test('a full date looks among full dates by day only: few candidates in a year of births', () => {
  const days = Array.from({ length: 365 }, (_, i) =>
    new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
  );
  const met = days.filter((day) => meets(child, { ...child, date: day }));
  expect(met.length).toBeLessThanOrEqual(4);
  expect(met).toEqual(expect.arrayContaining(['2026-03-08', '2026-03-09', '2026-03-10', '2026-09-03']));
});
