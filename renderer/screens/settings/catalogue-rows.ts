/** The law's data as one table: every row with the days on which it holds, its source, and whether that was read. */
import { type SpecialDay, specialDays } from '../../../shared/catalogue/holidays.ts';
import type { Catalogue, Fact, Sourced, Validity } from '../../../shared/catalogue/law.ts';
import { slipForms } from '../../../shared/catalogue/slips.ts';
import { CALENDAR_DAY } from '../../../shared/domain/corrected.ts';
import { type Correction, correctionKey } from '../../../shared/domain/setting.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { searchKey } from '../../../shared/lib/vietnamese-text.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { named, t } from '../../text/text.ts';

export const catalogueGroups = [
  'limit',
  'agency',
  'procedure',
  'sum',
  'reception',
  'wording',
  'retention',
  'day',
  'regime',
  'paper',
  'slip',
  'reason',
  'funeral',
  'obstacle',
  'system',
] as const;
export type CatalogueGroup = (typeof catalogueGroups)[number];

export interface CatalogueRow extends Validity, Sourced {
  readonly id: string;
  readonly group: CatalogueGroup;
  readonly name: string;
  readonly value: string;
  /** What a correction of this row starts from; absent = only a new version of the program changes it. */
  readonly fact?: Pick<Fact, 'key' | 'unit' | 'value'>;
  /** Office whose correction is in force; '' = as shipped. */
  readonly correctedBy: string;
}

type Corrected = Correction & { readonly officeName: string };

/** Rows of the effective catalogue; days that were taken back stay in sight, to be set again. */
export function catalogueRows(
  catalogue: Catalogue,
  corrections: readonly Corrected[],
): readonly CatalogueRow[] {
  const inForce = new Map(corrections.map((c) => [correctionKey(c.key, c.from), c]));
  const officeOf = (key: string, from: LocalDate) => inForce.get(correctionKey(key, from))?.officeName ?? '';
  const days = [...catalogue.days, ...daysTakenBack([...inForce.values()])];
  const plain = (
    group: CatalogueGroup,
    id: string,
    row: Validity & Sourced,
    text: { name: string; value: string },
  ) => ({
    ...{ id: `${group}/${id}/${row.from}`, group, from: row.from, to: row.to },
    ...{ source: row.source, verified: row.verified, correctedBy: '' },
    ...text,
  });
  return [
    ...catalogue.facts.map((f) => ({
      ...plain(f.group, f.key, f, { name: f.name, value: factValue(f) }),
      fact: { key: f.key, unit: f.unit, value: f.value },
      correctedBy: officeOf(f.key, f.from),
    })),
    ...days.sort(byDate).map((day) => ({
      ...plain(
        'day',
        day.date,
        { ...day, from: day.date, to: day.date },
        { name: day.name, value: dayValue(day) },
      ),
      fact: { key: CALENDAR_DAY, unit: 'text' as const, value: day.kind },
      correctedBy: officeOf(CALENDAR_DAY, day.date),
    })),
    ...catalogue.regimes.map((r) =>
      plain('regime', r.id, r, {
        name: r.name,
        value: r.chains.birth.components.map((c) => c.short).join(' - '),
      }),
    ),
    ...catalogue.requirements.map((r) =>
      plain('paper', r.code, r, { name: r.name, value: `${r.component} · ${named('weight', r.weight)}` }),
    ),
    ...slipForms.map((s) =>
      plain('slip', `${s.kind}${s.numbering}`, s, {
        name: s.title,
        value: s.no ? t('catalogue.slipNo', { no: s.no }) : '',
      }),
    ),
    ...catalogue.reasons.map((r) =>
      plain('reason', r.code, r, {
        name: r.text,
        value: r.uses.map((use) => named('reasonUse', use)).join(', '),
      }),
    ),
    ...catalogue.funeralGroups.map((g) => plain('funeral', g.code, g, { name: g.name, value: g.basis })),
    ...catalogue.obstacles.map((o) => plain('obstacle', o.code, o, { name: o.name, value: '' })),
    ...catalogue.outsideSystems.map((s) =>
      plain('system', `${s.code}${s.chain}`, s, { name: s.name, value: named('chain', s.chain) }),
    ),
  ];
}

