/** Who and where: the office, the machine, the person signed in, versions. */
import { z } from 'zod';
import { readOnlyReasons } from '../../domain/read-only.ts';
import { roleStandings } from '../../domain/role-paper.ts';
import { roles } from '../../domain/verbs.ts';
import { emptyInput, unitRef } from './common.ts';

export const session = z.strictObject({
  enrolled: z.boolean(),
  office: z
    .strictObject({ code: z.string(), name: z.string(), kind: z.string(), isCommune: z.boolean() })
    .nullable(),
  device: z.strictObject({ id: z.string(), no: z.int(), name: z.string() }).nullable(),
  actor: z.strictObject({ id: z.string(), name: z.string(), role: z.enum(roles) }).nullable(),
  /** Why the data may be read alone; null = they may be written. */
  readOnly: z.enum(readOnlyReasons).nullable(),
  /** Accesses wait in memory, because no file can be written either. */
  unkept: z.boolean(),
  /** How well the role is proven, and until when without another contact; null = nobody signed it, or not enrolled. */
  roleStanding: z.enum(roleStandings).nullable(),
  roleUntil: z.iso.datetime().nullable(),
  cityUrl: z.string(),
  /** Vietnam's date now, by this machine's clock. */
  today: z.iso.date(),
  now: z.iso.datetime(),
  version: z.string(),
  catalogueVersion: z.string(),
  dataFolder: z.string(),
  storage: z.strictObject({ sqlite: z.string(), cipher: z.string(), freeBytes: z.number().nullable() }),
  demo: z.boolean(),
});
export type Session = z.infer<typeof session>;

export const sessionIpc = {
  'session.get': { kind: 'read', input: emptyInput, output: session },
  /** Asked by the main process before it answers a call of its own: whether the person may make it. */
  'session.may': { kind: 'inner', input: z.strictObject({ call: z.string().max(60) }), output: z.null() },
  /** Uses a one-time code once; the device key never leaves this machine. */
  'device.enrol': {
    kind: 'task',
    input: z.strictObject({
      url: z.string().max(300),
      code: z.string().max(60),
      deviceName: z.string().max(80),
    }),
    output: session,
  },
  /** Communes that may decide a dossier of this office on a day. */
  'office.communes': { kind: 'read', input: z.strictObject({ on: z.iso.date() }), output: z.array(unitRef) },
  /** Tables equal the fold of the events, chains unbroken, file sound. */
  'data.verify': {
    kind: 'task',
    input: emptyInput,
    output: z.strictObject({
      ok: z.boolean(),
      events: z.int(),
      subjects: z.int(),
      problems: z.array(z.string()),
    }),
  },
} as const;
