/** The figures of a form as columns of a file: their headings going out, every name by which they come in. */
import { categories, countColumns, TOTAL } from '../catalogue/categories.ts';
import { findSheetForm } from '../catalogue/sheet-forms.ts';
import { searchKey } from '../lib/vietnamese-text.ts';
import { cellKey } from './sheet.ts';

export interface FigureColumn {
  /** `category/measure` */
  readonly key: string;
  readonly category: string;
  readonly measure: string;
  /** Heading; the key where another figure of the form has the same name. */
  readonly title: string;
}
export interface FormColumns {
  readonly columns: readonly FigureColumn[];
  /** Plain heading -> key. */
  readonly byName: ReadonlyMap<string, string>;
}

/** A heading without signs, accents and capitals. */
export function plainHeading(label: string): string {
  return searchKey(label.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' '));
}

interface Named {
  readonly category: string;
  readonly measure: string;
  readonly title: string;
  readonly names: readonly string[];
}

const ofCounts: readonly Named[] = countColumns.map(({ category, measure }) => {
  const isTotal = measure.code === TOTAL.code;
  const prefixes = [category.name, category.short, category.name.replace(/^Hội /, '')];
  const whole = prefixes.flatMap((p) => [`${p} ${measure.name}`, `${p} ${measure.short}`]);
  return {
    ...{ category: category.code, measure: measure.code },
    title: isTotal ? category.name : `${category.name} - ${measure.name}`,
    names: isTotal ? [category.code, ...prefixes, ...whole] : [measure.name, ...whole],
  };
});

function ofForm(form: string | null): readonly Named[] {
  if (form === null) return ofCounts;
  const cells = new Map(findSheetForm(form)?.cells.map((c) => [cellKey(c.category, c.measure), c]));
  return [...cells.values()].map(({ category, measure, name }) => ({
    ...{ category, measure, title: name, names: [name] },
  }));
}

const made = new Map<string | null, FormColumns>();

/** `form` null = the ngoại ngành counts; an unknown form has no columns. */
export function formColumns(form: string | null): FormColumns {
  const before = made.get(form);
  if (before) return before;
  const list = ofForm(form);
  const byName = new Map(
    list.map((c) => [plainHeading(cellKey(c.category, c.measure)), cellKey(c.category, c.measure)]),
  );
  for (const { category, measure, names } of list)
    for (const name of names)
      if (!byName.has(plainHeading(name))) byName.set(plainHeading(name), cellKey(category, measure));
  const columns = list.map(({ category, measure, title }) => {
    const key = cellKey(category, measure);
    return { key, category, measure, title: byName.get(plainHeading(title)) === key ? title : key };
  });
  const result = { columns, byName };
  made.set(form, result);
  return result;
}

/** The figure that a row of a long file names, by code or by name. */
export function figureNamed(form: string | null, category: string, measure: string): string | undefined {
  const code = form === null ? countCategory(category) : category;
  if (code === undefined) return undefined;
  const wanted = searchKey(measure);
  if (form !== null) return formColumns(form).columns.find((c) => c.key === cellKey(code, measure))?.key;
  const column = countColumns.find(
    ({ category: c, measure: { code: own, name, short } }) =>
      c.code === code &&
      (measure === ''
        ? own === TOTAL.code
        : own === measure || [name, short].map(searchKey).includes(wanted)),
  );
  return column && cellKey(code, column.measure.code);
}

export function isCategoryOf(form: string | null, text: string): boolean {
  if (form === null) return countCategory(text) !== undefined;
  return formColumns(form).columns.some((c) => c.category === text);
}

function countCategory(text: string): string | undefined {
  const wanted = searchKey(text);
  const found = categories.find(
    (c) => c.code === text || (wanted !== '' && [c.name, c.short].map(searchKey).includes(wanted)),
  );
  return found?.code;
}
