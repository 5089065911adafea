/**
 * Scans of papers attached to a dossier, or to a figure as its evidence. An event names a file by its content (SHA-256); the content itself travels beside the
 * events and stands encrypted outside the main data file.
 */
import { z } from 'zod';
import type { ChainCode } from '../catalogue/law.ts';
import { fieldRule, MAX_TEXT } from './dossier-form.ts';
import type { Event } from './event.ts';

export const FILE_MAX_BYTES = 20 * 1024 * 1024;
const MAX_NAME = 120;

export const fileTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const;
export type FileType = (typeof fileTypes)[number];

export const fileHash = z.string().regex(/^[0-9a-f]{64}$/);

/** A file as an event names it. */
export const fileRef = z.object({
  sha256: fileHash,
  name: z.string().min(1).max(MAX_NAME),
  /** Bytes. */
  size: z.int().min(1).max(FILE_MAX_BYTES),
  type: z.enum(fileTypes),
});
export type FileRef = z.infer<typeof fileRef>;

/** Body of `dossier.attach`; `paper` = code of the required paper that it shows, null = none of them. */
export const attachBody = z.object({
  file: fileRef,
  paper: z.string().min(1).max(60).nullable(),
  note: z.string().max(MAX_TEXT),
});
/** Body of `dossier.detach`: the dossier no longer shows the file; what was sent stays with the city. */
export const detachBody = z.object({ sha256: fileHash, reason: z.string().min(1).max(MAX_TEXT) });

/** A scan as its dossier shows it. */
export const attachedFile = fileRef.extend({
  paper: z.string().nullable(),
  note: z.string(),
  /** Device clock of the event, ISO 8601 UTC. */
  at: z.string(),
  /** Who attached it. */
  by: z.string(),
});
export type AttachedFile = z.infer<typeof attachedFile>;

/** The scans of a dossier after one more event on them; one that is attached again stands once. */
export function filesAfter(
  before: readonly AttachedFile[],
  { verb, body, at, actor }: Event,
): readonly AttachedFile[] {
  if (verb === 'dossier.detach') {
    const { sha256 } = detachBody.parse(body);
    return before.filter((f) => f.sha256 !== sha256);
  }
  const { file, paper, note } = attachBody.parse(body);
  return [...before.filter((f) => f.sha256 !== file.sha256), { ...file, paper, note, at, by: actor.name }];
}

/** SHA-256 of the file that an event has to wait for; null = none: a figure counts at once, its evidence may come later. */
export function fileOf({ verb, body }: Pick<Event, 'verb' | 'body'>): string | null {
  const read = verb === 'dossier.attach' ? attachBody.safeParse(body) : undefined;
  return read?.success ? read.data.file.sha256 : null;
}

/** Whether a chain asks for this paper. */
export function isPaper(chain: ChainCode, code: string): boolean {
  return fieldRule(chain, `paper.${code}`) !== undefined;
}

const signatures: readonly (readonly [type: FileType, bytes: readonly number[]])[] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** What a file is by its first bytes, whatever its name says; null = none of the kinds that are taken. */
export function fileTypeOf(head: Uint8Array): FileType | null {
  return signatures.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte))?.[0] ?? null;
}

const endings: Readonly<Record<FileType, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'application/pdf': '.pdf',
};

/** Names of devices, which Windows opens instead of a file, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

/** The name as it is shown and offered for saving: no folder, no control characters, no device, the ending of its content. */
export function fileName(given: string, type: FileType): string {
  const base = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const stem = base
    .replace(/\.[^.]{1,5}$/, '')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const ending = endings[type];
  const name = DEVICE.test(stem) ? `tep-quet-${stem}` : stem || 'tep-quet';
  return `${[...name]
    .slice(0, 60)
    .join('')
    .replace(/[. ]+$/, '')}${ending}`;
}
