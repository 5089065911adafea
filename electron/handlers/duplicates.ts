/** Dossiers and drafts of this machine that may be the same case as the form on the screen: a warning, never a bar. */
import { draftsOf } from '../../db/queries/draft.ts';
import { duplicateCandidates } from '../../db/queries/duplicate.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { duplicateLookups, likeness, type Person } from '../../shared/domain/duplicate.ts';
import { duplicatePerson } from '../../shared/domain/duplicate-person.ts';
import { readForm } from '../../shared/domain/read-form.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { maskNumbersIn } from '../../shared/lib/mask.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';

type Found = Output<'dossier.duplicates'>[number];
const SHOWN = 10;

export function findDuplicates(ctx: ReadCtx, { id, chain, values }: Input<'dossier.duplicates'>): Found[] {
  const today = localTime(ctx.desk.clock.now()).date;
  const person = duplicatePerson(chain, readForm(chain, values, today).form);
  const lookups = duplicateLookups(person);
  if (lookups.length === 0) return [];
  const dossiers = duplicateCandidates(ctx.db, lookups, id).flatMap((other) =>
    found(person, other, { id: other.id, kind: 'dossier', code: other.code, receivedOn: other.receivedOn }),
  );
  return [...dossiers, ...draftsLike(ctx, { id, person, today })].slice(0, SHOWN);
}

function draftsLike(
  { db, identity }: ReadCtx,
  { id, person, today }: { readonly id: string; readonly person: Person; readonly today: string },
): Found[] {
  const drafts = draftsOf(db, requireIdentity(identity).account.id);
  return (
    drafts
      // A draft with marks of a correction belongs to a dossier that is compared already.
      .filter((d) => d.id !== id && d.chain === person.chain && !d.values['$dossier'])
      .flatMap((d) => {
        const other = duplicatePerson(d.chain, readForm(d.chain, declared(d.values), today).form);
        return found(person, other, { id: d.id, kind: 'draft', code: '', receivedOn: '' });
      })
  );
}

function declared(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith('$')));
}

function found(
  person: Person,
  other: Person,
  row: Pick<Found, 'id' | 'kind' | 'code' | 'receivedOn'>,
): Found[] {
  const { kind } = likeness(person, other);
  if (kind === 'none') return [];
  const why = kind === 'twin' ? 'twin' : 'same';
  const [name, relative] = [maskNumbersIn(other.name), maskNumbersIn(other.relative)];
  return [{ ...row, name, date: other.date, other: relative, why }];
}
