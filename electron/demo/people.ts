/**
 * Invented dossiers for trying out, demonstration, tests and benchmarks. Nobody here can be a real person: citizen
 * numbers use the unassigned province code 099,
 * phone numbers the unassigned prefix 0199.
 */
import type { ChainCode } from '../../shared/catalogue/law.ts';
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
const HOMETOWNS = ['Tỉnh Tây Ninh', 'Tỉnh Đồng Tháp', 'Thành phố Cần Thơ', 'Tỉnh Lâm Đồng'] as const;
const NATIONALITIES = ['Hàn Quốc', 'Nhật Bản', 'Pháp', 'Lào'] as const;
const POLICE = 'Cục Cảnh sát quản lý hành chính về trật tự xã hội';
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

/** Fields of a record whose value is not wanted are left out: a blank is an absent key. */
type Parts = Record<string, string | false | null | undefined>;
const filled = (parts: Parts) =>
  Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1])));

export interface SyntheticDossier {
  readonly chain: ChainCode;
  readonly values: Record<string, string>;
}

/**
 * The same seed and index give the same dossier; about four births to one death. One birth in fifteen has no father; a few are
 * twins, foundlings, born at home, borne by a surrogate, of a foreign mother, filed by an authorised person.
 */
export function syntheticDossier(
  seed: number,
  index: number,
  { today, ward, chain }: { today: LocalDate; ward: string; chain?: ChainCode },
): SyntheticDossier {
  const random = seeded(seed, index);
  const kind = chain ?? (random.chance(0.8) ? 'birth' : 'death');
  const place = { today, ward, home: address(random, ward) };
  return { chain: kind, values: filled(kind === 'birth' ? birth(random, place) : death(random, place)) };
}

interface Place {
  readonly today: LocalDate;
  readonly ward: string;
  readonly home: string;
}
interface Person {
  readonly sex: Sex;
  readonly fullName: string;
  readonly birth: string;
  readonly citizenNumber: string;
}

function person(random: Random, sex: Sex, [from, to]: readonly [number, number]): Person {
  const year = random.int(from, to);
  return {
    sex,
    fullName: personName(random, sex),
    birth: birthDate(random, year),
    citizenNumber: citizenNumber(random, sex, year),
  };
}

function requester(random: Random, who: Person, relation: string, { home }: Place): Parts {
  return {
    'requester.fullName': who.fullName,
    'requester.citizenNumber': who.citizenNumber,
    'requester.birth': who.birth,
    'requester.sex': who.sex,
    'requester.relation': relation,
    'requester.authorisedBy': relation === 'uy_quyen' && (random.chance(0.5) ? 'than_thich' : 'nguoi_khac'),
    'requester.phone': phone(random),
    'requester.residence': home,
    'requester.paperKind': 'can_cuoc',
    'requester.paperDate': `${random.int(2021, 2022)}-0${random.int(1, 9)}-${random.int(10, 28)}`,
    'requester.paperPlace': POLICE,
  };
}

const birthKinds = [
  { value: 'ordinary', weight: 82 },
  { value: 'twins', weight: 4 },
  { value: 'foreign', weight: 4 },
  { value: 'at_home', weight: 4 },
  { value: 'authorised', weight: 3 },
  { value: 'abandoned', weight: 2 },
  { value: 'surrogacy', weight: 1 },
] as const;

