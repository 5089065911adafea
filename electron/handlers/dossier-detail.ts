/** One dossier with its components, its law and its history. */

import type { z } from 'zod';
import { localView } from '../../db/local-view.ts';
import { deliveriesOf, deliveryOf } from '../../db/queries/delivery.ts';
import { parseEvent } from '../../db/queries/event.ts';
import { type HistoryRow, historyRows } from '../../db/queries/history.ts';
import { type ChainRule, regimes } from '../../shared/catalogue/regimes.ts';
import { unitByKey } from '../../shared/catalogue/units.ts';
import type { DossierDetail, historyEntry } from '../../shared/contract/ipc/dossier.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { chainOutcome, type Dossier } from '../../shared/domain/dossier.ts';
import { project } from '../../shared/domain/project.ts';
import { must } from '../../shared/lib/must.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';

type HistoryEntry = z.output<typeof historyEntry>;

export function getDossier({ db, identity }: ReadCtx, { id }: Input<'dossier.get'>): DossierDetail {
  const { subject, revision } = localView(db, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  const { regime: regimeId, commune, components, ...state } = subject.state;
  // A machine with a newer catalogue may have received it under rules that are not known here yet.
  const regime = regimes.find((r) => r.id === regimeId);
  const rule = regime?.chains[state.chain];
  const unit = unitByKey(commune);
  return {
    ...state,
    form: { ...state.form },
    revision,
    chainName: rule?.name ?? regimeId,
    procedureCode: rule?.procedureCode ?? null,
    regimeName: regime?.name ?? regimeId,
    commune: { key: commune, code: unit?.code ?? '', name: unit?.name ?? commune },
    outcome: chainOutcome(components),
    components: components.map((c) => ({ ...c, ...componentFacts(rule, c.code) })),
    delivery: must(deliveriesOf(db, 'dossier', [id]).get(id), 'delivery'),
    history: history(historyRows(db, 'dossier', id), requireIdentity(identity).device),
  };
}

function componentFacts(
  rule: ChainRule | undefined,
  code: string,
): { name: string; agency: string; dueVerified: boolean } {
  const found = rule?.components.find((c) => c.code === code);
  return {
    name: found?.name ?? code,
    agency: found?.agency ?? '',
    dueVerified: found?.limit.verified ?? false,
  };
}

/** Newest first; each entry with what it changed, before and after: form fields, and components as `component/<code>`. */
function history(rows: readonly HistoryRow[], thisDevice: string): HistoryEntry[] {
  let state: Dossier | undefined;
  const entries = rows.map((row) => {
    const event = parseEvent(row.raw);
    const before = state;
    const after = project(event, before && { kind: 'dossier', state: before });
    state = after?.kind === 'dossier' ? after.state : undefined;
    return {
      id: event.id,
      verb: event.verb,
      at: event.at,
      actorName: event.actor.name,
      deviceIsThis: event.device === thisDevice,
      reason: typeof event.body.reason === 'string' ? event.body.reason : '',
      changes: before && state ? changesBetween(before, state) : [],
      delivery: deliveryOf(row),
    };
  });
  return entries.reverse();
}

function changesBetween(before: Dossier, after: Dossier): HistoryEntry['changes'] {
  const [old, now] = [facts(before), facts(after)];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((f) => old[f] !== now[f]);
  return fields.map((field) => ({ field, before: old[field] ?? '', after: now[field] ?? '' }));
}

function facts({ form, components }: Dossier): Readonly<Record<string, string>> {
  return { ...form, ...Object.fromEntries(components.map((c) => [`component/${c.code}`, c.outcome])) };
}
