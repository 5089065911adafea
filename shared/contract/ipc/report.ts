/** Today's desk and the annex "Thống kê thu thập thông tin ngoại ngành". */
import { z } from 'zod';
import { reportChanges, reportSchema } from '../../report/report-schema.ts';
import { dossierRow, emptyInput } from './common.ts';

/** A dossier that waits for somebody, the longest wait first. */
const waitingRow = z.strictObject({
  row: dossierRow,
  /** Short names of its components that wait. */
  components: z.array(z.string()),
  since: z.string(),
  /** Agency where it lies; '' = none. */
  at: z.string(),
  /** Last day for the citizen to complete papers; null where nothing was asked for. */
  until: z.string().nullable(),
  /** Names of the papers that are missing. */
  papers: z.array(z.string()),
});
export type WaitingRow = z.infer<typeof waitingRow>;
const waitingList = z.strictObject({ total: z.int(), rows: z.array(waitingRow) });

export const today = z.strictObject({
  overdue: z.array(dossierRow),
  dueSoon: z.array(dossierRow),
  /** Papers are missing, the citizen was asked to complete them. */
  supplement: waitingList,
  /** Forwarded to another agency. */
  elsewhere: waitingList,
  /** The result is there, nobody has fetched it. */
  toGive: waitingList,
  returned: z.int(),
  drafts: z.int(),
  /** Figures of the sheets of this office's units at the latest as-of date: as many as the grid asks for. */
  counts: z.strictObject({
    asOf: z.iso.date().nullable(),
    reported: z.int(),
    expected: z.int(),
    /** Figures that the one unit still lacks; of an office with several, its units that lack any. */
    waiting: z.int(),
  }),
  /** Events made today on this machine. */
  closing: z.strictObject({ entered: z.int(), received: z.int(), returned: z.int(), waiting: z.int() }),
  /** Special days in the next fortnight, in words. */
  specialDays: z.array(z.strictObject({ date: z.iso.date(), name: z.string(), working: z.boolean() })),
});
export type Today = z.infer<typeof today>;

/** One report over one window, by the tree of one day. */
const wanted = {
  report: z.string().max(60),
  /** null in a report as of a day. */
  from: z.iso.date().nullable(),
  to: z.iso.date(),
  /** Date of the unit tree; null = the last day of the window. */
  treeOn: z.iso.date().nullable(),
  /** Compared with the window before it, of the same kind. */
  compare: z.boolean(),
};
export const reportWanted = z.strictObject(wanted);
export type ReportWanted = z.infer<typeof reportWanted>;
/** A frozen report: its figures, not those of today. */
const keptWanted = z.strictObject({ frozen: z.uuid() });
/** A report made anew, or one that was kept. */
export const reportSource = z.union([reportWanted, keptWanted]);
export type ReportSource = z.infer<typeof reportSource>;

/** Units as they were before, or are since, 01/07/2025; `own` = as on the last day of the window. */
export const trees = ['own', 'old', 'new'] as const;
/** What the room of reports shows, to be kept under a name. */
export const reportChoice = z.strictObject({
  report: wanted.report,
  from: wanted.from,
  to: wanted.to,
  tree: z.enum(trees),
  compare: wanted.compare,
});
export type ReportChoice = z.infer<typeof reportChoice>;

const fileFormat = z.enum(['xlsx', 'docx', 'csv']);
export const reportFormats = ['xlsx', 'docx', 'csv', 'pdf'] as const;

/**
 * Where the figures of a report come from: `desk` = this machine; `city` = the city's answer of `at`, null where it was never asked;
 * `wards` = a list of dossiers, which only the wards that have them can make.
 */
export const figureSource = z.strictObject({
  from: z.enum(['desk', 'city', 'wards']),
  at: z.iso.datetime().nullable(),
});

export const reportIpc = {
  'today.get': { kind: 'read', input: emptyInput, output: today },
  'report.make': { kind: 'read', input: reportWanted, output: reportSchema },
  'report.source': { kind: 'read', input: reportWanted, output: figureSource },
  /** Asks the city for the figures of a report that it counts, and keeps the answer. */
  'report.ask': { kind: 'task', input: reportWanted, output: figureSource },
  /** Figures that were printed elsewhere, typed in to be compared; '' takes one back. */
  'report.print': {
    kind: 'write',
    input: z.strictObject({
      report: wanted.report,
      from: wanted.from,
      to: wanted.to,
      figures: z
        .array(
          z.strictObject({ row: z.string().max(80), column: z.string().max(80), text: z.string().max(40) }),
        )
        .min(1)
        .max(500),
      source: z.string().max(300),
    }),
    output: z.strictObject({ revision: z.int() }),
  },
  'report.printed': {
    kind: 'read',
    input: z.strictObject({ report: wanted.report, from: wanted.from, to: wanted.to }),
    output: z.array(z.strictObject({ row: z.string(), column: z.string(), text: z.string() })),
  },
  /** Keeps the report as it stands: figures, window, tree, catalogue version. */
  'report.freeze': { kind: 'write', input: reportWanted, output: z.strictObject({ id: z.uuid() }) },
  /** Frozen reports of this office, newest first. */
  'report.frozen': {
    kind: 'read',
    input: z.strictObject({ report: wanted.report.nullable() }),
    output: z.array(
      z.strictObject({
        id: z.uuid(),
        report: z.string(),
        title: z.string(),
        from: z.string().nullable(),
        to: z.string(),
        treeOn: z.string(),
        at: z.iso.datetime(),
        by: z.string(),
      }),
    ),
  },
  /** A frozen report as it was, and what has changed since. */
  'report.compare': {
    kind: 'read',
    input: z.strictObject({ id: z.uuid() }),
    output: z.strictObject({ frozen: reportSchema, changes: reportChanges }),
  },
  /** A frozen report as it goes to paper and files: its figures, and in its notes when it was kept and what has changed since. */
  'report.kept': { kind: 'read', input: keptWanted, output: reportSchema },
  /** Named choices of the person signed in, kept on this machine, by name. */
  'choice.list': {
    kind: 'read',
    input: emptyInput,
    output: z.array(z.strictObject({ name: z.string(), choice: reportChoice })),
  },
  /** A choice of the same name is replaced. */
  'choice.save': {
    kind: 'task',
    input: z.strictObject({ name: z.string().min(1).max(60), choice: reportChoice }),
    output: z.null(),
  },
  'choice.remove': { kind: 'task', input: z.strictObject({ name: z.string().max(60) }), output: z.null() },
  /** The bytes of one export; pdf is printed by the shell from the same screen table. */
  'report.file': {
    kind: 'task',
    input: z.strictObject({ source: reportSource, format: fileFormat }),
    output: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  /** What goes to the clipboard: a table for Word and Excel, or the ready paragraph. */
  'report.clipping': {
    kind: 'task',
    input: z.strictObject({ source: reportSource }),
    output: z.strictObject({ html: z.string(), text: z.string(), paragraph: z.string() }),
  },
  /** Shows the save dialog and writes the file. */
  'report.save': {
    kind: 'shell',
    input: z.strictObject({ source: reportSource, format: z.enum(reportFormats) }),
    output: z.strictObject({ saved: z.boolean() }),
  },
  /** To a printer that the clerk chooses; `done` false where the dialog was closed. */
  'report.paper': {
    kind: 'shell',
    input: z.strictObject({ source: reportSource }),
    output: z.strictObject({ done: z.boolean() }),
  },
  'report.copy': {
    kind: 'shell',
    input: z.strictObject({ source: reportSource, what: z.enum(['table', 'paragraph']) }),
    output: z.null(),
  },
} as const;
