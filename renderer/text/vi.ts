/** Every visible string of the window, by key: one table for the whole language. */
import { accessText } from './vi-access.ts';
import { accountText } from './vi-account.ts';
import { actText } from './vi-act.ts';
import { attentionText } from './vi-attention.ts';
import { backupText } from './vi-backup.ts';
import { catalogueText } from './vi-catalogue.ts';
import { countsText } from './vi-counts.ts';
import { courierText } from './vi-courier.ts';
import { dayText } from './vi-day.ts';
import { dossierText } from './vi-dossier.ts';
import { filesText } from './vi-files.ts';
import { formText } from './vi-form.ts';
import { intakeText } from './vi-intake.ts';
import { lostText } from './vi-lost.ts';
import { machineText } from './vi-machine.ts';
import { personText } from './vi-person.ts';
import { proofText } from './vi-proof.ts';
import { reportText } from './vi-report.ts';
import { retentionText } from './vi-retention.ts';
import { shellText } from './vi-shell.ts';
import { slipText } from './vi-slip.ts';
import { syncText } from './vi-sync.ts';
import { updateText } from './vi-update.ts';

export const vi = {
  ...shellText,
  ...accountText,
  ...dossierText,
  ...actText,
  ...filesText,
  ...formText,
  ...intakeText,
  ...catalogueText,
  ...countsText,
  ...reportText,
  ...slipText,
  ...syncText,
  ...courierText,
  ...backupText,
  ...attentionText,
  ...dayText,
  ...machineText,
  ...lostText,
  ...personText,
  ...proofText,
  ...accessText,
  ...retentionText,
  ...updateText,
} as const satisfies Record<string, string>;
export type TextKey = keyof typeof vi;
