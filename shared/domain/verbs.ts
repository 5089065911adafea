/**
 * The verbs: at once IPC method, permission, audit action and event kind. Add a verb here first.
 * `may` names the roles; a test walks every verb with every role.
 */

export const roles = ['clerk', 'head', 'admin', 'officer', 'auditor', 'technician'] as const;
export type Role = (typeof roles)[number];

/** Verbs that leave an event behind. */
export const eventVerbs = [
  'dossier.receive',
  'dossier.correct',
  'dossier.annotate',
  'dossier.act',
  'count.record',
  'catalogue.correct',
] as const;
export type EventVerb = (typeof eventVerbs)[number];

const desk: readonly Role[] = ['clerk', 'head'];
const counting: readonly Role[] = ['clerk', 'head', 'officer'];
const mayAct: Readonly<Record<EventVerb, readonly Role[]>> = {
  // An officer above the ward may sit at a city service centre, where dossiers are received regardless of boundary (NĐ 118/2025).
  'dossier.receive': [...desk, 'officer'],
  'dossier.correct': [...desk, 'officer'],
  'dossier.annotate': [...desk, 'officer'],
  'dossier.act': [...desk, 'officer'],
  'count.record': counting,
  'catalogue.correct': ['head', 'admin'],
};

export function mayDo(role: Role, verb: EventVerb): boolean {
  return mayAct[verb].includes(role);
}
