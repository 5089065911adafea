/**
 * What the papers say, as plain values: whoever prints a slip gathers these, and nothing else goes on the paper. Empty
 * text or an empty list prints as a dotted blank that is filled in by hand (the paper stays usable).
 */
import { z } from 'zod';
import { numberings, slipKinds } from '../catalogue/slips.ts';
import { isLocalDate } from '../lib/local-date.ts';

const LONGEST = 4000;
const text = z.string().max(LONGEST);
const count = z.int().min(0).max(999);
const localDate = z.union([z.iso.date(), z.literal('')]);
/** Local date, with the time where it is known: `2026-11-20` or `2026-11-20T09:30`; '' = not known. */
const moment = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?)?$/)
  .refine((value) => value === '' || isLocalDate(value.slice(0, 10)));

/** Header left. Before 01/07/2025 the desk is "Bộ phận Tiếp nhận và Trả kết quả", then "Trung tâm Phục vụ hành chính công". */
const office = z.strictObject({ agency: text, desk: text, phone: text });
/** `original` bản chính · `copy` bản sao · `electronic` bản điện tử · `replaced_by_data` khai thác từ cơ sở dữ liệu. */
const paper = z.strictObject({
  name: text,
  form: z.enum(['original', 'copy', 'electronic', 'replaced_by_data']),
  count,
});
/** One row of the Phiếu kiểm soát; rows are added, never overwritten. `result`: against the due day, '' = not judged. */
const handOver = z.strictObject({
  from: text,
  to: text,
  givenAt: moment,
  receivedAt: moment,
  result: z.enum(['early', 'on_time', 'late', '']),
  note: text,
});

export const slipInput = z.strictObject({
  office,
  /** Before "ngày … tháng … năm …": "Phường Sài Gòn". */
  place: text,
  issuedOn: localDate,
  /** Running number of the paper in its book, without the ending "/HDHS". */
  number: text,
  /** The temporary number of this machine never looks like the official one, and never stands in its place. */
  code: z.strictObject({ official: text, temporary: text }),
  procedure: z.strictObject({ name: text, code: text }),
  requester: z.strictObject({ name: text, address: text, phone: text, email: text, idNumber: text }),
  content: text,
  papers: z.array(paper).max(60),
  /** Bộ hồ sơ; 0 = blank. */
  sets: count,
  /** In words: "03 ngày làm việc". */
  limit: text,
  receivedAt: moment,
  dueAt: moment,
  newDueAt: moment,
  delivery: text,
  fee: text,
  book: text,
  serial: text,
  clerk: text,
  reasons: z.array(text).max(40),
  items: z.array(text).max(40),
  /** Last day to complete the papers. */
  until: localDate,
  contact: z.strictObject({ name: text, phone: text }),
  legalBasis: text,
  handOvers: z.array(handOver).max(500),
  /** Who signs for the agency: "CHỦ TỊCH", and the name. */
  signer: z.strictObject({ role: text, name: text }),
  /** Which liên of Mẫu 01 to print. */
  copies: z
    .array(z.enum(['kept', 'given']))
    .min(1)
    .max(2),
  /** For the summary only. */
  subject: z.array(z.strictObject({ label: text, value: text })).max(30),
  components: z
    .array(z.strictObject({ name: text, agency: text, code: text, dueOn: localDate, state: text }))
    .max(10),
  history: z.array(z.strictObject({ at: moment, what: text, who: text })).max(2000),
  /** The city has not receipted this dossier yet: marked on papers of the house, never on those of the citizen. */
  pending: z.boolean(),
  /** An invented dossier (Dùng thử): the paper says that it is worth nothing. */
  sample: z.boolean(),
});
export type SlipInput = z.infer<typeof slipInput>;

/** Input and output of the IPC method `slip.get`. */
export const slipRequest = z.strictObject({
  id: z.string().min(1).max(60),
  kind: z.enum(slipKinds).exclude(['register']),
});
export type SlipRequest = z.infer<typeof slipRequest>;
export const slipAnswer = z.strictObject({ numbering: z.enum(numberings), input: slipInput });
export type SlipAnswer = z.infer<typeof slipAnswer>;

/** Input and output of the IPC method `slip.register`: dossiers received from `from` to `to`, both included. */
export const registerRequest = z.strictObject({ from: z.iso.date(), to: z.iso.date() });
export type RegisterRequest = z.infer<typeof registerRequest>;

const registerRow = z.strictObject({
  code: z.strictObject({ official: text, temporary: text }),
  procedure: text,
  sets: count,
  name: text,
  address: text,
  phone: text,
  agency: text,
  receivedAt: moment,
  dueAt: moment,
  resultAt: moment,
  delivery: text,
  note: text,
  pending: z.boolean(),
});
export type RegisterRow = z.infer<typeof registerRow>;

/** Sổ theo dõi hồ sơ over a window of reception days, in the order of the rows given. */
export const registerInput = z.strictObject({
  office,
  place: text,
  issuedOn: localDate,
  book: text,
  from: z.iso.date(),
  to: z.iso.date(),
  keeper: text,
  rows: z.array(registerRow).max(20_000),
  sample: z.boolean(),
});
export type RegisterInput = z.infer<typeof registerInput>;
export const registerAnswer = z.strictObject({ numbering: z.enum(numberings), input: registerInput });
export type RegisterAnswer = z.infer<typeof registerAnswer>;
