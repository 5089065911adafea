/**
 * What a log line may say, as a list: each field has the only shape that it may have, everything else falls away. A message of an error is
 * not on the list, for it may quote what was typed or a whole row of the database.
 */
const word = /^[a-zA-Z][\w.-]{0,60}$/;
const allowed = {
  /** Reference that the clerk is shown, or the part of the program that failed. */
  ref: word,
  part: word,
  /** A call of the contract. */
  call: word,
  /** Problem code, or a code of Node, SQLite or PostgreSQL (`ENOSPC`, `23505`). */
  code: /^[A-Z0-9][A-Z0-9_]{1,60}$/,
  /** The class of an error. */
  kind: /^[A-Z][A-Za-z]{2,40}$/,
  version: /^\d+\.\d+\.\d+[\w.-]{0,20}$/,
  hash: /^[0-9a-f]{8,64}$/,
} as const;
type TextField = keyof typeof allowed;
const numbers = ['ms', 'bytes', 'count', 'exit'] as const;
type NumberField = (typeof numbers)[number];

export type LogFields = Partial<Record<TextField, string>> &
  Partial<Record<NumberField, number>> & { readonly at?: readonly string[] };

/** Places in the code, innermost first: file, line and column, without the function's name, which may be made at run time. */
const place = /([\w-]+(?:\.[\w-]+)*\.(?:js|cjs|mjs|ts|tsx)|node:[\w/-]+):(\d{1,7}):(\d{1,7})\)?$/;
const MOST_PLACES = 8;

function placesOf({ stack = '', message }: Error): string[] {
  // A message may have lines that look like places: it is taken off first.
  const at = stack.indexOf(message);
  const lines = (at === -1 ? stack : stack.slice(at + message.length)).split('\n');
  return lines.flatMap((line) =>
    /^\s+at /.test(line) ? (place.exec(line)?.slice(1, 4).join(':') ?? []) : [],
  );
}

/** Classes of errors that a log names; any other is one of ours or a stranger's, and its name proves nothing. */
const KINDS = new Set([
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'AggregateError', 'Problem'],
  ...['ZodError', 'SqliteError', 'DatabaseError', 'DrizzleQueryError', 'AbortError', 'TimeoutError'],
]);

/** Kind, code and places of anything that was thrown; nothing of its message, cause or other properties. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { kind: 'NotAnError' };
  const { code } = error as { code?: unknown };
  return {
    kind: KINDS.has(error.name) ? error.name : 'Error',
    ...(typeof code === 'string' && { code }),
    at: placesOf(error).slice(0, MOST_PLACES),
  };
}

/** The fields that are on the list and have its shape. */
export function logFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const shape: RegExp | undefined = Object.hasOwn(allowed, name) ? allowed[name as TextField] : undefined;
    const isNumber = (numbers as readonly string[]).includes(name);
    if (typeof value === 'string' && shape?.test(value)) kept[name] = value;
    else if (isNumber && typeof value === 'number' && Number.isFinite(value)) kept[name] = value;
    else if (name === 'at' && Array.isArray(value))
      kept[name] = value.filter((one) => typeof one === 'string' && place.exec(one)?.[0] === one);
  }
  return kept;
}
