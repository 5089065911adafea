/**
 * Scans of a dossier, or of a cell of a sheet: taken in (from a dialog of the main process, or dropped on the window), attached and taken off by events, read
 * for the window's own protocol, saved where the clerk says. Paths never come from, or go to, the window.
 */
import { z } from 'zod';
import { FILE_MAX_BYTES, fileHash, fileTypes } from '../../domain/attached-file.ts';
import { emptyInput } from './common.ts';
import { guard, savedFile } from './export.ts';

const kept = z.strictObject({
  sha256: fileHash,
  name: z.string(),
  size: z.int(),
  type: z.enum(fileTypes),
});
/** A dossier or a sheet that shows the file. */
const ofOwner = z.strictObject({ id: z.string().min(1).max(120), sha256: fileHash });
const ofDossier = z.strictObject({ id: z.uuid(), sha256: fileHash });
const text = z.string().max(300);
const sum = { count: z.int(), bytes: z.int() };

export const fileIpc = {
  /** Asks which file and takes it in; null where none was chosen. */
  'file.choose': { kind: 'shell', input: emptyInput, output: kept.nullable() },
  'file.keep': {
    kind: 'inner',
    input: z.strictObject({ place: z.string().min(1).max(4_000) }),
    output: kept,
  },
  /** A file that was dropped on the window. */
  'file.take': {
    kind: 'task',
    input: z.strictObject({
      name: z.string().max(300),
      bytes: z.instanceof(Uint8Array).refine((b) => b.byteLength <= 2 * FILE_MAX_BYTES),
    }),
    output: kept,
  },
  /** A file that was taken in becomes part of the dossier; `paper` = which required paper it shows. */
  'dossier.attach': {
    kind: 'write',
    input: ofDossier.extend({ name: text, paper: z.string().min(1).max(60).nullable(), note: text }),
    output: z.strictObject({ revision: z.int() }),
  },
  'dossier.detach': {
    kind: 'write',
    input: ofDossier.extend({ reason: text }),
    output: z.strictObject({ revision: z.int() }),
  },
  /** The content, for the window's own protocol and for saving. */
  'file.read': {
    kind: 'inner',
    input: ofOwner,
    output: z.strictObject({ name: z.string(), type: z.enum(fileTypes), bytes: z.instanceof(Uint8Array) }),
  },
  /** Brings the content of a scan that another machine attached to this one; `fetch-progress` says how far it is. */
  'file.fetch': { kind: 'task', input: ofOwner, output: z.null() },
  'file.cancel-fetch': { kind: 'task', input: emptyInput, output: z.null() },
  /** Scans on this machine; `freeable`: those that the city holds and that can be fetched again. */
  'file.storage': {
    kind: 'read',
    input: emptyInput,
    output: z.strictObject({ ...sum, freeable: z.strictObject(sum) }),
  },
  /** Removes the contents of the freeable ones from this machine; answers how many. */
  'file.free': { kind: 'task', input: emptyInput, output: z.strictObject(sum) },
  'file.save': { kind: 'shell', input: ofOwner.extend({ guard }), output: savedFile },
  /** Notes that a scan left the book: said by the shell after the file is written. */
  'file.log': { kind: 'inner', input: ofOwner, output: z.null() },
} as const;
