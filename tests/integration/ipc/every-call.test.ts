/**
 * Every call of the contract, one after another: strict both ways, a handler where it belongs, a rule who may call, and no effect when
 * its input is spoilt. A new call that lacks one of these fails here; its spoilt inputs are read from its schema.
 */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { noOsWrap } from '../../../db/key-slots.ts';
import { type Gate, makeGate } from '../../../electron/data/gate.ts';
import { reads, tasks, writes } from '../../../electron/handlers/registry.ts';
import { callRules } from '../../../shared/contract/ipc/call-rules.ts';
import { announcements, ipc, type Method } from '../../../shared/contract/ipc/registry.ts';
import { spoiltInputs } from '../../support/call-samples.ts';
import { dropTestDesk, openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';

const methods = Object.keys(ipc) as Method[];
const root = path.resolve(import.meta.dirname, '../../..');

/** Places of objects inside a schema that would let a strange key pass. */
function loose(schema: unknown, at: string): string[] {
  if (schema instanceof z.ZodObject) {
    const inner = Object.entries(schema.shape).flatMap(([key, one]) => loose(one, `${at}.${key}`));
    return schema.def.catchall instanceof z.ZodNever ? inner : [at, ...inner];
  }
  if (schema instanceof z.ZodArray) return loose(schema.element, `${at}[]`);
  if (schema instanceof z.ZodTuple) return schema.def.items.flatMap((one) => loose(one, `${at}[]`));
  if (schema instanceof z.ZodRecord) return loose(schema.valueType, `${at}{}`);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly)
    return loose(schema.unwrap(), at);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => loose(one, `${at}|`));
  if (schema instanceof z.ZodPipe) return [...loose(schema.in, at), ...loose(schema.out, at)];
  const closed = [
    z.ZodString,
    z.ZodStringFormat,
    z.ZodNumber,
    z.ZodBoolean,
    z.ZodNull,
    z.ZodLiteral,
    z.ZodEnum,
    z.ZodCustom,
  ];
  return closed.some((kind) => schema instanceof kind) ? [] : [`${at}: ${(schema as z.ZodType).def.type}`];
}

function handlerOf(method: Method): unknown {
  const { kind } = ipc[method];
  const table = {
    read: reads,
    write: writes,
    task: tasks,
    inner: tasks,
    gate: null,
    'inner-gate': null,
    shell: null,
  }[kind];
  // Those of the gate and of the shell are records over all methods of their kind: the compiler asks for each.
  return table === null ? true : (table as Record<string, unknown>)[method];
}

let desk: TestDesk;
let gate: Gate;
const gateFolder = tempFolder('gate');
beforeAll(() => {
  desk = openTestDesk({ role: 'head' });
  gate = makeGate({
    ...{ folder: gateFolder, clock: desk.clock, announce: () => undefined, report: () => undefined },
    ...{ os: noOsWrap, cost: { memoryKiB: 64, passes: 1 }, headless: false, given: null },
    start: () => desk,
  });
});
afterAll(async () => {
  await dropTestDesk(desk);
  rmSync(gateFolder, { recursive: true });
});

describe.each(methods)('%s', (method) => {
  const { input, output, kind } = ipc[method];
  test('is strict both ways, has a handler, and a row who may call', () => {
    expect(input).toBeInstanceOf(z.ZodObject);
    expect([...loose(input, 'input'), ...loose(output, 'output')]).toEqual([]);
    expect(handlerOf(method)).toBeTruthy();
    // call-rules.test.ts walks it with every role.
    expect(callRules[method].roles.length).toBeGreaterThan(0);
  });

  test('refuses every spoilt input by one code, and nothing happens', async () => {
    const { $client } = desk.desk.db;
    const changes = () => $client.prepare('SELECT total_changes()').pluck().get();
    const [before, heard] = [changes(), desk.announced.length];
    const said = new Set<string>();
    const answer = kind === 'gate' ? gate.dispatch : desk.dispatch;
    const spoilt = spoiltInputs(input);
    for (const one of spoilt) {
      const reply = await answer(method, one.input);
      said.add(reply.ok ? `OK ${one.what}` : reply.problem.code);
      // What was typed is never said back.
      if (!reply.ok) expect(JSON.stringify(reply.problem).length).toBeLessThan(600);
    }
    expect([...said]).toEqual(['INPUT_INVALID']);
    expect([changes(), desk.announced.length, desk.reports]).toEqual([before, heard, []]);
    expect('polluted' in {}).toBe(false);
  });
});

test('the door of the window hears the announcements of the contract and no others', () => {
  const preload = readFileSync(path.join(root, 'electron/preload/preload.ts'), 'utf8');
  const [, listed = ''] = /new Set\(\[([^\]]+)\]\)/.exec(preload) ?? [];
  const names = [...listed.matchAll(/'([^']+)'/g)].map(([, name]) => name);
  expect(names.sort()).toEqual(Object.keys(announcements).sort());
});
