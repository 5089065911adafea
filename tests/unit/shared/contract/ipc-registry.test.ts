/** The registry of calls: named by noun and verb, strict at the boundary, written only through events. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { reads, tasks, writes } from '../../../../electron/handlers/registry.ts';
import { announcements, ipc, isMethod, type Method } from '../../../../shared/contract/ipc/registry.ts';
import { eventVerbs } from '../../../../shared/domain/verbs.ts';

const methods = Object.keys(ipc) as Method[];
const of = (kind: string) => methods.filter((m) => ipc[m].kind === kind).sort();

/** Every object inside a schema, with where it stands. */
function objects(schema: unknown, at: string): { at: string; strict: boolean }[] {
  if (schema instanceof z.ZodObject)
    return [
      { at, strict: schema.def.catchall instanceof z.ZodNever },
      ...Object.entries(schema.shape).flatMap(([key, inner]) => objects(inner, `${at}.${key}`)),
    ];
  if (schema instanceof z.ZodArray) return objects(schema.element, `${at}[]`);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return objects(schema.unwrap(), at);
  if (schema instanceof z.ZodRecord) return objects(schema.valueType, `${at}{}`);
  return [];
}

test('every call is named noun.verb', () => {
  for (const m of methods) expect(m).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
});
test('the calls that write are exactly the verbs of events', () => {
  expect(of('write')).toEqual([...eventVerbs].sort());
});
test('every call has a handler of its kind, but those of the shell', () => {
  expect([Object.keys(reads).sort(), Object.keys(writes).sort(), Object.keys(tasks).sort()]).toEqual([
    of('read'),
    of('write'),
    [...of('task'), ...of('inner')].sort(),
  ]);
  expect(of('shell').length).toBeGreaterThan(0);
});

describe.each(methods)('%s', (method) => {
  test('takes one strict object and answers with strict objects only', () => {
    expect(ipc[method].input).toBeInstanceOf(z.ZodObject);
    const found = [...objects(ipc[method].input, 'input'), ...objects(ipc[method].output, 'output')];
    expect(found.filter((o) => !o.strict).map((o) => o.at)).toEqual([]);
  });
  test.each([null, undefined, 0, 'x', [], { __strange: 1 }, () => 1])('refuses %j', (input) => {
    expect(ipc[method].input.safeParse(input).success).toBe(false);
  });
});

test('only the listed names are calls', () => {
  for (const name of [
    'constructor',
    '__proto__',
    'toString',
    'dossier.delete',
    '',
    'dossier.get ',
    1,
    null,
    undefined,
    {},
    ['dossier.get'],
  ])
    expect(isMethod(name), String(name)).toBe(false);
  expect(methods.every(isMethod)).toBe(true);
});
test('announcements say what to read again and nothing more', () => {
  expect(announcements.changed.safeParse(['dossier', 'sync']).success).toBe(true);
  for (const body of [['person'], 'dossier', [{ id: 1 }]])
    expect(announcements.changed.safeParse(body).success).toBe(false);
});
