/** Parts that the bodies of several dossier verbs share. */
import { z } from 'zod';
import { MAX_TEXT } from './dossier-form.ts';

export const componentCode = z.string().min(1).max(10);
const key = z.string().min(1).max(60);
export const formSchema = z.record(key, z.string().min(1).max(MAX_TEXT));
/** Field -> new text, '' clears the field. */
export const changesSchema = z.record(key, z.string().max(MAX_TEXT));

/** Components that the changed form asks for besides (mai táng asked for later); `startedOn` null = it waits. */
export const addedSchema = z
  .array(
    z.strictObject({
      code: componentCode,
      due: z.iso.date().nullable(),
      waitsFor: componentCode.nullable(),
      startedOn: z.iso.date().nullable(),
    }),
  )
  .max(10);
