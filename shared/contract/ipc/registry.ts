/** Every call that the window can make. The union of this object is the allow-list of preload, main and dispatch. */
import { z } from 'zod';
import { subjectKinds } from '../../domain/event.ts';
import { accessIpc } from './access.ts';
import { accountIpc } from './account.ts';
import { attentionIpc } from './attention.ts';
import { backupIpc } from './backup.ts';
import { catalogueIpc } from './catalogue.ts';
import { clusterIpc } from './cluster.ts';
import type { ProblemValue } from './common.ts';
import { countIpc } from './count.ts';
import { courierIpc } from './courier.ts';
import { dayIpc } from './day.ts';
import { dossierIpc } from './dossier.ts';
import { draftIpc } from './draft.ts';
import { fileIpc } from './file.ts';
import type { Contract } from './kinds.ts';
import { machineIpc } from './machine.ts';
import { personIpc } from './person.ts';
import { reportIpc } from './report.ts';
import { retentionIpc } from './retention.ts';
import { sessionIpc } from './session.ts';
import { slipIpc } from './slip.ts';
import { syncIpc, syncState } from './sync.ts';
import { typedIpc } from './typed.ts';
import { updateIpc } from './update.ts';

export const ipc = {
  ...accountIpc,
  ...sessionIpc,
  ...draftIpc,
  ...dossierIpc,
  ...fileIpc,
  ...countIpc,
  ...clusterIpc,
  ...catalogueIpc,
  ...syncIpc,
  ...backupIpc,
  ...retentionIpc,
  ...attentionIpc,
  ...machineIpc,
  ...personIpc,
  ...courierIpc,
  ...reportIpc,
  ...slipIpc,
  ...dayIpc,
  ...typedIpc,
  ...accessIpc,
  ...updateIpc,
} as const satisfies Contract;

export type Ipc = typeof ipc;
export type Method = keyof Ipc;
export type MethodOf<K extends Ipc[Method]['kind']> = {
  [M in Method]: Ipc[M]['kind'] extends K ? M : never;
}[Method];
/** What a handler gets (parsed) and what a caller gives. */
export type Input<M extends Method> = z.output<Ipc[M]['input']>;
export type Output<M extends Method> = z.output<Ipc[M]['output']>;

export function isMethod(name: unknown): name is Method {
  return typeof name === 'string' && Object.hasOwn(ipc, name);
}

/** Failures travel as values: an exception would lose its code on the way. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ProblemValue };

/** What the data process announces. Announcements do not steer: they only say what to read again. */
export const announcements = {
  /** Subject kinds or lists that changed. */
  changed: z.array(
    z.enum([...subjectKinds, 'draft', 'sync', 'session', 'backup', 'account', 'update', 'request']),
  ),
  'sync-state': syncState,
  /** The machine is about to lock (idle, Windows locked, going to sleep): save what is typed, then lock. */
  'lock-asked': z.null(),
  /** Rows of the file that were looked at, of all its rows. */
  'import-progress': z.strictObject({ done: z.int(), all: z.int() }),
  /** Bytes of a scan that came from the city, of all its bytes. */
  'fetch-progress': z.strictObject({ sha256: z.string(), done: z.int(), all: z.int() }),
} as const;
export type Announcement = keyof typeof announcements;
export type AnnouncementBody<A extends Announcement> = z.output<(typeof announcements)[A]>;
export type ChangedKind = AnnouncementBody<'changed'>[number];

/** What preload puts on `window.desk`. */
export interface Bridge {
  invoke(method: string, input: unknown): Promise<unknown>;
  subscribe(announcement: string, listener: (body: unknown) => void): () => void;
}
