/** Sending as the window sees it: state, lists, receipts. */
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { deliveryOf, itemRows, receiptById, receiptRows } from '../../db/queries/delivery.ts';
import { eventsByIds, parseEvent } from '../../db/queries/event.ts';
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import { unitByKey } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { receipt as receiptSchema } from '../../shared/contract/sync/messages.ts';
import { subjectName } from '../../shared/domain/dossier-form.ts';
import type { Event } from '../../shared/domain/event.ts';
import { settingBody } from '../../shared/domain/setting.ts';
import { type CountCell, countCell, sheetBody } from '../../shared/domain/sheet.ts';
import { showDate } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { fail, isProblemCode, problemSentence } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';

export function getState({ sync }: ReadCtx): Output<'sync.state'> {
  return sync.state();
}

export function runSync({ sync }: TaskCtx): Promise<Output<'sync.run'>> {
  return sync.run();
}

export function cancelSync({ sync }: TaskCtx): null {
  sync.cancel();
  return null;
}

export function listItems(
  { db, identity }: ReadCtx,
  { list, before }: Input<'sync.items'>,
): Output<'sync.items'> {
  requireIdentity(identity);
  const rows = itemRows(db, list, before);
  const items = rows.map((row) => {
    const event = parseEvent(row.raw);
    const sentence =
      row.code && isProblemCode(row.code)
        ? problemSentence(row.code, {
            field: row.field ?? '',
            fields: row.field ?? '',
            code: '',
            date: '',
            unit: 'nơi khác',
            verb: event.verb,
            role: event.actor.role,
          })
        : null;
    const { title, code, asOf, cells } = describe(db, event);
    return {
      eventId: event.id,
      verb: event.verb,
      title,
      code,
      asOf,
      cells,
      subject: { ...event.subject },
      at: event.at,
      bytes: Buffer.byteLength(row.raw),
      delivery: deliveryOf({ ...row, at: row.deliveredAt }),
      sentence,
    };
  });
  return { items, next: rows.length === 100 ? must(rows.at(-1), 'last row').n : null };
}

/** How a clerk recognises an event: the child's or the deceased's name, or the unit and its date. */
interface Description {
  readonly title: string;
  readonly code: string;
  readonly asOf: string | null;
  readonly cells: CountCell[];
}

/** Of any verb of a sheet; steps have no figures. */
const sheetWords = sheetBody
  .pick({ unit: true, asOf: true })
  .extend({ cells: z.array(countCell).default([]) });

function describe(db: ReadDb, event: Event): Description {
  if (event.subject.kind === 'sheet') {
    const body = sheetWords.safeParse(event.body);
    if (!body.success) return { title: event.subject.id, code: '', asOf: null, cells: [] };
    const unit = unitByKey(body.data.unit);
    return {
      title: `${unit?.name ?? body.data.unit} · ${showDate(body.data.asOf)}`,
      code: unit?.code ?? '',
      asOf: body.data.asOf,
      cells: body.data.cells,
    };
  }
  if (event.subject.kind === 'day') {
    const [, , day = ''] = event.subject.id.split('/');
    return { title: showDate(day), code: '', asOf: null, cells: [] };
  }
  if (event.subject.kind === 'setting')
    return { title: correctedRows(event), code: '', asOf: null, cells: [] };
  const { subject } = localView(db, 'dossier', event.subject.id);
  if (subject?.kind !== 'dossier') return { title: '', code: '', asOf: null, cells: [] };
  return {
    title: subject.state.form[subjectName[subject.state.chain]] ?? '',
    code: subject.state.code,
    asOf: null,
    cells: [],
  };
}

/** The rows that a correction of the catalogue names: facts by their names, days by their dates. */
function correctedRows({ subject, body }: Event): string {
  const read = settingBody.safeParse(body);
  if (!read.success) return subject.id;
  const names = read.data.corrections.map(
    ({ key, from }) => catalogue.facts.find((f) => f.key === key)?.name ?? showDate(from),
  );
  return [...new Set(names)].join(', ');
}

type ReceiptRow = Output<'receipt.list'>[number];
const toRow = (row: Omit<ReceiptRow, 'short'>): ReceiptRow => ({
  ...row,
  short: row.id.slice(0, 8).toUpperCase(),
});

export function listReceipts({ db, identity }: ReadCtx): Output<'receipt.list'> {
  requireIdentity(identity);
  return receiptRows(db).map(toRow);
}

export function getReceipt({ db, identity }: ReadCtx, { id }: Input<'receipt.get'>): Output<'receipt.get'> {
  const owner = requireIdentity(identity);
  const stored = receiptById(db, id) ?? fail('INPUT_INVALID', { where: 'receipt.get', detail: 'id' });
  // Verified when it was stored; here it is only read.
  const { verdicts, hub: _, ...content } = receiptSchema.parse(decodeJwt(stored.jws));
  const events = eventsByIds(
    db,
    verdicts.map((v) => v.id),
  ).map((row) => parseEvent(row.raw));
  const byId = new Map(events.map((e) => [e.id, e]));
  const accepted = verdicts.filter((v) => v.kind === 'accepted' || v.kind === 'merged').length;
  return {
    row: toRow({
      id,
      at: stored.at,
      from: content.from,
      to: content.to,
      accepted,
      returned: verdicts.length - accepted,
    }),
    jws: stored.jws,
    publicKey: JSON.stringify(owner.cityKey),
    lines: verdicts.map((v) => {
      const event = byId.get(v.id);
      const { title, code } = event ? describe(db, event) : { title: '', code: '' };
      return { seq: v.seq, verb: event?.verb ?? '', title, code, verdict: v.kind };
    }),
  };
}
