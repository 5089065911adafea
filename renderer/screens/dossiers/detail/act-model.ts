/** A step as it is typed in its dialog: which fields it asks for, sensible first values, and what is sent. */
import type { Catalogue, PaperState, Reason } from '../../../../shared/catalogue/law.ts';
import { factOn, validOn } from '../../../../shared/catalogue/law.ts';
import type { ActInput, DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { Action } from '../../../../shared/domain/action-rules.ts';
import type { Dossier } from '../../../../shared/domain/dossier.ts';
import type { ActRequest } from '../../../../shared/domain/plan-act.ts';
import { type LocalDate, type LocalTime, readDate, showDate } from '../../../../shared/lib/local-date.ts';

/** Order of the buttons, with the letter of each; S, E, N and M and the digits belong to the page. */
export const actKeys: readonly (readonly [Action, string])[] = [
  ['result_received', 'K'],
  ['give_result', 'T'],
  ['supplement_arrived', 'D'],
  ['ask_supplement', 'B'],
  ['forward', 'C'],
  ['came_back', 'V'],
  ['extend', 'G'],
  ['hand_over', 'H'],
  ['paid', 'P'],
  ['ask_payment', 'F'],
  ['report_obstacle', 'O'],
  ['clear_obstacle', 'X'],
  ['refuse', 'Q'],
  ['withdraw', 'R'],
  ['stop', 'W'],
  ['take_back', 'L'],
];

export type ActField =
  | 'reason'
  | 'items'
  | 'papers'
  | 'from'
  | 'to'
  | 'newDue'
  | 'codes'
  | 'obstacle'
  | 'note';

const fields: Readonly<Record<Action, readonly ActField[]>> = {
  ask_supplement: ['items', 'reason'],
  supplement_arrived: ['papers'],
  forward: ['to'],
  came_back: ['note'],
  ask_payment: ['note'],
  paid: ['note'],
  result_received: ['codes'],
  give_result: ['note'],
  refuse: ['reason'],
  stop: ['reason'],
  withdraw: ['reason'],
  extend: ['newDue', 'reason'],
  hand_over: ['from', 'to', 'note'],
  report_obstacle: ['obstacle', 'note'],
  clear_obstacle: ['note'],
  take_back: ['reason'],
};

export function fieldsOfAct(action: Action): readonly ActField[] {
  return fields[action];
}

type Component = DossierDetail['components'][number];

/** A paper that is still missing, as the checklist tells it. */
export interface MissingPaper {
  readonly code: string;
  readonly component: string;
  readonly todo: string;
}

/** What stands in the dialog. Texts are as typed; `date` and `time` untouched mean now. */
export interface ActForm {
  readonly action: Action;
  readonly components: readonly string[];
  readonly date: string;
  readonly time: string;
  readonly whenTouched: boolean;
  readonly reasonCode: string;
  readonly reason: string;
  /** Codes of missing papers that the request names. */
  readonly papers: readonly string[];
  readonly more: string;
  /** Papers that came: code -> state; absent = not handed in. */
  readonly arrived: Readonly<Record<string, PaperState>>;
  readonly from: string;
  readonly to: string;
  /** `to` still follows the chosen components. */
  readonly toFollows: boolean;
  readonly newDue: string;
  readonly codes: Readonly<Record<string, string>>;
  readonly obstacle: string;
}

export interface ActContext {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
  readonly missing: readonly MissingPaper[];
  /** Components to which the step may be done today. */
  readonly allowed: readonly string[];
  readonly now: LocalTime;
}

export function actForm(action: Action, context: ActContext): ActForm {
  const { detail, catalogue, missing, now } = context;
  const components = preselected(action, context);
  return {
    action,
    components,
    date: showDate(now.date),
    time: now.time,
    whenTouched: false,
    reasonCode: '',
    reason: '',
    papers: missing.map((p) => p.code),
    more: '',
    arrived: action === 'supplement_arrived' ? arrivedPapers(detail, components) : {},
    from: action === 'hand_over' ? (factOn(catalogue, 'agency.reception', now.date)?.value ?? '') : '',
    to: action === 'forward' ? agencyOf(detail, components) : '',
    toFollows: action === 'forward',
    newDue: '',
    codes: Object.fromEntries(detail.components.map((c) => [c.code, detail.form[`code.${c.code}`] ?? ''])),
    obstacle: '',
  };
}

/** The components most likely meant: all, where they go together; else the one that is due first. */
export function preselected(action: Action, { detail, allowed, missing }: ActContext): readonly string[] {
  const open = detail.components.filter((c) => allowed.includes(c.code));
  const begun = open.filter((c) => c.startedOn !== null);
  const codes = (components: readonly Component[]) => components.map((c) => c.code);
  switch (action) {
    case 'ask_supplement': {
      const short = begun.filter((c) => missing.some((p) => p.component === c.code));
      return codes(short.length > 0 ? short : firstDue(begun, open));
    }
    case 'refuse': {
      const waiting = open.filter((c) => c.state === 'supplement');
      return codes(waiting.length > 0 ? waiting : open);
    }
    case 'result_received':
    case 'forward':
    case 'extend':
    case 'report_obstacle':
      return codes(firstDue(begun, open));
    case 'take_back': {
      const last = detail.steps.at(-1)?.components ?? [];
      const same = open.filter((c) => last.includes(c.code));
      return codes(same.length > 0 ? same : open.slice(0, 1));
    }
    case 'hand_over':
      return codes(begun.length > 0 ? begun : open);
    default:
      return codes(open);
  }
}

function firstDue(begun: readonly Component[], open: readonly Component[]): readonly Component[] {
  const by = (c: Component) => c.due ?? '9999';
  return (begun.length > 0 ? begun : open).toSorted((a, b) => by(a).localeCompare(by(b))).slice(0, 1);
}

/** The papers that the open requests of these components named, as handed in in the original. */
function arrivedPapers(
  { steps }: DossierDetail,
  components: readonly string[],
): Readonly<Record<string, PaperState>> {
  return Object.fromEntries(askedPapers({ steps }, components).map((code) => [code, 'original' as const]));
}

/** Codes of the papers that the last request of each component named. */
export function askedPapers(
  { steps }: Pick<DossierDetail, 'steps'>,
  components: readonly string[],
): readonly string[] {
  const asked = components.flatMap((code) => {
    const request = steps.findLast((s) => s.action === 'ask_supplement' && s.components.includes(code));
    return request?.papers ?? [];
  });
  return [...new Set(asked)];
}

export function agencyOf({ components }: DossierDetail, chosen: readonly string[]): string {
  const agencies = new Set(components.filter((c) => chosen.includes(c.code)).map((c) => c.agency));
  return agencies.size === 1 ? ([...agencies][0] ?? '') : '';
}

/** Agencies to offer: those of the components, of earlier steps, and those that the catalogue names for today. */
export function agencies(catalogue: Catalogue, detail: DossierDetail, today: LocalDate): readonly string[] {
  const known = validOn(catalogue.facts, today).filter((f) => f.group === 'agency');
  const all = [
    ...detail.components.map((c) => c.agency),
    ...detail.steps.flatMap((s) => [s.to ?? '', s.from ?? '']),
    ...known.map((f) => f.value),
  ];
  return [...new Set(all.filter((name) => name !== ''))];
}

export function readyReasons(catalogue: Catalogue, action: Action, receivedOn: LocalDate): readonly Reason[] {
  return validOn(catalogue.reasons, receivedOn).filter((r) =>
    r.uses.some((use) => use === (action === 'ask_supplement' ? 'supplement' : action)),
  );
}

/** Chosen components, and the agency with them as long as nobody typed another one. */
export function withComponents(form: ActForm, components: readonly string[], detail: DossierDetail): ActForm {
  return {
    ...form,
    components,
    ...(form.toFollows && { to: agencyOf(detail, components) }),
    ...(form.action === 'supplement_arrived' && { arrived: arrivedPapers(detail, components) }),
  };
}

/** `14:30`, also from 1430, 14h30, 9:05, 905; null = unreadable. */
export function readTime(typed: string): string | null {
  const text = typed.trim();
  const parts = /^(\d{1,2})\s*[:hg.]\s*(\d{2})$/i.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text);
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!parts || hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export type FormError = 'date' | 'time' | 'newDue';

/** Fields whose text cannot be read. */
export function unreadable(form: ActForm): readonly FormError[] {
  const wrong: FormError[] = [];
  if (form.whenTouched && !readDate(form.date, false).ok) wrong.push('date');
  if (form.whenTouched && readTime(form.time) === null) wrong.push('time');
  if (form.newDue.trim() !== '' && !readDate(form.newDue, false).ok) wrong.push('newDue');
  return wrong;
}

type Said = Omit<ActInput, 'action' | 'components' | 'on' | 'time'>;

/** What the clerk said beside day and components; blank texts are left out. */
function said(form: ActForm, missing: readonly MissingPaper[]): Said {
  const asks = new Set(fieldsOfAct(form.action));
  const named = missing.filter((p) => form.papers.includes(p.code) && form.components.includes(p.component));
  const own = form.more.split('\n').map((line) => line.trim());
  const items = [...named.map((p) => p.todo), ...own].filter((item) => item !== '');
  const newDue = readDate(form.newDue, false);
  const changes = changesOf(form);
  return {
    ...(form.reason.trim() && { reason: form.reason.trim() }),
    ...(form.reasonCode && { reasonCode: form.reasonCode }),
    ...(asks.has('items') && { items, papers: named.map((p) => p.code) }),
    ...(asks.has('from') && form.from.trim() && { from: form.from.trim() }),
    ...(asks.has('to') && form.to.trim() && { to: form.to.trim() }),
    ...(asks.has('obstacle') && form.obstacle && { obstacle: form.obstacle }),
    ...(asks.has('newDue') && newDue.ok && { newDue: newDue.value }),
    ...(Object.keys(changes).length > 0 && { changes }),
  };
}

function changesOf({ action, arrived, codes, components }: ActForm): Record<string, string> {
  if (action === 'supplement_arrived')
    return Object.fromEntries(Object.entries(arrived).map(([code, state]) => [`paper.${code}`, state]));
  if (action !== 'result_received') return {};
  const given = components.flatMap((code) => {
    const text = codes[code]?.trim() ?? '';
    return text === '' ? [] : [[`code.${code}`, text] as const];
  });
  return Object.fromEntries(given);
}

/** What is sent. Only for forms without unreadable fields. */
export function actInput(form: ActForm, missing: readonly MissingPaper[]): ActInput {
  const day = readDate(form.date, false);
  return {
    action: form.action,
    components: [...form.components],
    on: form.whenTouched && day.ok ? day.value : null,
    time: form.whenTouched ? readTime(form.time) : null,
    ...said(form, missing),
  };
}

/** The same step for the rules that the dialog asks beforehand. */
export function actRequest(form: ActForm, missing: readonly MissingPaper[], now: LocalTime): ActRequest {
  const { on, time, ...rest } = actInput(form, missing);
  return { ...rest, at: on === null ? now : { date: on, time: time ?? now.time } } as ActRequest;
}

/** Whether another machine wrote to the dossier after the revision `base`. */
export function changedElsewhere(
  {
    revision,
    history,
  }: Pick<DossierDetail, 'revision'> & {
    readonly history: readonly Pick<DossierDetail['history'][number], 'deviceIsThis'>[];
  },
  base: number,
): boolean {
  return history.slice(0, Math.max(0, revision - base)).some((entry) => !entry.deviceIsThis);
}

/** The dossier of the rules, out of what the page was given. */
export function asDossier(detail: DossierDetail): Dossier {
  const { handled: _, transfers, ...rest } = detail;
  return {
    ...rest,
    commune: detail.commune.key,
    holder: detail.holder?.key ?? null,
    transfers: transfers.map((t) => ({ ...t, to: t.to.key })),
  };
}