function birth(random: Random, place: Place): Parts {
  const kind = random.weighted(birthKinds);
  const mother = person(random, 'nu', [1984, 2004]);
  const father = random.chance(1 / 15) ? null : person(random, 'nam', [1980, 2002]);
  const born = addDays(place.today, -random.int(2, 40));
  const family = [(father ?? mother).fullName.split(' ')[0] ?? ''];
  const shared = {
    ...child(random, { born, kind, family }),
    'insurance.facility': `Trạm y tế ${place.ward}`,
    'result.way': random.chance(0.8) ? 'nhan_tai_quay' : 'dien_tu',
    'request.idCard': place.today >= '2026-09-01' && random.chance(0.6) && '1',
  };
  if (kind === 'abandoned') return { ...shared, ...abandoned(random, place, born) };
  const filer = kind === 'authorised' ? person(random, 'nu', [1960, 1998]) : mother;
  return {
    ...requester(random, filer, kind === 'authorised' ? 'uy_quyen' : 'me', place),
    ...shared,
    ...motherBlock(random, mother, place, kind === 'foreign'),
    ...(father && fatherBlock(father, place)),
    ...(kind === 'surrogacy' && surrogate(random, place, born)),
    ...marriage(random, place, father !== null && random.chance(0.85)),
    ...residence(random, mother, father, place),
  };
}

interface Birth {
  readonly born: LocalDate;
  readonly kind: string;
  readonly family: readonly string[];
}

function child(random: Random, { born, kind, family: [familyName = ''] }: Birth): Parts {
  const sex: Sex = random.chance(0.52) ? 'nam' : 'nu';
  const hospital = random.pick(HOSPITALS);
  const where = kind === 'abandoned' ? 'bo_roi' : kind === 'at_home' ? 'ngoai_co_so' : 'co_so_y_te';
  const inHospital = where === 'co_so_y_te';
  return {
    'child.fullName': [familyName, random.weighted(middle[sex]), random.weighted(given[sex])].join(' '),
    'child.birth': born,
    'child.sex': sex,
    'child.ethnicity': 'Kinh',
    'child.nationality': 'Việt Nam',
    'child.hometown': random.pick(HOMETOWNS),
    'child.birthPlaceKind': where,
    'child.birthPlace': inHospital ? `${hospital}, Thành phố Hồ Chí Minh` : 'Tại nhà, Thành phố Hồ Chí Minh',
    'child.birthProof': where === 'ngoai_co_so' && (random.chance(0.5) ? 'nguoi_lam_chung' : 'cam_doan'),
    ...(inHospital && {
      'child.certificateNumber': noticeNumber(random, born),
      'child.certificateDate': born,
      'child.certificateIssuer': hospital,
    }),
    'child.birthCount': kind === 'twins' ? '2' : '1',
    'child.birthOrder': kind === 'twins' && String(random.int(1, 2)),
    'child.surrogacy': kind === 'surrogacy' && '1',
  };
}

/** Facility 99999 is nobody's. */
function noticeNumber(random: Random, born: LocalDate): string {
  return `${String(random.int(1, 99_999)).padStart(5, '0')}.GCS.99999.${born.slice(2, 4)}`;
}

function motherBlock(random: Random, mother: Person, { home }: Place, foreign: boolean): Parts {
  return {
    'mother.fullName': mother.fullName,
    'mother.birth': mother.birth,
    'mother.citizenNumber': foreign ? `K${random.int(1_000_000, 9_999_999)}` : mother.citizenNumber,
    'mother.ethnicity': !foreign && 'Kinh',
    'mother.nationality': foreign ? random.pick(NATIONALITIES) : 'Việt Nam',
    'mother.residence': home,
    'mother.paperKind': foreign && 'ho_chieu',
  };
}

function fatherBlock(father: Person, { home }: Place): Parts {
  return {
    'father.fullName': father.fullName,
    'father.birth': father.birth.slice(0, 4),
    'father.citizenNumber': father.citizenNumber,
    'father.ethnicity': 'Kinh',
    'father.nationality': 'Việt Nam',
    'father.residence': home,
  };
}

function marriage(random: Random, { today, ward }: Place, married: boolean): Parts {
  const year = Number(today.slice(0, 4)) - random.int(1, 8);
  return {
    'parents.married': married ? 'da_ket_hon' : 'chua_ket_hon',
    'marriage.number': married && `${String(random.int(1, 300)).padStart(2, '0')}/${year}`,
    'marriage.date': married && `${year}-0${random.int(1, 9)}-${random.int(10, 28)}`,
    'marriage.place': married && `Uỷ ban nhân dân ${ward}`,
  };
}

