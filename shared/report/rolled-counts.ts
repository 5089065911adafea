/** Counts of a report by row: picked for the window, rolled up the tree of the day, with what was noticed on the way. */
import { inForce, isCommune, type Unit, unitByKey } from '../catalogue/units.ts';
import { showDate } from '../lib/local-date.ts';
import { showCount } from '../lib/whole-number.ts';
import { type Amount, sumOf } from './amount.ts';
import { type CountIndex, indexCounts, type Picked, pickFlow, pickSnapshot } from './count-values.ts';
import type { CountValue } from './definition.ts';
import type { CountFigure, Window } from './figures.ts';
import type { Finding } from './model.ts';
import { type PlannedRow, type RowContext, UNALLOCATED_ROW } from './plan-rows.ts';
import {
  type Disagreement,
  fullName,
  type PickedFigure,
  type PlacedFigures,
  placeFigures,
  speaksFor,
  type UnitTree,
  unallocated,
  valueAt,
} from './unit-tree.ts';

/** The figures of one category and measure in one window. */
interface Measured {
  readonly figures: PlacedFigures;
  /** What no row may claim. */
  readonly loose: readonly PickedFigure[];
}

export interface RolledCounts {
  readonly at: (row: PlannedRow, value: CountValue) => Amount;
  /** Of the total row: the sum of the rows, else what the office says itself; where both differ it is noted. */
  readonly total: (row: PlannedRow, value: CountValue, sum: Amount) => Amount;
  readonly findings: () => readonly Finding[];
}

/** `rows`: codes of the units that have a row. */
export function rolledCounts(context: RowContext, rows: ReadonlySet<string>): RolledCounts {
  const { input, tree, office } = context;
  const index = indexCounts(input.counts);
  const measured = new Map<string, Measured>();
  const findings = new Map<string, Finding>();
  const strangers = new Set<string>();
  const note = (finding: Finding) => findings.set(`${finding.code} ${finding.sentence}`, finding);

  function measure(name: string, { kind = 'snapshot', previous = false }: Asked): Measured | null {
    const window = previous ? input.previous : input.window;
    const key = `${name}/${kind}/${previous}`;
    const known = measured.get(key);
    if (known || !window) return known ?? null;
    const byUnit = index.get(name) ?? new Map();
    const { picked, apart } = kind === 'flow' ? flows(byUnit, window) : snapshots(byUnit, window);
    for (const finding of picked.findings) note(finding);
    for (const { unit, day } of picked.values)
      if (!tree.place(unit, day).path.has(office.code)) strangers.add(unit);
    const figures = placeFigures(tree, picked.values, apart.values);
    const loose = rows.size > 0 ? unallocated(tree, { office: office.code, rows, figures }) : [];
    for (const figure of loose) note(notDivided(figure, context));
    const result = { figures, loose };
    measured.set(key, result);
    return result;
  }

  function snapshots(byUnit: ByUnit, window: Window): PickedTwice {
    const rest = withoutIncluded(byUnit, { tree, window, note });
    return { picked: pickSnapshot(byUnit, window), apart: pickSnapshot(rest, window) };
  }

  /** Of a unit that stands in the tree for all its days nothing can be included elsewhere, and only its sum is asked for. */
  function flows(byUnit: ByUnit, window: Window): PickedTwice {
    const standing = new Set<string>();
    const picked = pickFlow(byUnit, window, (unit, latest) => {
      const stands = latest <= tree.on && tree.place(unit).itself;
      if (stands) standing.add(unit);
      return stands;
    });
    const rest = withoutIncluded(byUnit, { tree, window, note, standing });
    return { picked, apart: pickFlow(rest, window) };
  }

  function measureOf(row: PlannedRow, value: CountValue): Measured | null {
    const [category, code] = [value.category ?? row.category, value.measure ?? row.measure];
    return category === undefined || code === undefined ? null : measure(`${category}/${code}`, value);
  }

  return {
    at: (row, value) => {
      const found = measureOf(row, value);
      if (!found) return null;
      if (row.key === UNALLOCATED_ROW) return sumOf(found.loose.map((l) => l.value));
      const disagree = (d: Disagreement) => note({ ...ownDiffers(d), row: row.key });
      return sumOf(row.units.map((unit) => valueAt(tree, unit, { figures: found.figures, disagree })));
    },
    total: (row, value, sum) => {
      const own = measureOf(row, value)?.figures.own.get(office.code) ?? null;
      if (typeof sum !== 'number') return own ?? sum;
      if (rows.size > 0 && !rows.has(office.code) && typeof own === 'number' && own !== sum)
        note({ ...ownDiffers({ unit: office, own, parts: sum }), row: row.key });
      return sum;
    },
    findings: () => [...findings.values(), ...notHere(strangers, office)],
  };
}

