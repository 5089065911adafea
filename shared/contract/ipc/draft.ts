/** Drafts: half-typed forms, invalid values included; private to the actor, never sent. */
import { z } from 'zod';
import { chainCode } from '../../domain/dossier.ts';
import { draftValues, emptyInput } from './common.ts';

export const draft = z.strictObject({
  id: z.uuid(),
  chain: chainCode,
  values: draftValues,
  savedAt: z.iso.datetime(),
});
export type Draft = z.infer<typeof draft>;

export const draftIpc = {
  'draft.list': {
    kind: 'read',
    input: emptyInput,
    output: z.array(
      z.strictObject({ id: z.uuid(), chain: chainCode, subjectName: z.string(), savedAt: z.iso.datetime() }),
    ),
  },
  /** Of colleagues at this machine; for those who lead. */
  'draft.others': {
    kind: 'read',
    input: emptyInput,
    output: z.array(
      z.strictObject({
        ...{ id: z.uuid(), chain: chainCode, subjectName: z.string(), savedAt: z.iso.datetime() },
        author: z.string(),
      }),
    ),
  },
  /** A copy of a colleague's draft becomes one's own; his stays. The reason stands in the access log, and he is told. */
  'draft.take': {
    kind: 'task',
    input: z.strictObject({ id: z.uuid(), reason: z.string().max(300) }),
    output: z.strictObject({ id: z.uuid() }),
  },
  'draft.get': { kind: 'read', input: z.strictObject({ id: z.uuid() }), output: draft.nullable() },
  'draft.save': {
    kind: 'task',
    input: z.strictObject({ id: z.uuid(), chain: chainCode, values: draftValues }),
    output: z.strictObject({ savedAt: z.iso.datetime() }),
  },
  'draft.discard': { kind: 'task', input: z.strictObject({ id: z.uuid() }), output: z.null() },
} as const;
