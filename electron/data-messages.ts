/** What main and the data process say to each other. */
import type { ProblemValue } from '../shared/contract/ipc/common.ts';
import type { Announcement, Reply } from '../shared/contract/ipc/registry.ts';

export interface DataProcessOptions {
  readonly folder: string;
  readonly migrationsFolder: string;
  readonly version: string;
  readonly cityUrl: string;
  readonly cityUrlForced: boolean;
  readonly demo: boolean;
  /** How the operating system starts this program: the program, and what must follow it. */
  readonly program: readonly string[];
  readonly enrolCode: string | null;
  /** A password from outside the window (standard input of a run without one, or a test), and whose where there are several. */
  readonly given: { readonly password: string; readonly name: string | null } | null;
  /** Test clock, epoch ms; never in a packaged build. */
  readonly now: number | null;
  /** Other parts than this machine's, for a test (`HardwareParts` as JSON); never in a packaged build. */
  readonly hardware: string | null;
  /** A file with the certificates (PEM) of the city's own authority; kept in the store from then on. */
  readonly cityCaFile: string | null;
  /** Public update keys (a file, null = none), and where releases wait. */
  readonly updates: { readonly keysFile: string | null; readonly folder: string };
  /** False without a window: one call, then the end. */
  readonly scheduled: boolean;
}
export type ToData =
  | { readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly stop: true }
  /** The operating system has a network, or none. */
  | { readonly online: boolean }
  | { readonly proxyFor: string; readonly proxy: string | null }
  /** Answer to `os`; null where the operating system has no layer, or does not know what it was shown. */
  | { readonly osFor: number; readonly text: string | null };
export type FromData =
  | { readonly ready: true }
  | { readonly fatal: ProblemValue }
  | { readonly id: number; readonly reply: Reply<unknown> }
  /** Which proxy the operating system uses for this address; answered by `proxyFor`. */
  | { readonly proxyOf: string }
  /** To put the layer of the operating system around a key slot, or to take it off. */
  | { readonly os: number; readonly act: 'wrap' | 'unwrap'; readonly text: string }
  | { readonly announcement: Announcement; readonly body: unknown };
