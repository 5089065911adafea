/** `project`: what events add up to. One pure function per subject kind, used by desk, hub and tests alike. */
import { ZodError } from 'zod';
import { unreachable } from '../lib/must.ts';
import { attachBody, detachBody } from './attached-file.ts';
import { clusterBody, clusterKey } from './cluster.ts';
import { type Day, dayBody, projectDay } from './day.ts';
import { actBody, annotateBody, correctBody, type Dossier, projectDossier, receiveBody } from './dossier.ts';
import type { Event } from './event.ts';
import { frozenBody, printedBody, projectReport, type ReportRecord } from './report-record.ts';
import { resolveBody } from './resolve.ts';
import { correctionKey, projectSetting, type Setting, settingBody } from './setting.ts';
import { countBody, projectSheet, type Sheet, sheetBody, sheetResolveBody } from './sheet.ts';
import { projectTargets, type Targets, targetBody, targetKey } from './target.ts';
import { transferBody } from './transfer.ts';
import type { EventVerb } from './verbs.ts';

export type Subject =
  | { readonly kind: 'dossier'; readonly state: Dossier }
  | { readonly kind: 'sheet'; readonly state: Sheet }
  | { readonly kind: 'setting'; readonly state: Setting }
  | { readonly kind: 'target'; readonly state: Targets }
  | { readonly kind: 'report'; readonly state: ReportRecord }
  | { readonly kind: 'day'; readonly state: Day };

export function subjectKey(subject: { readonly kind: string; readonly id: string }): string {
  return `${subject.kind}/${subject.id}`;
}

const bodies = {
  'dossier.receive': receiveBody,
  'dossier.correct': correctBody,
  'dossier.annotate': annotateBody,
  'dossier.act': actBody,
  'dossier.resolve': resolveBody,
  'dossier.transfer': transferBody,
  'dossier.attach': attachBody,
  'dossier.detach': detachBody,
  'count.record': countBody,
  'sheet.lock': sheetBody,
  'sheet.approve': sheetBody,
  'sheet.return': sheetBody,
  'sheet.unlock': sheetBody,
  'sheet.resolve': sheetResolveBody,
  'target.set': targetBody,
  'cluster.set': clusterBody,
  'report.print': printedBody,
  'report.freeze': frozenBody,
  'catalogue.correct': settingBody,
  'day.close': dayBody,
} as const;

/** Throws where the body is not one of this verb: what is written here must be readable everywhere. */
export function requireBody(verb: EventVerb, body: Event['body']): void {
  bodies[verb].parse(body);
}

/** The subject after one more event. A body that this program cannot read (a newer one made it) raises the revision and stops nobody. */
export function project(event: Event, before: Subject | undefined): Subject | undefined {
  try {
    return projectRead(event, before);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    return before && raised(before);
  }
}

function raised(subject: Subject): Subject {
  const revision = subject.state.revision + 1;
  return { ...subject, state: { ...subject.state, revision } } as Subject;
}

function projectRead(event: Event, before: Subject | undefined): Subject | undefined {
  switch (event.subject.kind) {
    case 'dossier': {
      const state = projectDossier(event, before?.kind === 'dossier' ? before.state : undefined);
      return state && { kind: 'dossier', state };
    }
    case 'sheet': {
      const state = projectSheet(event, before?.kind === 'sheet' ? before.state : undefined);
      return state && { kind: 'sheet', state };
    }
    case 'setting': {
      const state = projectSetting(event, before?.kind === 'setting' ? before.state : undefined);
      return state && { kind: 'setting', state };
    }
    case 'target': {
      const state = projectTargets(event, before?.kind === 'target' ? before.state : undefined);
      return state && { kind: 'target', state };
    }
    case 'report': {
      const state = projectReport(event, before?.kind === 'report' ? before.state : undefined);
      return state && { kind: 'report', state };
    }
    case 'day': {
      const state = projectDay(event, before?.kind === 'day' ? before.state : undefined);
      return state && { kind: 'day', state };
    }
    default:
      return unreachable(event.subject.kind);
  }
}

export function fold(events: readonly Event[]): Subject | undefined {
  return events.reduce<Subject | undefined>((before, event) => project(event, before), undefined);
}

/** Names of the fields (or cells) that an event sets: two events that share none can both stand. */
export function touchedFields(event: Event): readonly string[] {
  const { body } = event;
  switch (event.verb) {
    case 'dossier.act':
      return touchedByAct(body);
    case 'dossier.correct':
    case 'dossier.resolve':
      return [
        ...(keysOf(body['changes']) ?? ['*']),
        ...(body['added'] ? entriesOf(body['added'], (c) => `component/${c['code']}`) : []),
      ];
    case 'dossier.annotate':
      return keysOf(body['changes']) ?? ['*'];
    case 'dossier.transfer':
      return ['holder', ...stringsOf(body['components']).map((code) => `component/${code}`)];
    case 'dossier.attach':
      return [`file/${keyOf(body['file'], 'sha256')}`];
    case 'dossier.detach':
      return [`file/${body['sha256']}`];
    case 'count.record':
    case 'sheet.resolve':
      return entriesOf(body['cells'], (c) => `${c['category']}/${c['measure']}`);
    case 'sheet.approve':
    case 'sheet.return':
    case 'sheet.unlock':
      return ['status'];
    case 'target.set':
      return [
        targetKey({
          category: String(body['category']),
          measure: String(body['measure']),
          from: String(body['from']),
        }),
      ];
    case 'cluster.set':
      return [`cluster/${clusterKey({ cluster: String(body['cluster']), from: String(body['from']) })}`];
    case 'report.print':
      return entriesOf(body['figures'], (f) => `${f['row']}/${f['column']}`);
    case 'report.freeze':
      return [`frozen/${body['id']}`];
    case 'catalogue.correct':
      return entriesOf(body['corrections'], (c) => correctionKey(String(c['key']), String(c['from'])));
    case 'day.close':
      return ['day'];
    default:
      return ['*'];
  }
}

/** A step sets the components that it names and those whose clocks it moves, and the papers that came with it. */
function touchedByAct(body: Event['body']): readonly string[] {
  const act = actBody.safeParse(body);
  if (!act.success) return ['*'];
  const { components, dues, changes, chainDue } = act.data;
  const codes = new Set([...components, ...dues.map((d) => d.code)]);
  return [
    ...[...codes].map((code) => `component/${code}`),
    ...(chainDue === undefined ? [] : ['due']),
    ...Object.keys(changes ?? {}),
  ];
}

type Json = Event['body'][string];

function keysOf(value: Json | undefined): readonly string[] | null {
  return value && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : null;
}

function keyOf(value: Json | undefined, key: string): string {
  return value && typeof value === 'object' && !Array.isArray(value) ? String(value[key]) : '';
}

function stringsOf(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
}

function entriesOf(
  list: Json | undefined,
  name: (entry: Readonly<Record<string, Json>>) => string,
): readonly string[] {
  if (!Array.isArray(list)) return ['*'];
  return list.map((entry) =>
    entry && typeof entry === 'object' && !Array.isArray(entry) ? name(entry) : '',
  );
}