type ByUnit = NonNullable<ReturnType<CountIndex['get']>>;

interface PickedTwice {
  readonly picked: Picked;
  /** Without what other figures include. */
  readonly apart: Pick<Picked, 'values'>;
}

interface Including {
  readonly tree: UnitTree;
  readonly window: Window;
  readonly note: (finding: Finding) => void;
  /** Units that are left out: nobody asks what of theirs is included elsewhere. */
  readonly standing?: ReadonlySet<string>;
}

/** The figures without those of old units that the figure of their new unit for the same days includes. */
function withoutIncluded(byUnit: ByUnit, { tree, window, note, standing = new Set() }: Including): ByUnit {
  const kept = new Map<string, readonly CountFigure[]>();
  for (const [key, figures] of byUnit) {
    if (standing.has(key)) continue;
    const rest = figures.filter((f) => {
      const { at, itself } = tree.place(key, f.asOf);
      if (!at || itself) return true;
      const own = (byUnit.get(at.key) ?? []).filter((g) => typeof g.value === 'number' && lies(g, window));
      const included = own.some((g) => sameDays(f, g) && speaksFor(at, key, g.asOf));
      // Above the communes both may still be counted, where other units below have reported.
      if (included && isCommune(at) && f.from && lies(f, window)) note(saidTwice(f, at));
      return !included;
    });
    kept.set(key, rest);
  }
  return kept;
}

const startOf = (f: CountFigure) => f.from ?? f.asOf;

function lies(figure: CountFigure, { from, to }: Window): boolean {
  return startOf(figure) >= (from ?? to) && figure.asOf <= to;
}

/** Two of the same day, or two flows that have a day in common. */
function sameDays(a: CountFigure, b: CountFigure): boolean {
  if ((a.from === undefined) !== (b.from === undefined)) return false;
  return startOf(a) <= b.asOf && startOf(b) <= a.asOf;
}

function saidTwice(figure: CountFigure, at: Unit): Finding {
  const days = `${showDate(startOf(figure))}-${showDate(figure.asOf)}`;
  return {
    code: 'FLOW_OVERLAP',
    sentence: `${fullName(figure.unit)}: số liệu kỳ ${days} trùng ngày với kỳ do ${fullName(at.key)} báo, không cộng hai lần`,
  };
}

type Asked = { readonly kind?: CountValue['kind']; readonly previous?: boolean };

function ownDiffers({ unit, own, parts }: Disagreement): Finding {
  return {
    code: 'OWN_DIFFERS',
    sentence: `${unit.name}: cộng các đơn vị bên dưới = ${showCount(parts)}, đơn vị ghi ${showCount(own)}: lệch ${showCount(Math.abs(own - parts))}`,
  };
}

const NAMED_UNITS = 5;

function notDivided({ unit: key, day }: PickedFigure, { tree }: RowContext): Finding {
  const { holders, itself } = tree.place(key, day);
  const unit = unitByKey(key);
  if (unit && !itself && inForce(unit, tree.on)) {
    const joined = listed(holders.filter((u) => u.key !== key).map((u) => u.name));
    return {
      code: 'UNIT_GROWN',
      sentence: `${fullName(key)} khi báo số ngày ${showDate(day)} đã gồm cả ${joined}: không tự chia cho các đơn vị cũ, số liệu để ở dòng "Chưa phân bổ". Hãy hỏi đơn vị.`,
    };
  }
  if (unit && inForce(unit, tree.on))
    return {
      code: 'UNIT_NOT_DIVIDED',
      sentence: `${fullName(key)} báo số chung, các đơn vị bên dưới chưa báo: số liệu để ở dòng "Chưa phân bổ". Hãy hỏi từng đơn vị.`,
    };
  return {
    code: 'UNIT_SPLIT',
    sentence: `${fullName(key)} nay thuộc ${listed(holders.map((u) => u.name))}: không tự chia, số liệu để ở dòng "Chưa phân bổ". Hãy hỏi đơn vị.`,
  };
}

/** Units that lie, by the tree of the report, not wholly in the office. */
function notHere(keys: ReadonlySet<string>, office: Unit): readonly Finding[] {
  if (keys.size === 0) return [];
  const names = listed([...keys].map(fullName));
  const sentence = `${names}: không nằm trọn trong ${office.name} theo địa giới của biểu này, không cộng`;
  return [{ code: 'UNIT_ELSEWHERE', sentence }];
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED_UNITS;
  const said = names.slice(0, NAMED_UNITS).join(', ');
  return more > 0 ? `${said} và ${more} đơn vị khác` : said;
}
