/** What may be done to a dossier: the one gate of buttons, IPC, hub and tests. */
import type { LocalDate } from '../lib/local-date.ts';
import { type Action, actionRules, actions } from './action-rules.ts';
import type { Dossier, DossierComponent } from './dossier.ts';
import { type Holding, mayHandle } from './transfer.ts';
import { mayDo, type Role } from './verbs.ts';

export interface AllowedAction {
  readonly action: Action;
  /** Codes of the components that it may be done to. */
  readonly components: readonly string[];
}

/** What somebody of this role at this office (its code) may record as having happened on this day. */
export function allowedActions(
  dossier: Pick<Dossier, 'components'> & Holding,
  { role, office }: { readonly role: Role; readonly office: string },
  on: LocalDate,
): readonly AllowedAction[] {
  if (!mayDo(role, 'dossier.act') || on < dossier.receivedOn || !mayHandle(office, dossier)) return [];
  return actions.flatMap((action) => {
    const components = dossier.components.filter((c) => mayStep(c, action, on)).map((c) => c.code);
    return components.length > 0 ? [{ action, components }] : [];
  });
}

function mayStep(component: DossierComponent, action: Action, on: LocalDate): boolean {
  if (!actionRules[action].from.includes(component.state) || on < component.since) return false;
  if (action === 'clear_obstacle') return component.obstacle !== '';
  // A day can be put off only where one was promised.
  if (action === 'extend') return component.due !== null;
  return true;
}
