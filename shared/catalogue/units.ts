/** Administrative units with validity dates. A code alone does not name a unit (codes are re-used): the key is `code@validFrom`. */
import type { LocalDate } from '../lib/local-date.ts';
import { must } from '../lib/must.ts';
import { compareVietnamese } from '../lib/vietnamese-text.ts';
import rows from './data/units.json' with { type: 'json' };

export interface Unit {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly parentCode: string | null;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
}

type Row = [code: string, name: string, kind: string, parentCode: string, validFrom: string, validTo: string];

export const units: readonly Unit[] = (rows as Row[]).map(
  ([code, name, kind, parentCode, validFrom, validTo]) => ({
    key: `${code}@${validFrom}`,
    code,
    name,
    kind,
    parentCode: parentCode || null,
    validFrom,
    validTo: validTo || null,
  }),
);

const byCode = new Map<string, Unit[]>();
for (const unit of units) byCode.set(unit.code, [...(byCode.get(unit.code) ?? []), unit]);
const byKey = new Map(units.map((u) => [u.key, u]));

export function inForce(unit: Unit, date: LocalDate): boolean {
  return unit.validFrom <= date && (unit.validTo === null || date <= unit.validTo);
}

export function isKnownCode(code: string): boolean {
  return byCode.has(code);
}

export function unitByKey(key: string): Unit | undefined {
  return byKey.get(key);
}

/** The unit that carries this code on this day; undefined where the code is unknown or not in force. */
export function unitOn(code: string, date: LocalDate): Unit | undefined {
  return byCode.get(code)?.find((u) => inForce(u, date));
}

/** From the unit itself up to the root, by the tree of that day. */
export function pathOn(code: string, date: LocalDate): readonly Unit[] {
  const path: Unit[] = [];
  for (
    let unit = unitOn(code, date);
    unit;
    unit = unit.parentCode ? unitOn(unit.parentCode, date) : undefined
  )
    path.push(unit);
  return path;
}

/** Whether `code` is `officeCode` itself or lies below it on that day. */
export function isWithin(code: string, officeCode: string, date: LocalDate): boolean {
  return pathOn(code, date).some((u) => u.code === officeCode);
}

/** Direct children on that day, in the order of the official list. */
export function childrenOn(code: string, date: LocalDate): readonly Unit[] {
  return units.filter((u) => u.parentCode === code && inForce(u, date));
}

const COMMUNE_KINDS = new Set(['phuong', 'xa', 'thi_tran', 'dac_khu']);
export function isCommune(unit: Unit): boolean {
  return COMMUNE_KINDS.has(unit.kind);
}

/** Whether the office has communes below it and is none itself. */
export function isAboveCommunes(officeCode: string, date: LocalDate): boolean {
  const unit = unitOn(officeCode, date);
  return unit !== undefined && !isCommune(unit);
}

/** The communes of an office on that day: itself, or all below it. */
export function communesOn(officeCode: string, date: LocalDate): readonly Unit[] {
  return units.filter((u) => inForce(u, date) && isCommune(u) && isWithin(u.code, officeCode, date));
}

/** Order of the city's own tables: cities, districts by number and name, rural districts; wards, communes, the special zone. */
const KIND_ORDER = ['thanh_pho', 'quan', 'thi_xa', 'huyen', 'phuong', 'xa', 'thi_tran', 'dac_khu'];
function compareUnits(a: Unit, b: Unit): number {
  return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || compareVietnamese(a.name, b.name);
}

/** Rows of a count table: the office itself where it has no children that day, else its children. */
export function countUnitsOn(officeCode: string, date: LocalDate): readonly Unit[] {
  const children = childrenOn(officeCode, date);
  if (children.length > 0) return children.toSorted(compareUnits);
  const self = unitOn(officeCode, date);
  return self ? [self] : [];
}

const KIND_WORD: Readonly<Record<string, string>> = {
  thanh_pho_truc_thuoc_trung_uong: 'Thành phố',
  tinh: 'Tỉnh',
  thanh_pho: 'Thành phố',
  quan: 'Quận',
  huyen: 'Huyện',
  thi_xa: 'Thị xã',
  thi_tran: 'Thị trấn',
  phuong: 'Phường',
  xa: 'Xã',
  dac_khu: 'Đặc khu',
};

/**
 * The name of a unit's People's Committee in running text: 'Ủy ban nhân dân phường Bến Thành', 'Ủy ban nhân dân Quận 1'. The head of
 * a paper prints it in capitals (`toUpperCase`). The word of kind stays large before a number and in 'Thành phố Hồ Chí Minh'
 * (NĐ 30/2020/NĐ-CP, Phụ lục II).
 */
export function peoplesCommittee({ kind, name }: Unit): string {
  const word = must(KIND_WORD[kind], `word for the kind ${kind}`);
  const own = name.startsWith(`${word} `) ? name.slice(word.length + 1) : name;
  const large = /^\d/.test(own) || kind === 'thanh_pho_truc_thuoc_trung_uong';
  return `Ủy ban nhân dân ${large ? word : word.toLowerCase()} ${own}`;
}
