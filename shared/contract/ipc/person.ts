/**
 * Everything that the desk holds of one person, for that person: found by number, or by name and birth; opened with a reason, which is
 * recorded with a deadline; handed out as a paper or a file. For the head and the administrator.
 */
import { z } from 'zod';
import { accessActions } from '../../domain/access.ts';
import { chainCode } from '../../domain/dossier.ts';
import { exportKinds } from '../../domain/person-request.ts';
import { roles } from '../../domain/verbs.ts';
import { delivery, emptyInput } from './common.ts';
import { guard, savedFile } from './export.ts';

const asked = {
  number: z.string().max(40),
  name: z.string().max(200),
  /** `YYYY-MM-DD`, `YYYY` or ''. */
  birth: z.string().max(10),
};

const at = z.iso.datetime();
const role = z.string();
/** A dossier in which the person stands. */
const standing = {
  id: z.string(),
  code: z.string(),
  chain: chainCode,
  receivedOn: z.string(),
  roles: z.array(role).min(1),
};

const heldField = z.strictObject({
  key: z.string(),
  value: z.string(),
  /** When and by whom this value was written. */
  at,
  by: z.string(),
});
const fieldChange = z.strictObject({
  at,
  by: z.string(),
  verb: z.string(),
  field: z.string(),
  before: z.string(),
  after: z.string(),
});

export const personExtract = z.strictObject({
  id: z.uuid(),
  asked: z.strictObject(asked),
  /** When the request was opened here, and by whom. */
  at,
  by: z.string(),
  receivedOn: z.iso.date(),
  /** Last day for the answer. */
  due: z.iso.date(),
  reason: z.string(),
  office: z.string(),
  machine: z.string(),
  /** When this extract was made. */
  madeAt: at,
  dossiers: z.array(
    z.strictObject({
      ...standing,
      officialCode: z.string(),
      chainName: z.string(),
      outcome: z.enum(['under_way', 'whole', 'part', 'none']),
      delivery,
      /** Fields of this person alone. */
      fields: z.array(heldField),
      changes: z.array(fieldChange),
      /** Everybody else on the dossier: name and role, nothing more. */
      others: z.array(z.strictObject({ role, name: z.string() })),
      scans: z.int(),
      prints: z.array(z.strictObject({ kind: z.string(), at })),
      /** Who opened, printed or carried away the dossier on this machine, newest first: the newest few, and how often in all. */
      reads: z.strictObject({
        total: z.int(),
        newest: z.array(
          z.strictObject({ at, by: z.string(), role: z.enum(roles), action: z.enum(accessActions) }),
        ),
      }),
    }),
  ),
  /** Places with the same name where neither number nor birth tells whether it is the same person: not taken in. */
  unclear: z.array(z.strictObject({ code: z.string(), role })),
});
export type PersonExtract = z.infer<typeof personExtract>;

const request = z.strictObject({ id: z.uuid() });

export const personIpc = {
  /** A list: numbers in it are masked. */
  'person.find': {
    kind: 'read',
    input: z.strictObject(asked),
    output: z.strictObject({
      dossiers: z.array(z.strictObject({ ...standing, name: z.string(), number: z.string() })),
      unclear: z.int(),
    }),
  },
  /** Records the request; only then is anything shown. */
  'person.open': {
    kind: 'task',
    input: z.strictObject({ ...asked, receivedOn: z.iso.date(), reason: z.string().max(300) }),
    output: request,
  },
  'person.get': { kind: 'read', input: request, output: personExtract },
  /** Newest first, at most 100. */
  'person.requests': {
    kind: 'read',
    input: emptyInput,
    output: z.array(
      z.strictObject({
        id: z.uuid(),
        at,
        by: z.string(),
        receivedOn: z.iso.date(),
        due: z.iso.date(),
        reason: z.string(),
        name: z.string(),
        number: z.string(),
        dossiers: z.int(),
        exports: z.array(z.strictObject({ what: z.enum(exportKinds), at })),
      }),
    ),
  },
  'person.file': {
    kind: 'inner',
    input: request,
    output: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  /** Notes that the answer left the book: said by the shell after the file or the printer has it. */
  'person.log': {
    kind: 'inner',
    input: request.extend({ what: z.enum(exportKinds) }),
    output: z.null(),
  },
  'person.print': { kind: 'shell', input: request, output: z.strictObject({ done: z.boolean() }) },
  'person.save': {
    kind: 'shell',
    input: request.extend({ format: z.enum(['pdf', 'json']), guard }),
    output: savedFile,
  },
} as const;
