/** Scans of a dossier: taken in, attached and taken off, read and saved. */
import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { FileStore } from '../../db/file-seal.ts';
import { keepFile, readFile } from '../../db/file-store.ts';
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { fileKeyOf, logSaved, noteFile } from '../../db/queries/file.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import {
  type AttachedFile,
  FILE_MAX_BYTES,
  type FileRef,
  fileName,
  fileTypeOf,
  isPaper,
} from '../../shared/domain/attached-file.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import { takesNotes } from '../../shared/domain/read-only.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type Desk, requireIdentity, type TaskCtx, type WriteCtx } from '../context.ts';
import { requireHandling } from './dossier-transfer.ts';
import { isHere, takenIn } from './scan-kept.ts';

const PART = 256 * 1024;
const MAX_MB = FILE_MAX_BYTES / 1024 / 1024;

function storeOf({ db, settings }: Desk): FileStore {
  return { folder: settings.dataFolder, key: fileKeyOf(db) };
}

export async function keepChosen(ctx: TaskCtx, { place }: Input<'file.keep'>): Promise<Output<'file.keep'>> {
  requireIdentity(ctx.identity);
  const handle = await open(place, 'r').catch((error: NodeJS.ErrnoException) =>
    fail('SCAN_UNREADABLE', { code: error.code ?? '?' }),
  );
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) fail('SCAN_UNREADABLE', { code: 'EISDIR' });
    // Before anything is read of it: a wrong choice may be many gigabytes.
    if (stat.size > FILE_MAX_BYTES) fail('SCAN_TOO_LARGE', { max: MAX_MB });
    const parts = handle.createReadStream({ highWaterMark: PART, autoClose: false });
    return await keep(ctx, parts, place);
  } finally {
    await handle.close();
  }
}

export async function keepDropped(
  ctx: TaskCtx,
  { name, bytes }: Input<'file.take'>,
): Promise<Output<'file.take'>> {
  requireIdentity(ctx.identity);
  if (bytes.byteLength > FILE_MAX_BYTES) fail('SCAN_TOO_LARGE', { max: MAX_MB });
  return keep(ctx, [bytes], name);
}

async function keep(
  { desk, db }: TaskCtx,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  given: string,
): Promise<Output<'file.keep'>> {
  const kept = await keepFile(storeOf(desk), source);
  inTransaction(db, (tx) => noteFile(tx, kept, 'kept'));
  return { ...kept, name: fileName(given, kept.type) };
}

export function attachFile(ctx: WriteCtx, input: Input<'dossier.attach'>): Output<'dossier.attach'> {
  const { id, sha256, name, paper } = input;
  const { state, base, revision } = openDossier(ctx, id);
  if (paper !== null && !isPaper(state.chain, paper)) fail('CHOICE_UNKNOWN', { field: 'paper' });
  if (state.files.some((f) => f.sha256 === sha256)) fail('SCAN_ATTACHED');
  const file = takenIn(ctx, { sha256, name });
  const body = bodyOf({ file, paper, note: cleanText(input.note) });
  ctx.record({ verb: 'dossier.attach', subject: { kind: 'dossier', id }, base, body });
  return { revision: revision + 1 };
}

export function detachFile(
  ctx: WriteCtx,
  { id, sha256, reason: said }: Input<'dossier.detach'>,
): Output<'dossier.detach'> {
  const { state, base, revision } = openDossier(ctx, id);
  const reason = cleanText(said);
  if (reason === '') fail('REASON_REQUIRED');
  if (!state.files.some((f) => f.sha256 === sha256)) fail('SCAN_NOT_ATTACHED');
  ctx.record({
    verb: 'dossier.detach',
    subject: { kind: 'dossier', id },
    base,
    body: { sha256, reason },
  });
  return { revision: revision + 1 };
}

function openDossier(ctx: WriteCtx, id: string) {
  const { subject, revision, base, receptionReturned } = localView(ctx.tx, 'dossier', id);
  if (subject?.kind !== 'dossier') return fail('DOSSIER_NOT_FOUND');
  if (receptionReturned) fail('DOSSIER_RETURNED');
  requireHandling(ctx, subject.state);
  return { state: subject.state, revision, base };
}

/** The scans of a dossier as its page lists them; `here`: the content stands on this machine. */
export function listedFiles(desk: Desk, { files }: Dossier): (AttachedFile & { readonly here: boolean })[] {
  return files.map((f) => ({ ...f, here: isHere(desk, f.sha256) }));
}

export async function readScan(
  { desk, db }: TaskCtx,
  { id, sha256 }: Input<'file.read'>,
): Promise<Output<'file.read'>> {
  const { name, type, size } = shownBy(db, id, sha256);
  const parts: Buffer[] = [];
  for await (const part of readFile(storeOf(desk), sha256)) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (bytes.length !== size || fileTypeOf(bytes) !== type) fail('SCAN_DAMAGED');
  // An event of another machine may call it by a path or a program's ending.
  return { name: fileName(name, type), type, bytes };
}

export async function fetchScan(
  { desk, db, sync, changed }: TaskCtx,
  { id, sha256 }: Input<'file.fetch'>,
): Promise<null> {
  const { size, type } = shownBy(db, id, sha256);
  if (isHere(desk, sha256)) return null;
  await sync.scans.fetch({ sha256, size, type });
  inTransaction(db, (tx) => noteFile(tx, { sha256, size, type }, 'fetched'));
  changed(kindOf(id));
  return null;
}

export async function cancelFetch({ sync }: TaskCtx): Promise<null> {
  await sync.scans.cancel();
  return null;
}

/** Dossiers have random ids, sheets such as say what they are of. */
export function kindOf(owner: string): 'dossier' | 'sheet' {
  return z.uuid().safeParse(owner).success ? 'dossier' : 'sheet';
}

/** The file as its dossier or sheet names it. Fails with DOSSIER_NOT_FOUND, SCAN_NOT_ATTACHED. */
function shownBy(db: ReadDb, owner: string, sha256: string): FileRef {
  const { subject } = localView(db, kindOf(owner), owner);
  if (kindOf(owner) === 'dossier' && !subject) fail('DOSSIER_NOT_FOUND');
  const files =
    subject?.kind === 'dossier'
      ? subject.state.files
      : subject?.kind === 'sheet'
        ? Object.values(subject.state.notes).flatMap((note) => note.file ?? [])
        : [];
  return files.find((f) => f.sha256 === sha256) ?? fail('SCAN_NOT_ATTACHED');
}

export async function logSavedScan(
  { desk, db, identity }: TaskCtx,
  { id, sha256 }: Input<'file.log'>,
): Promise<null> {
  const actor = requireIdentity(identity).account.id;
  const at = new Date(desk.clock.now()).toISOString();
  const facts = { scan: sha256.slice(0, 12) };
  const deed = { action: 'file.log', subject: { kind: kindOf(id), id }, facts } as const;
  if (!takesNotes(desk.readOnly())) {
    desk.access.note(deed);
    return null;
  }
  inTransaction(db, (tx) => {
    logSaved(tx, { dossierId: id, sha256, at, actor });
    desk.access.within(tx, deed);
  });
  return null;
}
