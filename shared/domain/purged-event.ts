/**
 * What stays of an event of a dossier once its people were taken off this machine: its place in the chain, its hash, who wrote it and
 * when, and what the figures of past reports are made from. By allow-list: a field that nobody named here goes.
 */
import { canonicalJson } from '../lib/canonical-json.ts';
import { isForeign } from './case-facts.ts';
import type { Event } from './event.ts';

type Body = Event['body'];
type Json = Body[string];

/** Stands where a text is asked for. */
const GONE = 'đã xóa khỏi máy';
const FOREIGN = 'nước ngoài';

/** Of the record of a dossier: states of papers, the official code (people look a dossier up by it), what names the agency of a component. */
function keptText(key: string, text: Json): Json | undefined {
  if (typeof text !== 'string') return undefined;
  if (/^paper\.[^.]+$/.test(key) || key === 'code.official' || key === 'funeral.group') return text;
  // Which country is nobody's business any more; that it is another one decides who was in charge.
  return key.endsWith('.nationality') && isForeign(text) ? FOREIGN : undefined;
}

function keptForm(form: Json | undefined): Body {
  if (!form || typeof form !== 'object' || Array.isArray(form)) return {};
  return Object.fromEntries(
    Object.entries(form).flatMap(([key, text]) => {
      const kept = keptText(key, text);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

const KEPT: Readonly<Record<string, readonly string[]>> = {
  'dossier.receive': [
    ...['code', 'chain', 'regime', 'receivedOn', 'receivedTime', 'channel', 'commune', 'components', 'due'],
    'synthetic',
  ],
  'dossier.correct': ['added'],
  'dossier.annotate': [],
  'dossier.act': [
    ...[
      'action',
      'components',
      'on',
      'time',
      'dues',
      'chainDue',
      'reasonCode',
      'papers',
      'until',
      'obstacle',
    ],
  ],
  'dossier.resolve': ['event', 'kept', 'added'],
  'dossier.transfer': ['to', 'components', 'on'],
};
const REASONED = ['dossier.correct', 'dossier.resolve', 'dossier.transfer'];

/** What is left of an event is all that may be left of it. */
export function isPurged(event: Event, raw: string): boolean {
  return canonicalJson(purgedEvent(event)) === raw;
}

/** The same again changes nothing. Verbs that are not named above (scans, what a newer program wrote) keep no body. */
export function purgedEvent(event: Event): Event {
  const { verb, body } = event;
  const kept = KEPT[verb];
  if (!kept) return { ...event, body: {} };
  const rest = Object.fromEntries(kept.flatMap((key) => (key in body ? [[key, body[key] as Json]] : [])));
  return {
    ...event,
    body: {
      ...rest,
      ...('form' in body && { form: keptForm(body['form']) }),
      ...('changes' in body && { changes: keptForm(body['changes']) }),
      ...(verb === 'dossier.resolve' && { fields: {} }),
      ...(REASONED.includes(verb) && { reason: GONE }),
    },
  };
}
