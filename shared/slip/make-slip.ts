/** From plain values to the paper: the layout follows the purpose and the numbering in force. */
import { type Numbering, type SlipForm, type SlipKind, slipForm } from '../catalogue/slips.ts';
import { extension, refusal, stopNotice, supplement } from './letters.ts';
import type { Block, SlipModel } from './model.ts';
import { codeText } from './parts.ts';
import { receipt } from './receipt.ts';
import type { RegisterInput, SlipInput } from './slip-input.ts';
import { control, register, summary } from './tables.ts';
import { words } from './words.ts';

/** Papers of one dossier; the register is over many and has its own door. */
export type DossierSlipKind = Exclude<SlipKind, 'register'>;

const single: Readonly<
  Record<Exclude<DossierSlipKind, 'receipt'>, (form: SlipForm, input: SlipInput) => readonly Block[]>
> = { supplement, refusal, extension, stop: stopNotice, control, summary };

const mark = (sample: boolean) => (sample ? words.sample : '');

/** null = the numbering has no such paper (no stop notice in TT 01/2018). */
export function makeSlip(kind: DossierSlipKind, numbering: Numbering, input: SlipInput): SlipModel | null {
  const form = slipForm(kind, numbering);
  if (!form) return null;
  const copies =
    kind === 'receipt' ? receipt(form, input) : [{ id: 'only', blocks: single[kind](form, input) }];
  return { form, landscape: false, running: codeText(input.code), mark: mark(input.sample), copies };
}

export function makeRegister(numbering: Numbering, input: RegisterInput): SlipModel | null {
  const form = slipForm('register', numbering);
  if (!form) return null;
  return {
    form,
    landscape: true,
    running: '',
    mark: mark(input.sample),
    copies: [{ id: 'only', blocks: register(form, input) }],
  };
}
