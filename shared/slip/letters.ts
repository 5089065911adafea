/** The papers that are letters: Mẫu 02 (bổ sung), 03 (từ chối), 04 (xin lỗi, gia hạn) and 05 of 2025 (dừng giải quyết). */
import type { SlipForm } from '../catalogue/slips.ts';
import type { Block, Part } from './model.ts';
import {
  codePart,
  contactLine,
  header,
  headSigner,
  line,
  paperNumber,
  reasonList,
  requesterLines,
  signer,
  title,
} from './parts.ts';
import { dayInWords, inline, momentInWords } from './phrases.ts';
import type { SlipInput } from './slip-input.ts';
import { fill, words } from './words.ts';

const NO_CODE = { official: '', temporary: '' };
const indented = (parts: readonly Part[]): Block => ({ is: 'paragraph', look: 'indent', parts });
const basis = ({ legalBasis }: SlipInput): readonly Block[] =>
  legalBasis ? [line(words.basis, legalBasis)] : [];
const agencyText = (text: string, input: SlipInput) => fill(text, { agency: input.office.agency });

/** Mẫu 02. Everything that is missing is asked for at once: a second request makes the dossier late. */
export function supplement(form: SlipForm, input: SlipInput): readonly Block[] {
  return [
    header(input, paperNumber(input.number, 'HDHS')),
    title(form, input.code),
    line(words.dossierOf, input.requester.name),
    ...requesterLines(input),
    { is: 'paragraph', parts: [words.toComplete] },
    { is: 'list', items: input.items, blanks: 5 },
    { is: 'paragraph', parts: [`${words.reason}:`] },
    reasonList(input.reasons),
    ...basis(input),
    { is: 'fields', fields: [{ label: words.until, parts: dayInWords(input.until) }] },
    contactLine(input, words.contact),
    {
      is: 'signatures',
      signers: [signer(words.requester, input.requester.name), signer(words.guide, input.clerk)],
    },
  ];
}

/** Mẫu 03. The reason stands in words, never as a code of the software. */
export function refusal(form: SlipForm, input: SlipInput): readonly Block[] {
  const desk = input.office.desk;
  return [
    header(input, paperNumber(input.number, 'TCHS')),
    title(form, input.code),
    line(`${desk || words.desk} ${words.refusedFrom}`, input.requester.name),
    ...requesterLines(input),
    indented([fill(words.refusal, { desk: desk || words.desk })]),
    reasonList(input.reasons),
    ...basis(input),
    indented([words.refusalEnd]),
    {
      is: 'signatures',
      signers: [signer(words.requester, input.requester.name), signer(words.receiver, input.clerk)],
    },
  ];
}

function dear({ requester }: SlipInput): readonly Block[] {
  const reach = [
    requester.address && `${words.address}: ${requester.address}`,
    requester.phone && `${words.phone}: ${requester.phone}`,
  ].filter(Boolean);
  return [
    { is: 'paragraph', look: 'centred', parts: [`${words.dear}: `, inline(requester.name)] },
    { is: 'paragraph', look: 'centred', parts: [reach.length > 0 ? `(${reach.join('; ')})` : { blank: 60 }] },
  ];
}

/** "Ngày …, (cơ quan) tiếp nhận hồ sơ đề nghị giải quyết … của Ông/Bà." */
function took(input: SlipInput): Block {
  const [day, ...rest] = dayInWords(input.receivedAt);
  const opening = typeof day === 'string' ? day.replace(/^n/, 'N') : '';
  return indented([
    opening,
    ...rest,
    `, ${input.office.agency} ${words.took} `,
    inline(input.content || input.procedure.name),
    ` ${words.of}.`,
  ]);
}

const due = (input: SlipInput): Block => indented([`${words.dueWas}: `, ...momentInWords(input.dueAt), '.']);

const withCode = (input: SlipInput): Block => indented([`${words.code}: `, codePart(input.code), '.']);

/** Mẫu 04: the apology of 2018 comes after the due day, the one of 2025 asks for more time before it. */
export function extension(form: SlipForm, input: SlipInput): readonly Block[] {
  const old = form.numbering === 'tt01-2018';
  return [
    header(input, paperNumber(input.number, 'PXL')),
    title(form, NO_CODE),
    ...dear(input),
    took(input),
    withCode(input),
    due(input),
    indented([agencyText(old ? words.lateOld : words.late, input)]),
    reasonList(input.reasons),
    ...basis(input),
    indented([
      agencyText(old ? words.sorryOld : words.sorry, input),
      ' ',
      ...momentInWords(input.newDueAt),
      '.',
    ]),
    indented([old ? words.sorryOldEnd : words.sorryEnd]),
    { is: 'signatures', signers: [headSigner(input)] },
  ];
}

/** Mẫu 05 of TT 03/2025. */
export function stopNotice(form: SlipForm, input: SlipInput): readonly Block[] {
  return [
    header(input, paperNumber(input.number, 'TB')),
    title(form, NO_CODE),
    ...dear(input),
    took(input),
    withCode(input),
    due(input),
    indented([agencyText(words.stop, input)]),
    reasonList(input.reasons),
    ...basis(input),
    contactLine(input, words.contactStop),
    indented([agencyText(words.stopEnd, input)]),
    { is: 'signatures', signers: [headSigner(input)] },
  ];
}
