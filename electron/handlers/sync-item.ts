/** An event as a clerk recognises it in a list: whose, of which day, what it wrote, what the city says of it. */
import { z } from 'zod';
import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { deliveryOf, type ItemRow } from '../../db/queries/delivery.ts';
import { parseEvent } from '../../db/queries/event.ts';
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import { findCategory } from '../../shared/catalogue/categories.ts';
import { findReportDef } from '../../shared/catalogue/report-defs.ts';
import { unitByKey, unitOn } from '../../shared/catalogue/units.ts';
import type { SyncItem } from '../../shared/contract/ipc/sync.ts';
import { clusterBody } from '../../shared/domain/cluster.ts';
import { subjectName } from '../../shared/domain/dossier-form.ts';
import type { Event } from '../../shared/domain/event.ts';
import { printedBody } from '../../shared/domain/report-record.ts';
import { settingBody } from '../../shared/domain/setting.ts';
import { type CountCell, countCell, sheetBody } from '../../shared/domain/sheet.ts';
import { targetBody } from '../../shared/domain/target.ts';
import { showDate } from '../../shared/lib/local-date.ts';
import { maskNumbersIn } from '../../shared/lib/mask.ts';
import { isProblemCode, problemSentence } from '../../shared/problem.ts';

export function toItem(db: ReadDb, row: ItemRow): SyncItem {
  const event = parseEvent(row.raw);
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
    sentence: sentenceOf(row, event),
  };
}

function sentenceOf({ code, field }: ItemRow, { verb, actor }: Event): string | null {
  if (!code || !isProblemCode(code)) return null;
  const named = { field: field ?? '', fields: field ?? '' };
  return problemSentence(code, { ...named, code: '', date: '', unit: 'nơi khác', verb, role: actor.role });
}

/** How a clerk recognises an event: the child's or the deceased's name, or the unit and its date. */
interface Description {
  readonly title: string;
  readonly code: string;
  readonly asOf: string | null;
  readonly cells: CountCell[];
}
const plain = (title: string): Description => ({ title, code: '', asOf: null, cells: [] });

export function describe(db: ReadDb, event: Event): Description {
  switch (event.subject.kind) {
    case 'sheet':
      return sheetWords(event);
    case 'setting':
      return plain(event.verb === 'cluster.set' ? clusterWords(event) : correctedRows(event));
    case 'target':
      return plain(targetWords(event));
    case 'report':
      return plain(reportWords(event));
    case 'day':
      return plain(showDate(event.subject.id.split('/')[2] ?? ''));
    case 'dossier':
      return dossierWords(db, event.subject.id);
    default:
      return plain('');
  }
}

/** Of any verb of a sheet; steps have no figures. */
const sheetWordsBody = sheetBody
  .pick({ unit: true, asOf: true })
  .extend({ cells: z.array(countCell).default([]) });

function sheetWords({ subject, body }: Event): Description {
  const read = sheetWordsBody.safeParse(body);
  if (!read.success) return plain(subject.id);
  const { unit: key, asOf, cells } = read.data;
  const unit = unitByKey(key);
  return { title: `${unit?.name ?? key} · ${showDate(asOf)}`, code: unit?.code ?? '', asOf, cells };
}

function dossierWords(db: ReadDb, id: string): Description {
  const { subject } = localView(db, 'dossier', id);
  if (subject?.kind !== 'dossier') return plain('');
  const { form, chain, code } = subject.state;
  return { title: maskNumbersIn(form[subjectName[chain]] ?? ''), code, asOf: null, cells: [] };
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

function clusterWords({ subject, body }: Event): string {
  const read = clusterBody.safeParse(body);
  return read.success ? read.data.name : subject.id;
}

function targetWords({ subject, body }: Event): string {
  const read = targetBody.safeParse(body);
  if (!read.success) return subject.id;
  const { unit, category, from } = read.data;
  return `${unitOn(unit, from)?.name ?? unit} · ${findCategory(category)?.name ?? category}`;
}

/** Of both verbs of a report. */
const reportWordsBody = printedBody.pick({ report: true, to: true });

function reportWords({ subject, body }: Event): string {
  const read = reportWordsBody.safeParse(body);
  if (!read.success) return subject.id;
  const { report, to } = read.data;
  return `${findReportDef(report)?.title ?? report} · ${showDate(to)}`;
}
