/** The reports that can be chosen, in the groups in which an office looks for them. */

import { reportDefs } from '../../../shared/catalogue/report-defs.ts';
import { annexDefs } from '../../../shared/catalogue/report-defs-annexes.ts';
import { dossierDefs } from '../../../shared/catalogue/report-defs-dossiers.ts';
import { workDefs } from '../../../shared/catalogue/report-defs-work.ts';
import type { ReportDef } from '../../../shared/report/definition.ts';
import type { TextKey } from '../../text/vi.ts';

const others = new Set([...dossierDefs, ...workDefs, ...annexDefs]);

export const reportGroups: readonly { readonly title: TextKey; readonly defs: readonly ReportDef[] }[] = [
  { title: 'report.group.counts', defs: reportDefs.filter((def) => !others.has(def)) },
  { title: 'report.group.dossiers', defs: [...dossierDefs, ...workDefs] },
  { title: 'report.group.annexes', defs: annexDefs },
];

/** Whether the window before changes anything in it. */
export function usesPrevious(def: ReportDef): boolean {
  return def.columns.some(({ value }) => 'previous' in value && value.previous === true);
}
