/** Pages that prove what the city signed for: one receipt, all receipts of one dossier. */
import { localView } from '../../db/local-view.ts';
import { deliveryOf } from '../../db/queries/delivery.ts';
import { parseEvent } from '../../db/queries/event.ts';
import { type HistoryRow, historyRows } from '../../db/queries/history.ts';
import { receiptTexts } from '../../db/queries/receipt-list.ts';
import { sha256 } from '../../db/write.ts';
import { unitOn } from '../../shared/catalogue/units.ts';
import type { Proof } from '../../shared/contract/ipc/attention.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { actBody } from '../../shared/domain/dossier.ts';
import { subjectName } from '../../shared/domain/dossier-form.ts';
import { isLocalDate, localTime } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';
import { getFigures } from './day.ts';
import { effectiveCatalogue } from './law.ts';
import { getReceipt } from './sync.ts';

export function getProof(ctx: ReadCtx, { kind, id }: Input<'proof.get'>): Output<'proof.get'> {
  switch (kind) {
    case 'receipt':
      return receiptProof(ctx, id);
    case 'dossier':
      return dossierProof(ctx, id);
    case 'day':
      return dayProof(ctx, id);
  }
}

function placeOf({ desk, identity }: ReadCtx): Proof['place'] {
  const { office, no, name, account } = requireIdentity(identity);
  const madeOn = localTime(desk.clock.now()).date;
  return {
    office: unitOn(office, madeOn)?.name ?? office,
    machine: `${no} · ${name}`,
    madeOn,
    by: account.name,
  };
}

function receiptProof(ctx: ReadCtx, id: string): Proof {
  const { row, jws, lines } = getReceipt(ctx, { id });
  const { at, from, to, accepted, returned } = row;
  return {
    kind: 'receipt',
    place: placeOf(ctx),
    receipt: { id, at, hash: sha256(jws), from, to, accepted, returned },
    lines,
  };
}

function dayProof(ctx: ReadCtx, id: string): Proof {
  const day = isLocalDate(id) ? id : fail('INPUT_INVALID', { where: 'proof.get', detail: 'id' });
  return { kind: 'day', place: placeOf(ctx), day: getFigures(ctx, { day }) };
}

function dossierProof(ctx: ReadCtx, id: string): Proof {
  const { db, desk, identity } = ctx;
  const { subject } = localView(db, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  const { code, chain, regime, form } = subject.state;
  const { office, device } = requireIdentity(identity);
  const law = effectiveCatalogue({ db, office, now: desk.clock.now() });
  const rows = historyRows(db, 'dossier', id);
  const named = rows.flatMap((row) => (row.receiptId === null ? [] : [row.receiptId]));
  const receipts = new Map(
    receiptTexts(db, named).map((r) => [r.id, { id: r.id, at: r.at, hash: sha256(r.jws) }]),
  );
  return {
    kind: 'dossier',
    place: placeOf(ctx),
    code,
    officialCode: form['code.official'] ?? '',
    chainName: law.regimes.find((r) => r.id === regime)?.chains[chain].name ?? regime,
    name: form[subjectName[chain]] ?? '',
    events: rows.map((row) => lineOf(row, device, receipts.get(row.receiptId ?? '') ?? null)),
  };
}

type Lines = Extract<Proof, { kind: 'dossier' }>['events'];

function lineOf(row: HistoryRow, device: string, receipt: Lines[number]['receipt']): Lines[number] {
  const event = parseEvent(row.raw);
  const step = event.verb === 'dossier.act' ? actBody.safeParse(event.body) : undefined;
  return {
    at: event.at,
    verb: event.verb,
    action: step?.data?.action ?? '',
    by: event.actor.name,
    here: event.device === device,
    delivery: deliveryOf(row),
    receipt,
  };
}