function residence(random: Random, mother: Person, father: Person | null, { home }: Place): Parts {
  const grandparent = random.chance(0.4) ? person(random, 'nam', [1950, 1970]) : null;
  const head = grandparent ?? father ?? mother;
  return {
    'residence.livesWith': father ? 'cha_me' : 'me',
    'residence.headIs': grandparent ? 'ong_ba' : father ? 'cha' : 'me',
    'residence.headOfHousehold': head.fullName,
    'residence.headRelation': grandparent ? 'Cháu' : 'Con',
    'residence.headCitizenNumber': head.citizenNumber,
    'residence.address': home,
    'residence.dwelling': random.chance(0.8) ? 'trong_csdl' : 'co_giay_to',
  };
}

function abandoned(random: Random, place: Place, born: LocalDate): Parts {
  const finder = person(random, 'nu', [1965, 1995]);
  const found = addDays(born, 1);
  return {
    ...requester(random, person(random, 'nu', [1970, 1990]), 'to_chuc', place),
    'abandoned.recordNumber': `${random.int(1, 40)}/BB`,
    'abandoned.recordDate': found,
    'abandoned.recordIssuer': `Uỷ ban nhân dân ${place.ward}`,
    'abandoned.foundOn': found,
    'abandoned.foundPlace': `Trước cổng nhà trẻ, ${place.ward}`,
    'abandoned.caretaker': 'Mái ấm Mẫu',
    'finder.fullName': finder.fullName,
    'finder.citizenNumber': finder.citizenNumber,
    'finder.residence': place.home,
    'residence.livesWith': 'nguoi_khac',
  };
}

function surrogate(random: Random, { ward }: Place, born: LocalDate): Parts {
  const woman = person(random, 'nu', [1988, 1999]);
  return {
    'surrogate.fullName': woman.fullName,
    'surrogate.birth': woman.birth,
    'surrogate.citizenNumber': woman.citizenNumber,
    'surrogate.husband': personName(random, 'nam'),
    'surrogate.residence': address(random, ward),
    'surrogate.proofNumber': `${random.int(1, 200)}/XN-MTH`,
    'surrogate.proofDate': born,
    'surrogate.proofIssuer': random.pick(HOSPITALS),
  };
}

const deathKinds = [
  { value: 'tai_nha', weight: 42 },
  { value: 'co_so_y_te', weight: 36 },
  { value: 'tai_nan', weight: 6 },
  { value: 'duong_di', weight: 5 },
  { value: 'so_sinh', weight: 4 },
  { value: 'lau_nam', weight: 4 },
  { value: 'toa_an', weight: 3 },
] as const;
const groups = [
  { value: 'bao_tro_xa_hoi', weight: 35 },
  { value: 'bhxh', weight: 30 },
  { value: 'huu_tri_xa_hoi', weight: 20 },
  { value: 'nguoi_co_cong', weight: 10 },
  { value: 'cuu_chien_binh', weight: 5 },
  { value: 'khac', weight: 3 },
] as const;

function death(random: Random, place: Place): Parts {
  const kind = random.weighted(deathKinds);
  const filer = person(random, random.chance(0.5) ? 'nam' : 'nu', [1960, 1995]);
  const died = addDays(place.today, -(kind === 'lau_nam' ? random.int(3000, 15_000) : random.int(0, 12)));
  const newborn = kind === 'so_sinh';
  return {
    ...requester(random, filer, newborn ? (filer.sex === 'nam' ? 'cha' : 'me') : 'con', place),
    ...(newborn ? deadNewborn(random, place, died) : deadAdult(random, place, kind)),
    ...deathEvent(random, place, kind, died),
    ...(!newborn && funeral(random, filer, kind)),
    'result.way': 'nhan_tai_quay',
  };
}

