/** For any call of the contract: one input that its schema takes, and every way to spoil it. Read from the schema, so a new call needs nothing here. */
import { z } from 'zod';

/** Texts for the patterns of the contract; a new pattern has to be named here. */
const BY_PATTERN: Readonly<Record<string, string>> = {
  '^[0-9a-f]{64}$': 'a'.repeat(64),
  '^([01]\\d|2[0-3]):[0-5]\\d$': '16:45',
  '^(day|conflict)\\/[\\w@-]{1,80}$': 'day/2026-11-20',
  '^(\\d{4}-\\d{2}-\\d{2}(T([01]\\d|2[0-3]):[0-5]\\d)?)?$': '2026-11-20',
  '^T-\\d+-\\d{6}-\\d{3,}$': 'T-26743-261120-7001',
};
const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
  date: '2026-11-20',
  datetime: '2026-11-20T02:30:00.000Z',
};

function sampleText(schema: z.ZodString | z.ZodStringFormat): string {
  const format = schema.format;
  if (format !== null && format !== 'regex' && BY_FORMAT[format] !== undefined) return BY_FORMAT[format];
  for (const check of schema.def.checks ?? []) {
    const { pattern } = check._zod.def as { pattern?: RegExp };
    if (!pattern) continue;
    const text = BY_PATTERN[pattern.source];
    if (text === undefined) throw new Error(`no sample for the pattern ${pattern.source}`);
    return text;
  }
  return 'x'.repeat(Math.max(schema.minLength ?? 0, 1));
}

/** A value that the schema takes, with one entry in every list and record, so that what lies in them can be spoilt as well. */
export function sampleOf(schema: unknown): unknown {
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(Object.entries(schema.shape).map(([key, inner]) => [key, sampleOf(inner)]));
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return sampleText(schema);
  if (schema instanceof z.ZodNumber) return Math.max(schema.minValue ?? 1, Number.MIN_SAFE_INTEGER, 1);
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNull) return null;
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodEnum) return Object.values(schema.enum)[0];
  if (schema instanceof z.ZodArray) return [sampleOf(schema.element)];
  if (schema instanceof z.ZodTuple) return schema.def.items.map(sampleOf);
  if (schema instanceof z.ZodRecord)
    return { [String(sampleOf(schema.keyType))]: sampleOf(schema.valueType) };
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return sampleOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) return sampleOf(schema.options[0]);
  if (schema instanceof z.ZodPipe) return sampleOf(schema.in);
  if (schema instanceof z.ZodCustom) return new Uint8Array([1, 2, 3]);
  throw new Error(`no sample for ${(schema as z.ZodType).def.type}`);
}

export interface Spoilt {
  readonly what: string;
  readonly input: unknown;
}

/** Longer than any text that a person types, shorter than what would make the test slow. */
const HUGE_TEXT = 'ế'.repeat(2_000_000);
const HUGE_LIST = 100_000;
/** More than twice the largest scan. */
const HUGE_FILE = new Uint8Array(64 * 1024 * 1024);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** Keys that would reach the prototype of every object, were they ever copied key by key. */
const STRANGE_KEYS: readonly (readonly [string, unknown])[] = [
  ['__proto__', { polluted: 1 }],
  ['constructor', { prototype: { polluted: 1 } }],
  ['prototype', { polluted: 1 }],
  ['khac', 1],
];
function withKey(object: Record<string, unknown>, key: string, value: unknown): unknown {
  return Object.defineProperty({ ...object }, key, {
    value,
    ...{ enumerable: true, configurable: true, writable: true },
  });
}

/** What the value may not be, by what it is. */
function wrongTypes(value: unknown): unknown[] {
  if (value instanceof Uint8Array) return ['x', [1, 2, 3], {}, null, 1];
  if (Array.isArray(value)) return ['x', { 0: 'x', length: 1 }, 1, true, [{ strange: 1 }, []]];
  if (isObject(value)) return [[value], [], 'x', 1, true];
  if (typeof value === 'string') return [[value], { toString: value }, 5, true];
  if (typeof value === 'number')
    return [[value], String(value), {}, true, Number.NaN, Number.POSITIVE_INFINITY];
  if (typeof value === 'boolean') return [[value], 'true', 1, {}];
  return [{ strange: 1 }, ['x'], 5];
}

/** Every spoilt form of one value; `put` sets it into the whole input. */
function spoil(value: unknown, schema: unknown, at: string, put: (value: unknown) => unknown): Spoilt[] {
  const found: Spoilt[] = wrongTypes(value).map((wrong) => ({
    what: `${at}: ${typeof wrong} ${Array.isArray(wrong) ? 'list' : ''}`,
    input: put(wrong),
  }));
  if (typeof value === 'string') found.push({ what: `${at}: huge`, input: put(HUGE_TEXT) });
  if (value instanceof Uint8Array) found.push({ what: `${at}: huge file`, input: put(HUGE_FILE) });
  if (Array.isArray(value)) {
    found.push({ what: `${at}: huge list`, input: put(Array.from({ length: HUGE_LIST }, () => value[0])) });
    found.push(...spoil(value[0], inside(schema), `${at}[]`, (one) => put([one])));
  } else if (isObject(value)) {
    const shape = shapeOf(schema);
    for (const [key, strange] of shape ? STRANGE_KEYS : [])
      found.push({ what: `${at}: key ${key}`, input: put(withKey(value, key, strange)) });
    for (const [key, inner] of Object.entries(value)) {
      const known = shape ? shape[key] : inside(schema);
      if (shape && !(known instanceof z.ZodOptional)) {
        const { [key]: _, ...rest } = value;
        found.push({ what: `${at}: without ${key}`, input: put(rest) });
      }
      found.push(...spoil(inner, known, `${at}.${key}`, (one) => put({ ...value, [key]: one })));
    }
  }
  return found;
}
function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return bare(schema.unwrap());
  if (schema instanceof z.ZodUnion) return bare(schema.options[0]);
  if (schema instanceof z.ZodPipe) return bare(schema.in);
  return schema;
}
function shapeOf(schema: unknown): Record<string, unknown> | null {
  const known = bare(schema);
  return known instanceof z.ZodObject ? known.shape : null;
}
function inside(schema: unknown): unknown {
  const known = bare(schema);
  if (known instanceof z.ZodArray) return known.element;
  return known instanceof z.ZodRecord ? known.valueType : known;
}

/** All spoilt inputs of a call. */
export function spoiltInputs(schema: z.ZodType): Spoilt[] {
  return spoil(sampleOf(schema), schema, 'input', (value) => value);
}
