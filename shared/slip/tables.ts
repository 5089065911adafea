/** The papers that are tables: Phiếu kiểm soát, Sổ theo dõi hồ sơ, and the one-page summary of the house. */
import type { SlipForm } from '../catalogue/slips.ts';
import { showDate } from '../lib/local-date.ts';
import type { Block, Cell, Column } from './model.ts';
import { codeText, header, line, requesterLines, signer, title } from './parts.ts';
import { field, flat, momentInWords, shortMoment } from './phrases.ts';
import type { RegisterInput, RegisterRow, SlipInput } from './slip-input.ts';
import { fill, words } from './words.ts';

const text = (value: string): Cell => ({ lines: [value] });
const DOTS = '.'.repeat(24);

/** Hand-overs of a dossier are few; the sheet keeps this many rows for the pen. */
const CONTROL_ROWS = 4;

function handOver(row: SlipInput['handOvers'][number]): readonly Cell[] {
  return [
    { lines: [`${words.give}: ${row.from || DOTS}`, `${words.take}: ${row.to || DOTS}`] },
    {
      lines: [
        `${words.giver}: ${flat(momentInWords(row.givenAt))}`,
        `${words.taker}: ${flat(momentInWords(row.receivedAt))}`,
      ],
      sign: [words.giver, words.taker],
    },
    text(row.result ? words[`result.${row.result}`] : ''),
    text(row.note),
  ];
}

/** Mẫu 05 of 2018, 06 of 2025: one row for each hand-over, in time order. */
export function control(form: SlipForm, input: SlipInput): readonly Block[] {
  const empty = { from: '', to: '', givenAt: '', receivedAt: '', result: '', note: '' } as const;
  const missing = Math.max(0, CONTROL_ROWS - input.handOvers.length);
  return [
    header(input),
    title(form, input.code),
    line(words.mainAgency, input.office.agency),
    line(words.dossierOf, input.requester.name),
    line(words.content, input.content),
    {
      is: 'table',
      columns: [
        { title: words.colAgency, width: 27 },
        { title: words.colTimes, width: 41 },
        { title: words.colResult, width: 15, centred: true },
        { title: words.colNote, width: 17 },
      ],
      rows: [...input.handOvers, ...Array.from({ length: missing }, () => empty)].map(handOver),
    },
  ];
}

const REGISTER_COLUMNS: readonly Column[] = [
  { title: words.regNo, width: 3.2, centred: true },
  { title: words.code, width: 10.5 },
  { title: words.regProcedure, width: 12 },
  { title: words.regSets, width: 4.6, centred: true },
  { title: words.regName, width: 11 },
  { title: words.regAddress, width: 12.2 },
  { title: words.regAgency, width: 9 },
  { title: words.regReceived, width: 6.7, centred: true },
  { title: words.regDue, width: 6.7, centred: true },
  { title: words.regResult, width: 6.7, centred: true },
  { title: words.regDelivery, width: 6.2 },
  { title: words.regSigned, width: 5.2 },
  { title: words.regNote, width: 6 },
];

function registerRow(row: RegisterRow, i: number): readonly Cell[] {
  return [
    text(String(i + 1)),
    text(codeText(row.code)),
    text(row.procedure),
    text(row.sets > 0 ? String(row.sets) : ''),
    text(row.name),
    { lines: [row.address, row.phone].filter(Boolean) },
    text(row.agency),
    text(shortMoment(row.receivedAt)),
    text(shortMoment(row.dueAt)),
    text(shortMoment(row.resultAt)),
    text(row.delivery),
    text(''),
    { lines: [row.note, row.pending ? `(${words.pending})` : ''].filter(Boolean) },
  ];
}

/** Mẫu 06 of 2018, 07 of 2025: thirteen columns, one row for each dossier received in the window. */
export function register(form: SlipForm, input: RegisterInput): readonly Block[] {
  return [
    header(input),
    {
      is: 'title',
      lines: [form.title.toUpperCase()],
      under: [fill(words.regWindow, { from: showDate(input.from), to: showDate(input.to) })],
      code: null,
    },
    { is: 'fields', fields: [field(words.regBook, input.book)] },
    {
      is: 'table',
      numberedColumns: true,
      columns: REGISTER_COLUMNS,
      rows: input.rows.map(registerRow),
      closing: [
        { is: 'paragraph', parts: [fill(words.regTotal, { n: input.rows.length })] },
        { is: 'signatures', signers: [signer(words.keeper, input.keeper)] },
      ],
    },
  ];
}

/** One page: older steps than these are left to the program. */
const SUMMARY_STEPS = 8;

function componentTable({ components }: SlipInput): readonly Block[] {
  if (components.length === 0) return [];
  return [
    { is: 'paragraph', look: 'heading', parts: [words.components] },
    {
      is: 'table',
      columns: [
        { title: words.colComponent, width: 22 },
        { title: words.colOffice, width: 25 },
        { title: words.colTheirCode, width: 18 },
        { title: words.colDue, width: 17, centred: true },
        { title: words.colState, width: 18 },
      ],
      rows: components.map((c) =>
        [c.name, c.agency, c.code, c.dueOn && showDate(c.dueOn), c.state].map((value) => text(value)),
      ),
    },
  ];
}

function historyTable({ history, clerk }: SlipInput): readonly Block[] {
  const signatures: Block = { is: 'signatures', signers: [signer(words.summaryMaker, clerk)] };
  if (history.length === 0) return [signatures];
  const older = history.length - SUMMARY_STEPS;
  const earlier: Block = { is: 'paragraph', parts: [fill(words.earlier, { n: older })] };
  return [
    { is: 'paragraph', look: 'heading', parts: [words.historyList] },
    {
      is: 'table',
      columns: [
        { title: words.colAt, width: 22, centred: true },
        { title: words.colWhat, width: 45 },
        { title: words.colWho, width: 33 },
      ],
      rows: history
        .slice(-SUMMARY_STEPS)
        .map((step) => [shortMoment(step.at), step.what, step.who].map((value) => text(value))),
      closing: older > 0 ? [earlier, signatures] : [signatures],
    },
  ];
}

/** The dossier on one page, for the file of the counter. Not a paper of any circular. */
export function summary(form: SlipForm, input: SlipInput): readonly Block[] {
  const papers = input.papers.map((p) => `${p.name} (${words[`form.${p.form}`].toLowerCase()}: ${p.count})`);
  return [
    header(input),
    title(form, input.code, input.pending ? [words.cityPending] : []),
    line(words.procedure, [input.procedure.name, input.procedure.code].filter(Boolean).join(' - ')),
    ...input.subject.map(({ label, value }) => line(label, value)),
    line(words.dossierOf, input.requester.name),
    ...requesterLines(input),
    { is: 'fields', fields: [{ label: words.receivedAt, parts: momentInWords(input.receivedAt) }] },
    { is: 'fields', fields: [{ label: words.dueAt, parts: momentInWords(input.dueAt) }] },
    ...componentTable(input),
    { is: 'paragraph', look: 'heading', parts: [words.paperList] },
    { is: 'list', items: papers, blanks: 2 },
    ...historyTable(input),
  ];
}
