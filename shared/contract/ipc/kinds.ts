/** How a call is declared: its nature decides what the wrapper opens for it. */
import type { z } from 'zod';

export interface Call {
  /**
   * `read`: a reader handle. `write`: one transaction that leaves events. `task`: local rows, files or the network, no events.
   * `shell`: answered by the main process (dialogs, windows). `inner`: a task that only the main process may ask for, since its input
   * (a path) must not come from a window. `gate`: signing in and locking; answered before the store, and while it is closed. `inner-gate`: the same, but only
   * the main process may ask (a path).
   */
  readonly kind: 'read' | 'write' | 'task' | 'shell' | 'inner' | 'gate' | 'inner-gate';
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}
export type Contract = Readonly<Record<string, Call>>;
