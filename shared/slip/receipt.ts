/** Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả: the layouts of TT 01/2018 and of TT 03/2025. */
import type { Numbering, SlipForm } from '../catalogue/slips.ts';
import type { Block, Field, SlipCopy } from './model.ts';
import { deskName, header, line, requesterLines, signer, title } from './parts.ts';
import { field, momentInWords } from './phrases.ts';
import type { SlipInput } from './slip-input.ts';
import { fill, words } from './words.ts';

const two = (n: number) => String(n).padStart(2, '0');

function countField(label: string, n: number): Field {
  return { label, parts: [n > 0 ? two(n) : { blank: 8 }, ` ${words.setsUnit}`] };
}

/** The label names the kind of desk already: its name is not said twice. `usual` = the label of the printed form. */
function deskLine(usual: string, { office: { agency, desk } }: SlipInput): Block {
  const label = [words.desk, words.centre].find((kind) => desk.toLowerCase().startsWith(kind.toLowerCase()));
  if (label === undefined) return line(usual, desk);
  return line(label, desk.slice(label.length).trim() || agency);
}

function timeLine(no: number, label: string, moment: string): Block {
  return { is: 'fields', fields: [{ label: `${no}. ${label}`, parts: momentInWords(moment) }] };
}

function bookLine(label: string, { book, serial }: SlipInput): Block {
  return { is: 'fields', fields: [field(label, book), field(words.serial, serial)] };
}

/** TT 01/2018 lists the papers as running lines with their form and number behind the name. */
function listedPapers(input: SlipInput): readonly Block[] {
  const items = input.papers.map(
    (paper) => `${paper.name} (${words[`form.${paper.form}`].toLowerCase()}: ${two(paper.count)})`,
  );
  return [
    { is: 'paragraph', parts: [`${words.papers}:`] },
    { is: 'list', items, blanks: 4, look: 'bracket' },
  ];
}

function tabledPapers(input: SlipInput): readonly Block[] {
  const filled = input.papers.map((paper, i) =>
    [String(i + 1), paper.name, words[`form.${paper.form}`], two(paper.count)].map((text) => ({
      lines: [text],
    })),
  );
  const blank = ['', '', '', ''].map(() => ({ lines: [''] }));
  return [
    { is: 'paragraph', parts: [`${words.papersTable}:`] },
    {
      is: 'table',
      columns: [
        { title: words.colNo, width: 8, centred: true },
        { title: words.colPaper, width: 54 },
        { title: words.colForm, width: 24, centred: true },
        { title: words.colCount, width: 14, centred: true },
      ],
      rows: filled.length > 0 ? filled : [blank, blank, blank, blank],
    },
  ];
}

function body2018(input: SlipInput): readonly Block[] {
  return [
    deskLine(words.desk, input),
    line(words.receivedFrom, input.requester.name),
    ...requesterLines(input),
    ...listedPapers(input),
    { is: 'fields', fields: [countField(words.sets, input.sets)] },
    line(words.limit, input.limit),
    timeLine(4, words.receivedAt, input.receivedAt),
    timeLine(5, words.dueAt, input.dueAt),
    line(words.deliveryOld, input.delivery),
    bookLine(words.bookOld, input),
  ];
}

function body2025(input: SlipInput): readonly Block[] {
  return [
    deskLine(words.centre, input),
    line(words.receivedFrom, input.requester.name),
    line(words.idNumber, input.requester.idNumber),
    ...requesterLines(input),
    ...tabledPapers(input),
    { is: 'fields', fields: [countField(words.sets, input.sets)] },
    timeLine(3, words.receivedAt, input.receivedAt),
    timeLine(4, words.dueAt, input.dueAt),
    line(words.delivery, input.delivery),
    line(words.fee, input.fee),
    bookLine(words.book, input),
  ];
}

/** The liên asked for; both carry the same text and differ in the line under the title. */
export function receipt(form: SlipForm, input: SlipInput): readonly SlipCopy[] {
  const layouts = { 'tt01-2018': body2018, 'tt03-2025': body2025 } satisfies Record<Numbering, unknown>;
  const desk = deskName(input.office);
  return input.copies.map((copy) => ({
    id: copy,
    blocks: [
      header(input),
      title(form, input.code, [copy === 'kept' ? words.keptCopy : words.givenCopy]),
      ...layouts[form.numbering](input),
      {
        is: 'signatures',
        signers: [signer(words.requester, input.requester.name), signer(words.receiver, input.clerk)],
      },
      { is: 'notes', lines: [fill(words.noteCopies, { desk }), fill(words.noteDelivery, { desk })] },
    ],
  }));
}
