/** A machine that was lost or stolen: asked of the city on line, for the head, the administrator and officers. Figures, never persons. */
import { z } from 'zod';
import { lossFacts, machinesReply } from '../sync/machines.ts';
import { emptyInput } from './common.ts';

const no = z.int().min(1);
const loss = z.strictObject({
  facts: lossFacts,
  /** When the city counted. */
  at: z.iso.datetime(),
});
export type Loss = z.infer<typeof loss>;

/** The notice of a machine, counted from the finding. */
export const noticeRequest = z.strictObject({ no, foundAt: z.iso.datetime() });
export type NoticeRequest = z.infer<typeof noticeRequest>;

export const machineIpc = {
  /** Sets a copy of another machine's data aside; enrolment follows. Fails with MACHINE_SAME, MACHINE_UNSENT. */
  'machine.begin-anew': { kind: 'task', input: emptyInput, output: z.null() },
  'machine.list': {
    kind: 'task',
    input: emptyInput,
    output: machinesReply.pick({ machines: true, at: true }),
  },
  'machine.loss': { kind: 'task', input: z.strictObject({ no }), output: loss },
  /** `typed` = the machine's number once more: the second step. */
  'machine.revoke': {
    kind: 'task',
    input: z.strictObject({ no, typed: z.string().max(20), reason: z.string().max(300) }),
    output: loss,
  },
  /** The paper asks the city once more; `done` false = the printer's window was closed. */
  'machine.print': { kind: 'shell', input: noticeRequest, output: z.strictObject({ done: z.boolean() }) },
  'machine.save': { kind: 'shell', input: noticeRequest, output: z.strictObject({ saved: z.boolean() }) },
} as const;
