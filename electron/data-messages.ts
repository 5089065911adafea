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
  readonly enrolCode: string | null;
  /** Test clock, epoch ms; never in a packaged build. */
  readonly now: number | null;
}
export type ToData =
  | { readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly stop: true };
export type FromData =
  | { readonly ready: true }
  | { readonly fatal: ProblemValue }
  | { readonly id: number; readonly reply: Reply<unknown> }
  | { readonly announcement: Announcement; readonly body: unknown };
