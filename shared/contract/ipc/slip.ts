/** The printed papers: what they say, the register of a window, printing and saving them. */
import { z } from 'zod';
import { numberings, slipKinds } from '../../catalogue/slips.ts';
import { paperSizes } from '../../slip/paper-size.ts';
import { registerInput, slipAnswer, slipRequest } from '../../slip/slip-input.ts';
import { guard, savedFile } from './export.ts';

const window = z.strictObject({ from: z.iso.date(), to: z.iso.date() });

export const slipIpc = {
  /** The latest paper of this kind; `SLIP_NOT_THERE` where the dossier has none (no request for supplement yet). */
  'slip.get': { kind: 'read', input: slipRequest, output: slipAnswer },
  /** Sổ theo dõi of a window of reception days. */
  'register.get': {
    kind: 'read',
    input: window,
    output: z.strictObject({ numbering: z.enum(numberings), input: registerInput }),
  },
  /** Notes that a paper was made here: said by the shell after the file or the printer has it. */
  'slip.log': {
    kind: 'task',
    input: z.strictObject({ id: z.uuid(), kind: z.enum(slipKinds) }),
    output: z.null(),
  },
  /** Notes that another page with names or figures went to a printer or into a file. `about`: its code, window or id, never a name. */
  'paper.log': {
    kind: 'inner',
    input: z.strictObject({
      paper: z.enum(['register', 'proof', 'report']),
      about: z.string().max(120),
      way: z.enum(['print', 'pdf']),
    }),
    output: z.null(),
  },
  /** Prints the page of the preview; `done` false = the clerk closed the printer's window. */
  'slip.print': {
    kind: 'shell',
    input: slipRequest.extend({ size: z.enum(paperSizes) }),
    output: z.strictObject({ done: z.boolean() }),
  },
  /** Saves the same page as PDF where the clerk chooses. */
  'slip.save': {
    kind: 'shell',
    input: slipRequest.extend({ size: z.enum(paperSizes), guard }),
    output: savedFile,
  },
  'register.save': { kind: 'shell', input: window.extend({ guard }), output: savedFile },
  'register.print': { kind: 'shell', input: window, output: z.strictObject({ done: z.boolean() }) },
} as const;
