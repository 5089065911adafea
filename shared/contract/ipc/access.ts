/** The access log as its readers see it: pages by filters, the check, a file. For head, admin and auditor. */
import { z } from 'zod';
import { accessActions, accessSubjects } from '../../domain/access.ts';
import { finding } from '../../domain/access-chain.ts';
import { roles } from '../../domain/verbs.ts';
import { emptyInput } from './common.ts';
import { guard, savedFile } from './export.ts';

/** Null or empty: all. `from`, `to`: days of Vietnam, both included. `code`: the beginning of a dossier's code. */
export const accessFilter = z.strictObject({
  person: z.string().max(80).nullable(),
  action: z.enum(accessActions).nullable(),
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
  code: z.string().max(40),
});
export type AccessFilter = z.infer<typeof accessFilter>;

const accessLine = z.strictObject({
  seq: z.int(),
  at: z.iso.datetime(),
  /** Null = the machine by itself, or somebody who did not come in. */
  actor: z.strictObject({ name: z.string(), role: z.enum(roles) }).nullable(),
  action: z.enum(accessActions),
  outcome: z.enum(['done', 'refused']),
  /** `label`: code of a dossier, name of a person; empty where nothing of that name is here any more. */
  subject: z.strictObject({ kind: z.enum(accessSubjects), id: z.string(), label: z.string() }).nullable(),
  why: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AccessLine = z.infer<typeof accessLine>;

/** Of one check: the whole log, or what follows the city's newest word. */
const logResult = z.strictObject({
  at: z.iso.datetime(),
  entries: z.int(),
  events: z.int(),
  found: z.array(finding),
});
export type LogResult = z.infer<typeof logResult>;
export const logState = z.strictObject({ tail: logResult.nullable(), whole: logResult.nullable() });
export type LogState = z.infer<typeof logState>;

export const ACCESS_PAGE = 100;
export const accessIpc = {
  /** The newest entries before `before` (null: of all), newest first. */
  'access.list': {
    kind: 'read',
    input: z.strictObject({ filter: accessFilter, before: z.int().min(1).nullable() }),
    output: z.strictObject({
      lines: z.array(accessLine).max(ACCESS_PAGE),
      more: z.boolean(),
      /** Number of the newest entry; 0 in a log that has not begun. */
      newest: z.int(),
      /** Up to which entry the city has signed it, and when. */
      confirmed: z.strictObject({ seq: z.int(), at: z.iso.datetime() }).nullable(),
      /** Everybody who stands in it. */
      people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      checked: logState,
    }),
  },
  /** What others did with this person's password or drafts, since his password sign-in before this one; oldest first. */
  'access.about-me': {
    kind: 'read',
    input: emptyInput,
    output: z.array(
      z.strictObject({
        action: z.enum(['account.reset', 'draft.take']),
        by: z.string(),
        at: z.iso.datetime(),
        why: z.string().nullable(),
      }),
    ),
  },
  /** Looks at all of it now. */
  'access.verify': { kind: 'task', input: emptyInput, output: logResult },
  /** What the filter shows, as a table; itself an entry. */
  'access.file': {
    kind: 'task',
    input: z.strictObject({ filter: accessFilter, format: z.enum(['csv', 'xlsx']) }),
    output: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  'access.save': {
    kind: 'shell',
    input: z.strictObject({ filter: accessFilter, guard }),
    output: savedFile,
  },
} as const;
