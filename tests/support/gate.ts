/** What the gate allows on the page of a dossier, as its buttons ask it. */
import type { DossierDetail } from '../../shared/contract/ipc/dossier.ts';
import { type AllowedAction, allowedActions } from '../../shared/domain/allowed-actions.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { WARD } from './temp-desk.ts';

export function allowedOn(
  { components, office, commune, receivedOn, holder }: DossierDetail,
  role: Role,
  on: string,
  here = WARD,
): readonly AllowedAction[] {
  const dossier = { components, office, receivedOn, commune: commune.key, holder: holder?.key ?? null };
  return allowedActions(dossier, { role, office: here }, on);
}