function deadAdult(random: Random, { home }: Place, kind: string): Parts {
  const who = person(
    random,
    random.chance(0.5) ? 'nam' : 'nu',
    kind === 'lau_nam' ? [1901, 1940] : [1930, 1965],
  );
  const oldCard = random.chance(0.1) && String(random.int(100_000_000, 399_999_999));
  return {
    'deceased.fullName': who.fullName,
    'deceased.birth': random.chance(0.3) ? who.birth.slice(0, 4) : who.birth,
    'deceased.sex': who.sex,
    'deceased.citizenNumber': kind !== 'lau_nam' && (oldCard || who.citizenNumber),
    'deceased.ethnicity': 'Kinh',
    'deceased.nationality': kind !== 'lau_nam' && 'Việt Nam',
    'deceased.lastResidence': kind === 'lau_nam' ? 'khong_trong_csdl' : 'trong_csdl',
    'deceased.residence': home,
  };
}

function deadNewborn(random: Random, { home }: Place, died: LocalDate): Parts {
  const born = addDays(died, -random.int(0, 3));
  return {
    'deceased.fullName': personName(random, 'nu'),
    'deceased.birth': born,
    'deceased.sex': 'nu',
    'deceased.nationality': 'Việt Nam',
    'deceased.residence': home,
    'newborn.certificateNumber': noticeNumber(random, born),
    'newborn.mother': personName(random, 'nu'),
  };
}

function deathEvent(random: Random, { ward }: Place, kind: string, died: LocalDate): Parts {
  const inHospital = kind === 'co_so_y_te' || kind === 'duong_di' || kind === 'so_sinh';
  const where = inHospital ? random.pick(HOSPITALS) : 'Tại nhà';
  const issuer: Readonly<Record<string, string>> = {
    tai_nan: `Công an ${ward}`,
    toa_an: 'Toà án nhân dân khu vực 1',
    tai_nha: `Uỷ ban nhân dân ${ward}`,
  };
  const proven = kind !== 'lau_nam';
  return {
    'death.kind': kind,
    'death.date': died,
    'death.time':
      proven &&
      random.chance(0.7) &&
      `${String(random.int(0, 23)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`,
    'death.place': where,
    'death.cause': random.pick(CAUSES),
    'death.noticeKind': proven && (inHospital || kind === 'tai_nha' ? 'giay_bao_tu' : 'giay_thay_the'),
    'death.noticeNumber': proven && `${random.int(1, 900)}/${died.slice(0, 4)}`,
    'death.noticeDate': proven && died,
    'death.noticeIssuer': proven && (issuer[kind] ?? where),
    'death.evidence': !proven && 'Giấy xác nhận của khu phố, ảnh bia mộ',
  };
}

function funeral(random: Random, receiver: Person, kind: string): Parts {
  if (random.chance(0.15)) return {};
  const group = random.weighted(groups);
  const byBank = random.chance(0.5);
  const survivor = group === 'bhxh' && random.chance(0.5);
  return {
    'request.funeral': '1',
    'funeral.group': kind === 'tai_nan' ? 'khan_cap' : group,
    'funeral.receiver': receiver.fullName,
    'funeral.receiverNumber': receiver.citizenNumber,
    'funeral.receiverRelation': 'Con',
    'funeral.hometown': random.pick(HOMETOWNS),
    'funeral.payment': byBank ? 'tai_khoan' : 'tien_mat',
    'funeral.bank': byBank && 'Ngân hàng Mẫu',
    'funeral.account': byBank && `0000${random.int(100_000, 999_999)}`,
    'funeral.cremation': random.chance(0.5) && '1',
    ...(survivor && {
      'request.survivor': '1',
      'survivor.kind': random.chance(0.5) ? 'hang_thang' : 'mot_lan',
      'survivor.claimant': receiver.fullName,
      'survivor.relation': 'Con',
    }),
    ...(random.chance(0.2) && {
      'request.headChange': '1',
      'newHead.fullName': receiver.fullName,
      'newHead.citizenNumber': receiver.citizenNumber,
      'newHead.relation': 'Con',
    }),
  };
}