interface ShownDay extends Omit<SpecialDay, 'kind'> {
  readonly kind: string;
}

const byDate = (a: ShownDay, b: ShownDay) => (a.date < b.date ? -1 : 1);

function daysTakenBack(corrections: readonly Correction[]): readonly ShownDay[] {
  return corrections
    .filter((c) => c.key === CALENDAR_DAY && c.value === 'ordinary')
    .map(({ from, value, source }) => {
      const name = specialDays.get(from)?.name ?? source;
      return { date: from, name, kind: value, source, verified: true };
    });
}

/** A value of row `key` in words. */
export function correctedValue(catalogue: Catalogue, { key, from }: Correction, value: string): string {
  if (key === CALENDAR_DAY) return named('dayKind', value);
  const fact = catalogue.facts.find((f) => f.key === key && f.from === from);
  return factValue({ unit: fact?.unit ?? 'text', value });
}

/** The row that a correction is of, in words; its key where this build does not have it. */
export function correctedName(catalogue: Catalogue, { key, from }: Correction): string {
  if (key === CALENDAR_DAY) return t('catalogue.day', { date: showDate(from) });
  return catalogue.facts.find((f) => f.key === key && f.from === from)?.name ?? key;
}

/** Years of the calendar from this one on, with how many of their days nobody has confirmed. */
export function openDays(
  { days }: Pick<Catalogue, 'days'>,
  today: LocalDate,
): readonly { readonly year: string; readonly n: number }[] {
  const yearOf = (date: LocalDate) => date.slice(0, 4);
  const years = new Set(days.map((day) => yearOf(day.date)).filter((year) => year >= yearOf(today)));
  const open = days.filter((day) => !day.verified);
  return [...years]
    .sort()
    .map((year) => ({ year, n: open.filter((day) => yearOf(day.date) === year).length }));
}

function factValue({ unit, value }: Pick<Fact, 'unit' | 'value'>): string {
  if (value === '') return t('catalogue.unknown');
  switch (unit) {
    case 'working_days':
      return t('catalogue.workingDays', { n: value });
    case 'days':
      return t('catalogue.days', { n: value });
    case 'dong':
      return t('catalogue.dong', { n: showCount(Number(value)) });
    case 'times':
      return t('catalogue.times', { n: value });
    default:
      return value;
  }
}

function dayValue({ date, kind }: ShownDay): string {
  return `${showDate(date)} · ${named('dayKind', kind)}`;
}

/** "từ 01/07/2024 đến 31/08/2026"; one day alone by its date. */
export function periodWords({ from, to }: Validity): string {
  if (to === from) return showDate(from);
  return to === null
    ? t('catalogue.from', { from: showDate(from) })
    : t('catalogue.fromTo', { from: showDate(from), to: showDate(to) });
}

/** The rows under the headings of their groups, in the order of the list of groups. */
export function groupsOf(rows: readonly CatalogueRow[]) {
  return catalogueGroups
    .map((group) => ({ group, ofGroup: rows.filter((row) => row.group === group) }))
    .filter(({ ofGroup }) => ofGroup.length > 0);
}

export interface RowFilter {
  readonly group: CatalogueGroup | 'all';
  readonly q: string;
  readonly openOnly: boolean;
}

export function filterRows(
  rows: readonly CatalogueRow[],
  { group, q, openOnly }: RowFilter,
): readonly CatalogueRow[] {
  const words = searchKey(q).split(' ').filter(Boolean);
  return rows.filter((row) => {
    if (group !== 'all' && row.group !== group) return false;
    if (openOnly && row.verified) return false;
    const text = searchKey(`${row.name} ${row.value} ${row.source}`);
    return words.every((word) => text.includes(word));
  });
}
