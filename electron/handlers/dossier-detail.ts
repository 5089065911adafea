/** One dossier with its components, its law and its history. */

import type { z } from 'zod';
import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { deliveriesOf, deliveryOf } from '../../db/queries/delivery.ts';
import { parseEvent } from '../../db/queries/event.ts';
import { type HistoryRow, historyRows } from '../../db/queries/history.ts';
import { printsOf } from '../../db/queries/print.ts';
import { requireUnpurged } from '../../db/queries/purge.ts';
import { type Catalogue, factOn } from '../../shared/catalogue/law.ts';
import { unitByKey, unitOn } from '../../shared/catalogue/units.ts';
import type { UnitRef } from '../../shared/contract/ipc/common.ts';
import type { DossierDetail, dossierComponent, historyEntry } from '../../shared/contract/ipc/dossier.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { agencyName } from '../../shared/domain/agency.ts';
import { limitVerified } from '../../shared/domain/deadline.ts';
import { actBody, chainOutcome, type Dossier } from '../../shared/domain/dossier.ts';
import { subjectName } from '../../shared/domain/dossier-form.ts';
import type { Event } from '../../shared/domain/event.ts';
import { project } from '../../shared/domain/project.ts';
import { resolveBody } from '../../shared/domain/resolve.ts';
import { mayHandle, transferBody } from '../../shared/domain/transfer.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';
import { unitName } from './dossier-transfer.ts';
import { listedFiles } from './file.ts';
import { effectiveCatalogue } from './law.ts';

type HistoryEntry = z.output<typeof historyEntry>;

export function getDossier({ db, desk, identity }: ReadCtx, { id }: Input<'dossier.get'>): DossierDetail {
  const { subject, revision } = localView(db, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  requireUnpurged(db, id);
  const { office: here, device } = requireIdentity(identity);
  const now = desk.clock.now();
  const today = localTime(now).date;
  const law = effectiveCatalogue({ db, office: here, now });
  const { components, steps, transfers, holder, ...state } = subject.state;
  // A machine with a newer catalogue may have received it under rules that are not known here yet.
  const regime = law.regimes.find((r) => r.id === state.regime);
  const rule = regime?.chains[state.chain];
  return {
    ...state,
    form: { ...state.form },
    revision,
    chainName: rule?.name ?? state.regime,
    procedureCode: (rule && factOn(law, rule.procedure, state.receivedOn)?.value) || null,
    regimeName: regime?.name ?? state.regime,
    officeName: unitOn(state.office, state.receivedOn)?.name ?? state.office,
    commune: refOf(state.commune),
    holder: holder === null ? null : refOf(holder),
    handled: mayHandle(here, subject.state),
    transfers: transfers.map(({ to, receivedBy = '', components: moved, ...transfer }) => ({
      ...{ ...transfer, to: refOf(to), components: [...moved], receivedBy },
    })),
    outcome: chainOutcome(components),
    components: components.map((c) => ({
      ...c,
      ...componentFacts(law, subject.state, { code: c.code, today }),
    })),
    steps: [...steps],
    files: listedFiles(desk, subject.state),
    linked: linkedTo(db, state.form['link.dossier'] ?? ''),
    delivery: must(deliveriesOf(db, 'dossier', [id]).get(id), 'delivery'),
    history: history(historyRows(db, 'dossier', id), device),
    prints: printsOf(db, id).map(({ kind, at }) => ({ kind, at })),
  };
}

function refOf(key: string): UnitRef {
  return { key, code: unitByKey(key)?.code ?? '', name: unitName(key) };
}

type Facts = Pick<z.output<typeof dossierComponent>, 'name' | 'short' | 'agency' | 'result' | 'dueVerified'>;

function componentFacts(
  law: Catalogue,
  dossier: Dossier,
  { code, today }: { readonly code: string; readonly today: string },
): Facts {
  const { regime, chain, receivedOn } = dossier;
  const found = law.regimes
    .find((r) => r.id === regime)
    ?.chains[chain].components.find((c) => c.code === code);
  return {
    name: found?.name ?? code,
    short: found?.short ?? code,
    agency: agencyName(law, dossier, { code, on: today }),
    result: factOn(law, found?.resultFact ?? '', receivedOn)?.value ?? found?.result ?? '',
    dueVerified: found ? limitVerified(found.limit, law, receivedOn) : false,
  };
}

function linkedTo(db: ReadDb, id: string): DossierDetail['linked'] {
  const { subject } = id === '' ? { subject: undefined } : localView(db, 'dossier', id);
  if (subject?.kind !== 'dossier') return null;
  const { code, chain, form } = subject.state;
  return { id, code, chain, name: form[subjectName[chain]] ?? '' };
}

/** Newest first; each entry with what it changed, before and after: form fields, and due days as `due/<code>`. */
function history(rows: readonly HistoryRow[], thisDevice: string): HistoryEntry[] {
  let state: Dossier | undefined;
  const entries = rows.map((row) => {
    const event = parseEvent(row.raw);
    const before = state;
    const after = project(event, before && { kind: 'dossier', state: before });
    state = after?.kind === 'dossier' ? after.state : undefined;
    const step = event.verb === 'dossier.act' ? actBody.safeParse(event.body) : undefined;
    return {
      id: event.id,
      verb: event.verb,
      step: step?.data ?? null,
      at: event.at,
      actorName: event.actor.name,
      deviceIsThis: event.device === thisDevice,
      reason: typeof event.body['reason'] === 'string' ? event.body['reason'] : '',
      transfer: transferOf(event),
      resolves: resolutionOf(event),
      changes: before && state ? changesBetween(before, state) : [],
      delivery: deliveryOf(row),
    };
  });
  return entries.reverse();
}

function transferOf({ verb, body }: Event): HistoryEntry['transfer'] {
  const read = verb === 'dossier.transfer' ? transferBody.safeParse(body) : undefined;
  return read?.success ? { to: unitName(read.data.to), receivedBy: read.data.receivedBy ?? '' } : null;
}

function resolutionOf({ verb, body }: Event): HistoryEntry['resolves'] {
  const read = verb === 'dossier.resolve' ? resolveBody.safeParse(body) : undefined;
  return read?.success ? { event: read.data.event, kept: read.data.kept } : null;
}

function changesBetween(before: Dossier, after: Dossier): HistoryEntry['changes'] {
  const [old, now] = [facts(before), facts(after)];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((f) => old[f] !== now[f]);
  return fields.map((field) => ({ field, before: old[field] ?? '', after: now[field] ?? '' }));
}

function facts({ form, components, due }: Dossier): Readonly<Record<string, string>> {
  const dues = components.map((c) => [`due/${c.code}`, c.due ?? '']);
  const states = components.map((c) => [`component/${c.code}`, c.state]);
  return { ...form, ...Object.fromEntries([...dues, ...states]), due: due ?? '' };
}
