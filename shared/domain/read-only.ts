/** Why a store may be read and not written: one notion for the gate, the notes on the screen and the access log. */
import type { ProblemCode } from '../problem.ts';

/** `newer`: a newer program made it. `disk`: its disk takes nothing. `hardware`: it was written on another machine, whose twin this one is. */
export const readOnlyReasons = ['newer', 'disk', 'hardware'] as const;
export type ReadOnlyReason = (typeof readOnlyReasons)[number];

/** What a call that would write is refused with. */
export const readOnlyProblems = {
  newer: 'DB_NEWER_READ_ONLY',
  disk: 'DB_READ_ONLY',
  hardware: 'DB_OTHER_MACHINE',
} as const satisfies Record<ReadOnlyReason, ProblemCode>;

/** The file itself takes what is no work of people: accesses, sealed batches. */
export const takesNotes = (reason: ReadOnlyReason | null): boolean =>
  reason === null || reason === 'hardware';
