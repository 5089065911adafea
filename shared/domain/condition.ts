/** Conditions as data: under which facts a paper is needed or a field is asked. */

/** Facts of a case: name -> text; a fact that is not known is absent and reads as ''. */
export type Facts = Readonly<Record<string, string>>;

export type Condition =
  | { readonly fact: string; readonly is: readonly string[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** `null` = always. */
export function holds(condition: Condition | null, facts: Facts): boolean {
  if (condition === null) return true;
  if ('fact' in condition) return condition.is.includes(facts[condition.fact] ?? '');
  if ('all' in condition) return condition.all.every((c) => holds(c, facts));
  if ('any' in condition) return condition.any.some((c) => holds(c, facts));
  return !holds(condition.not, facts);
}

/** Names of the facts that a condition reads. */
export function factsIn(condition: Condition | null): readonly string[] {
  if (condition === null) return [];
  if ('fact' in condition) return [condition.fact];
  if ('not' in condition) return factsIn(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(factsIn);
}
