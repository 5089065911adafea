/** Every visible string of the window, by key: one table for the whole language. */
import { countsText } from './vi-counts.ts';
import { dossierText } from './vi-dossier.ts';
import { formText } from './vi-form.ts';
import { shellText } from './vi-shell.ts';
import { syncText } from './vi-sync.ts';

export const vi = {
  ...shellText,
  ...dossierText,
  ...formText,
  ...countsText,
  ...syncText,
} as const satisfies Record<string, string>;
export type TextKey = keyof typeof vi;
