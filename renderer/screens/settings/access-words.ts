/** An entry of the access log and what a check found, in words. */
import type { AccessLine } from '../../../shared/contract/ipc/access.ts';
import type { Finding } from '../../../shared/domain/access-chain.ts';
import { isLocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { named, t } from '../../text/text.ts';

export function whoWords({ actor, outcome, subject }: AccessLine): string {
  if (actor) return actor.name;
  return t(outcome === 'refused' || subject?.kind === 'person' ? 'access.stranger' : 'access.machine');
}

export function aboutWords({ subject }: AccessLine): string {
  if (!subject) return '';
  return subject.label || named('access.subject', subject.kind);
}

/** What is not worth a word (an empty one, a nought) is left out. */
export function detailWords({ facts, why }: AccessLine): string {
  const parts = Object.entries(facts).map(([name, value]) => {
    const words = named('access.fact', name);
    if (value === '' || value === 0 || words === name) return '';
    return words.replace('{value}', valueWords(name, value));
  });
  return [...parts, why ?? ''].filter(Boolean).join(' · ');
}

function valueWords(name: string, value: string | number): string {
  if (typeof value === 'number') return showCount(value);
  if (isLocalDate(value)) return showDate(value);
  if (name === 'guard') return named('access.guard', value);
  if (name === 'about') return named('slip', value);
  if (name !== 'paper') return value;
  const page = named('access.paper', value);
  return page === value ? named('slip', value) : page;
}

export function findingWords({ table, row, to, kind }: Finding): string {
  const rows = row === to ? showCount(row) : t('access.rows', { first: showCount(row), last: showCount(to) });
  return `${t(`access.table.${table}`, { rows })}: ${t(`access.found.${kind}`)}`;
}
