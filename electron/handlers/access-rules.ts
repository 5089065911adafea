/** Which calls the access log notes after they were answered, and what of them. Those that write note it in their own transaction. */
import type { Deed } from '../../db/access.ts';
import { findReportDef, holdsNames } from '../../shared/catalogue/report-defs.ts';
import type { Input, Method, Output } from '../../shared/contract/ipc/registry.ts';
import { type AccessAction, accessActions } from '../../shared/domain/access.ts';
import { kindOf } from './file.ts';

type Noted = Pick<Deed, 'subject' | 'facts'>;
interface Rule<M extends Method> {
  /** A look repeats itself while the page is open; an act counts each time. */
  readonly kind: 'look' | 'act';
  /** Null: not this one. */
  of(input: Input<M>, output: Output<M>): Noted | null;
}
type Logged = Extract<AccessAction, Method>;
type Rules = { readonly [M in Logged]?: Rule<M> };

const dossier = (id: string) => ({ subject: { kind: 'dossier', id } }) as const;
const source = (given: Input<'report.file'>['source']) =>
  'frozen' in given
    ? { report: 'frozen', id: given.frozen }
    : { report: given.report, from: given.from ?? '', to: given.to };

const rules: Rules = {
  'dossier.get': { kind: 'look', of: ({ id }) => dossier(id) },
  'slip.get': { kind: 'look', of: ({ id, kind }) => ({ ...dossier(id), facts: { paper: kind } }) },
  'register.get': { kind: 'look', of: ({ from, to }) => ({ facts: { from, to } }) },
  'file.read': {
    kind: 'look',
    of: ({ id, sha256 }) => ({ subject: { kind: kindOf(id), id }, facts: { scan: sha256.slice(0, 12) } }),
  },
  'report.make': {
    kind: 'look',
    of: ({ report, from, to }) => {
      const def = findReportDef(report);
      return def && holdsNames(def) ? { facts: { report, from: from ?? '', to } } : null;
    },
  },
  'report.file': {
    kind: 'act',
    of: ({ source: given, format }) => ({ facts: { ...source(given), format } }),
  },
  'report.clipping': { kind: 'act', of: ({ source: given }) => ({ facts: source(given) }) },
  'count.file': { kind: 'act', of: ({ asOf, format }) => ({ facts: { asOf, format } }) },
  'target.file': { kind: 'act', of: ({ format }) => ({ facts: { format } }) },
  'courier.write': { kind: 'act', of: () => ({}) },
  'courier.read': { kind: 'act', of: () => ({}) },
  'person.open': { kind: 'act', of: (_, { id }) => ({ facts: { request: id } }) },
  'person.get': { kind: 'look', of: ({ id }) => ({ facts: { request: id } }) },
  'person.log': { kind: 'act', of: ({ id, what }) => ({ facts: { request: id, what } }) },
  'machine.revoke': { kind: 'act', of: ({ no }) => ({ facts: { machine: no } }) },
  'update.prepare': { kind: 'act', of: (_, { version }) => ({ facts: { version } }) },
  'paper.log': {
    kind: 'act',
    of: ({ paper, about, way }) => ({ facts: { paper, about, way } }),
  },
};

export interface NotedDeed {
  readonly kind: 'look' | 'act';
  readonly deed: Deed;
}

export function notedOf(method: Method, input: unknown, output: unknown): NotedDeed | null {
  const rule = ruleOf(method);
  const noted = rule?.of(input, output);
  return rule && noted ? { kind: rule.kind, deed: { action: method as AccessAction, ...noted } } : null;
}

/** Somebody who may not tried it. */
export function refusedOf(method: Method): Deed | null {
  const action = accessActions.find((one) => one === method);
  return action ? { action, outcome: 'refused' } : null;
}

function ruleOf(method: Method) {
  return (
    rules as Partial<Record<Method, { kind: 'look' | 'act'; of(i: unknown, o: unknown): Noted | null }>>
  )[method];
}
