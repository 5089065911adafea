/** What is half typed outside the forms of dossiers: explanations of a day, sides and reason of a conflict. Private to the actor, never sent. */
import { z } from 'zod';
import { draftValues } from './common.ts';

/** `day/<date>`, `conflict/<event>@<revision>` */
const about = z.string().regex(/^(day|conflict)\/[\w@-]{1,80}$/);

export const typedIpc = {
  /** Empty where nothing was typed. */
  'typed.get': { kind: 'read', input: z.strictObject({ about }), output: draftValues },
  /** Instead of what was kept; empty values take it away. */
  'typed.save': { kind: 'task', input: z.strictObject({ about, values: draftValues }), output: z.null() },
} as const;
