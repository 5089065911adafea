/** Files with personal data that leave the machine: with a password of their own, or in plain with a reason that the access log keeps. */
import { z } from 'zod';

export const guard = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('password') }),
  z.strictObject({ way: z.literal('plain'), why: z.string().max(300) }),
]);
export type Guard = z.infer<typeof guard>;

/** `password`: of this file, shown once; null where it was not saved, or in plain. */
export const savedFile = z.strictObject({ saved: z.boolean(), password: z.string().nullable() });
export type SavedFile = z.infer<typeof savedFile>;

export const exportIpc = {
  /** Notes that such a file is written: asked by the shell before it is. `about`: its code, window or id, never a name. */
  'export.log': {
    kind: 'inner',
    input: z.strictObject({
      what: z.enum(['access', 'person', 'register', 'slip', 'proof', 'scan']),
      about: z.string().max(120),
      /** The dossier or the sheet that it is of. */
      owner: z.string().min(1).max(120).nullable(),
      guard,
    }),
    output: z.null(),
  },
} as const;
