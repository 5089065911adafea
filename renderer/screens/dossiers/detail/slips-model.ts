/** Which of the printed papers a dossier has, and which one belongs to a step. */
import { type SlipForm, type SlipKind, slipFormOn } from '../../../../shared/catalogue/slips.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { Action } from '../../../../shared/domain/action-rules.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';

const ofAction: Readonly<Partial<Record<Action, SlipKind>>> = {
  ask_supplement: 'supplement',
  refuse: 'refusal',
  extend: 'extension',
  stop: 'stop',
  forward: 'control',
  hand_over: 'control',
};

/** The paper that a step calls for, in the numbering of its day. */
export function slipAfter(action: Action, on: LocalDate): SlipForm | undefined {
  const kind = ofAction[action];
  return kind && slipFormOn(kind, on);
}

/** The papers of this dossier: always the receipt, the control sheet and the summary; letters once their step was taken. */
export function slipsOf({
  receivedOn,
  steps,
}: Pick<DossierDetail, 'receivedOn' | 'steps'>): readonly SlipForm[] {
  const letters = steps.flatMap(({ action, on }) => {
    const form = slipAfter(action, on);
    return form && form.kind !== 'control' ? [form] : [];
  });
  const always = (['receipt', 'control', 'summary'] as const).flatMap(
    (kind) => slipFormOn(kind, receivedOn) ?? [],
  );
  const byKind = new Map([...always, ...letters].map((form) => [form.kind, form]));
  return [...byKind.values()].toSorted((a, b) => (a.no ?? '99').localeCompare(b.no ?? '99'));
}
