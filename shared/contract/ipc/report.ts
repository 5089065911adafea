/** Today's desk and the annex "Thống kê thu thập thông tin ngoại ngành". */
import { z } from 'zod';
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
  /** This office's own units and categories without a figure at the latest as-of date. */
  counts: z.strictObject({ asOf: z.iso.date().nullable(), reported: z.int(), expected: z.int() }),
  /** Events made today on this machine. */
  closing: z.strictObject({ entered: z.int(), received: z.int(), returned: z.int(), waiting: z.int() }),
  /** Special days in the next fortnight, in words. */
  specialDays: z.array(z.strictObject({ date: z.iso.date(), name: z.string(), working: z.boolean() })),
});
export type Today = z.infer<typeof today>;

export const annex = z.strictObject({
  asOf: z.iso.date(),
  officeName: z.string(),
  columns: z.array(z.strictObject({ code: z.string(), name: z.string(), short: z.string() })),
  /** A null cell is "chưa báo cáo", shown as "–" and never as 0. */
  rows: z.array(
    z.strictObject({
      name: z.string(),
      code: z.string(),
      cells: z.array(z.int().nullable()),
      total: z.int().nullable(),
    }),
  ),
  /** Null where nobody has reported: a sum of nothing is not 0. */
  sums: z.array(z.int().nullable()),
  grand: z.int().nullable(),
  missing: z.int(),
});
export type Annex = z.infer<typeof annex>;

export const annexFormats = ['xlsx', 'docx', 'csv', 'pdf'] as const;

export const reportIpc = {
  'today.get': { kind: 'read', input: emptyInput, output: today },
  'annex.get': { kind: 'read', input: z.strictObject({ asOf: z.iso.date() }), output: annex },
  /** The bytes of one export; pdf is printed by the shell from the same screen table. */
  'annex.file': {
    kind: 'task',
    input: z.strictObject({ asOf: z.iso.date(), format: z.enum(['xlsx', 'docx', 'csv']) }),
    output: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  /** Shows the save dialog and writes the file. */
  'annex.save': {
    kind: 'shell',
    input: z.strictObject({ asOf: z.iso.date(), format: z.enum(annexFormats) }),
    output: z.strictObject({ saved: z.boolean() }),
  },
} as const;
