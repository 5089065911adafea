/** What a person has to do about what came back, by its code: the same for every item of a card. */
import type { AttentionCard } from '../../../shared/contract/ipc/attention.ts';
import type { SyncItem } from '../../../shared/contract/ipc/sync.ts';
import { isProblemCode } from '../../../shared/problem.ts';
import { named, t } from '../../text/text.ts';

export const cares = ['mend', 'choose', 'ask', 'support', 'wait'] as const;
/** Mend it here, choose a version, ask somebody with the right, call for support, or wait. */
export type Care = (typeof cares)[number];

type What = Pick<AttentionCard, 'state' | 'code'>;

/** What no typing mends: the program itself, or the machine's place, is at fault. */
const FOR_SUPPORT: ReadonlySet<string> = new Set(['', 'EVENT_BODY_INVALID', 'EVENT_WRONG_OFFICE']);
/** What the city keeps until a person there looks at it: waiting alone moves nothing. */
const KEPT_FOR_PERSON = 'DEVICE_REVOKED';

export function careOf({ state, code }: What): Care {
  if (state === 'held') return code === KEPT_FOR_PERSON ? 'support' : 'wait';
  if (state === 'conflict') return 'choose';
  if (code === 'FORBIDDEN') return 'ask';
  return FOR_SUPPORT.has(code) || !isProblemCode(code) ? 'support' : 'mend';
}

/** What needs a hand first; within one kind the most frequent first, as they come. */
export function inOrder(cards: readonly AttentionCard[]): readonly AttentionCard[] {
  return cards.toSorted((a, b) => cares.indexOf(careOf(a)) - cares.indexOf(careOf(b)));
}

export function todoWords(what: What): string {
  const care = careOf(what);
  const own = named(`attention.todo.${care}`, what.code);
  return own === what.code ? t(`attention.todo.${care}`) : own;
}

/** A step is recorded again on the page of its dossier, everything else is mended in its form, its cell, its row. */
export function isMendedInForm({ verb }: Pick<SyncItem, 'verb'>): boolean {
  return verb === 'dossier.receive' || verb === 'dossier.correct';
}

/** Only dossiers and sheets have two versions that can be laid side by side. */
export function hasVersions({ subject, delivery }: Pick<SyncItem, 'subject' | 'delivery'>): boolean {
  return delivery.state === 'conflict' && (subject.kind === 'dossier' || subject.kind === 'sheet');
}
