/** Seldom used fields are folded away until they are asked for; one that holds text or a problem never is. */
import type { FieldRule, SectionRule } from '../../../../shared/domain/field-rule.ts';
import type { FieldProblem } from '../../../../shared/domain/read-form.ts';

interface Folding {
  /** Sections that the clerk opened. */
  readonly open: ReadonlySet<string>;
  /** Fields that held text at some time since the page opened: they do not vanish under the hands. */
  readonly kept: ReadonlySet<string>;
  readonly problems: readonly FieldProblem[];
}
export interface FoldedSection {
  readonly key: string;
  readonly fields: readonly FieldRule[];
  /** How many fields are folded away. */
  readonly hidden: number;
}

export function folded(sections: readonly SectionRule[], { open, kept, problems }: Folding): FoldedSection[] {
  const named = new Set(problems.map((p) => p.field));
  return sections.map(({ key, fields }) => {
    const shown = fields.filter((f) => !f.rare || open.has(key) || kept.has(f.key) || named.has(f.key));
    return { key, fields: shown, hidden: fields.length - shown.length };
  });
}

/** The sections that one press opens: the one with the cursor, and those behind it that have nothing but folded fields. */
export function openedWith(sections: readonly FoldedSection[], key: string): readonly string[] {
  const at = sections.findIndex((s) => s.key === key);
  const behind = sections.slice(at + 1);
  const end = behind.findIndex((s) => s.fields.length > 0);
  return [key, ...(end < 0 ? behind : behind.slice(0, end)).map((s) => s.key)];
}

/** Fields of these sections that wait behind the key of the section `key`. */
export function waitingBehind(sections: readonly FoldedSection[], key: string): number {
  const opened = new Set(openedWith(sections, key));
  return sections.filter((s) => opened.has(s.key)).reduce((n, s) => n + s.hidden, 0);
}

/** Short sections that stand side by side, as on the paper. */
const beside: Readonly<Record<string, string>> = {
  mother: 'father',
  insurance: 'idCard',
  survivor: 'headChange',
};

export function inPairs(sections: readonly FoldedSection[]): readonly (readonly FoldedSection[])[] {
  const pairs: FoldedSection[][] = [];
  for (const section of sections) {
    const last = pairs.at(-1);
    if (last?.length === 1 && beside[last[0]?.key ?? ''] === section.key) last.push(section);
    else pairs.push([section]);
  }
  return pairs;
}
