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
  'dossier.resolve',
  'dossier.transfer',
  'dossier.attach',
  'dossier.detach',
  'count.record',
  'sheet.lock',
  'sheet.approve',
  'sheet.return',
  'sheet.unlock',
  'sheet.resolve',
  'target.set',
  'cluster.set',
  'report.print',
  'report.freeze',
  'catalogue.correct',
  'day.close',
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
  'dossier.resolve': [...desk, 'officer'],
  'dossier.transfer': [...desk, 'officer'],
  'dossier.attach': [...desk, 'officer'],
  'dossier.detach': [...desk, 'officer'],
  'count.record': counting,
  'sheet.lock': counting,
  'sheet.approve': ['head', 'officer'],
  'sheet.return': ['head', 'officer'],
  'sheet.unlock': ['head', 'officer'],
  'sheet.resolve': counting,
  'target.set': ['head', 'admin', 'officer'],
  'cluster.set': ['head', 'admin', 'officer'],
  'report.print': counting,
  'report.freeze': counting,
  'catalogue.correct': ['head', 'admin'],
  'day.close': counting,
};

export function mayDo(role: Role, verb: EventVerb): boolean {
  return mayAct[verb].includes(role);
}

const losing: readonly Role[] = ['head', 'admin', 'officer'];

/** Who may ask what stood on a lost machine of the office, and take its key's rights away. */
export function mayReportLoss(role: Role): boolean {
  return losing.includes(role);
}

const answering: readonly Role[] = ['head', 'admin'];

/** Who may look up everything that the desk holds of one person, to answer that person. */
export function mayAnswerPerson(role: Role): boolean {
  return answering.includes(role);
}

const readingFigures: readonly Role[] = ['clerk', 'head', 'admin', 'officer', 'auditor'];

/** Who may ask the city for figures of the office's dossiers. They name nobody, yet a technician has no business with them. */
export function mayReadFigures(role: Role): boolean {
  return readingFigures.includes(role);
}
