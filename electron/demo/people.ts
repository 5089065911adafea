/**
 * Invented dossiers for trying out, demonstration, tests and benchmarks. Nobody here can be a real person: citizen
 * numbers use the unassigned province code 099,
 * phone numbers the unassigned prefix 0199.
 */
import type { ChainCode } from '../../shared/catalogue/regimes.ts';
import { addDays, type LocalDate } from '../../shared/lib/local-date.ts';
import names from './names.json' with { type: 'json' };
import { type Random, seeded } from './random.ts';

type Sex = 'nam' | 'nu';
const weights = (rows: readonly (readonly (string | number)[])[], sex?: 'male' | 'female') =>
  rows
    .filter((r) => sex === undefined || r[1] === sex || r[1] === 'both' || r[1] === 'unisex')
    .map((r) => ({ value: String(r[0]), weight: Number(r.at(-1)) }));
const family = weights(names.family);
const middle = { nam: weights(names.middle, 'male'), nu: weights(names.middle, 'female') };
const given = { nam: weights(names.given, 'male'), nu: weights(names.given, 'female') };

const STREETS = [
  'Nguyễn Trãi',
  'Lê Lợi',
  'Điện Biên Phủ',
  'Võ Văn Tần',
  'Cách Mạng Tháng Tám',
  'Hai Bà Trưng',
  'Lê Văn Sỹ',
  'Lạc Long Quân',
  'Phan Văn Trị',
  'Nguyễn Thị Minh Khai',
] as const;
const HOSPITALS = [
  'Bệnh viện Từ Dũ',
  'Bệnh viện Hùng Vương',
  'Bệnh viện Nhân dân Gia Định',
  'Bệnh viện Lê Văn Thịnh',
] as const;
const CAUSES = ['Bệnh già', 'Tai biến mạch máu não', 'Bệnh tim mạch', 'Không rõ'] as const;

export function personName(random: Random, sex: Sex): string {
  return [random.weighted(family), random.weighted(middle[sex]), random.weighted(given[sex])].join(' ');
}

function citizenNumber(random: Random, sex: Sex, year: number): string {
  const century = (year >= 2000 ? 2 : 0) + (sex === 'nu' ? 1 : 0);
  return `099${century}${String(year % 100).padStart(2, '0')}${String(random.int(0, 999_999)).padStart(6, '0')}`;
}

function address(random: Random, ward: string): string {
  return `Số ${random.int(1, 480)} đường ${random.pick(STREETS)}, ${ward}, Thành phố Hồ Chí Minh`;
}

const birthDate = (random: Random, year: number) =>
  `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
const phone = (random: Random) => `0199${String(random.int(0, 999_999)).padStart(6, '0')}`;

export interface SyntheticDossier {
  readonly chain: ChainCode;
  readonly values: Record<string, string>;
}

/** The same seed and index give the same dossier; about four births to one death, one birth in fifteen without a father. */
export function syntheticDossier(
  seed: number,
  index: number,
  { today, ward, chain }: { today: LocalDate; ward: string; chain?: ChainCode },
): SyntheticDossier {
  const random = seeded(seed, index);
  const kind = chain ?? (random.chance(0.8) ? 'birth' : 'death');
  return { chain: kind, values: kind === 'birth' ? birth(random, today, ward) : death(random, today, ward) };
}

function birth(random: Random, today: LocalDate, ward: string): Record<string, string> {
  const sex: Sex = random.chance(0.52) ? 'nam' : 'nu';
  const [motherYear, fatherYear] = [random.int(1984, 2004), random.int(1980, 2002)];
  const mother = personName(random, 'nu');
  const father = random.chance(1 / 15) ? null : personName(random, 'nam');
  const home = address(random, ward);
  const motherBirth = birthDate(random, motherYear);
  const motherNumber = citizenNumber(random, 'nu', motherYear);
  return {
    'requester.fullName': mother,
    'requester.citizenNumber': motherNumber,
    'requester.birth': motherBirth,
    'requester.relation': 'me',
    'requester.phone': phone(random),
    'requester.residence': home,
    'child.fullName': [
      (father ?? mother).split(' ')[0],
      random.weighted(middle[sex]),
      random.weighted(given[sex]),
    ].join(' '),
    'child.birth': addDays(today, -random.int(2, 40)),
    'child.sex': sex,
    'child.ethnicity': 'Kinh',
    'child.nationality': 'Việt Nam',
    'child.birthPlace': `${random.pick(HOSPITALS)}, Thành phố Hồ Chí Minh`,
    'child.birthPlaceKind': 'co_so_y_te',
    'mother.fullName': mother,
    'mother.birth': motherBirth,
    'mother.citizenNumber': motherNumber,
    'mother.residence': home,
    ...(father && {
      'father.fullName': father,
      'father.birth': String(fatherYear),
      'father.citizenNumber': citizenNumber(random, 'nam', fatherYear),
      'father.residence': home,
    }),
    'residence.livesWith': father ? 'cha_me' : 'me',
    'insurance.facility': `Trạm y tế ${ward}`,
    ...(random.chance(0.6) && { 'request.idCard': '1' }),
  };
}

function death(random: Random, today: LocalDate, ward: string): Record<string, string> {
  const sex: Sex = random.chance(0.5) ? 'nam' : 'nu';
  const year = random.int(1930, 1965);
  const [requesterSex, requesterYear]: [Sex, number] = [
    random.chance(0.5) ? 'nam' : 'nu',
    random.int(1960, 1995),
  ];
  const home = address(random, ward);
  const died = addDays(today, -random.int(0, 12));
  return {
    'requester.fullName': personName(random, requesterSex),
    'requester.citizenNumber': citizenNumber(random, requesterSex, requesterYear),
    'requester.birth': birthDate(random, requesterYear),
    'requester.relation': 'con',
    'requester.phone': phone(random),
    'requester.residence': home,
    'deceased.fullName': personName(random, sex),
    'deceased.birth': random.chance(0.3) ? String(year) : birthDate(random, year),
    'deceased.sex': sex,
    'deceased.citizenNumber': citizenNumber(random, sex, year),
    'deceased.ethnicity': 'Kinh',
    'deceased.nationality': 'Việt Nam',
    'deceased.residence': home,
    'death.date': died,
    ...(random.chance(0.7) && {
      'death.time': `${String(random.int(0, 23)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`,
    }),
    'death.place': random.chance(0.5) ? random.pick(HOSPITALS) : 'Tại nhà',
    'death.cause': random.pick(CAUSES),
    'request.funeral': '1',
    'funeral.group': 'bao_tro_xa_hoi',
  };
}
