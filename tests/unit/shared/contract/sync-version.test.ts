/** Whoever changes the wire meets this file: raise PROTOCOL, add its line of history, then pin the new hash beside it. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import * as machines from '../../../../shared/contract/sync/machines.ts';
import * as messages from '../../../../shared/contract/sync/messages.ts';
import { PROTOCOL, TYP } from '../../../../shared/contract/sync/version.ts';
import { attachBody, detachBody } from '../../../../shared/domain/attached-file.ts';
import { clusterBody } from '../../../../shared/domain/cluster.ts';
import { dayBody } from '../../../../shared/domain/day.ts';
import { actBody, annotateBody, correctBody, receiveBody } from '../../../../shared/domain/dossier.ts';
import { EVENT_SCHEMA } from '../../../../shared/domain/event.ts';
import { frozenBody, printedBody } from '../../../../shared/domain/report-record.ts';
import { resolveBody } from '../../../../shared/domain/resolve.ts';
import { settingBody } from '../../../../shared/domain/setting.ts';
import { countBody, sheetBody, sheetResolveBody } from '../../../../shared/domain/sheet.ts';
import { targetBody } from '../../../../shared/domain/target.ts';
import { transferBody } from '../../../../shared/domain/transfer.ts';
import { canonicalJson } from '../../../../shared/lib/canonical-json.ts';

const hashOf = (schemas: object) => {
  const found = Object.entries(schemas).filter((e): e is [string, z.ZodType] => e[1] instanceof z.ZodType);
  const text = canonicalJson(
    Object.fromEntries(found.map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })])),
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
};

test('the messages of this protocol have not changed', () => {
  expect({ protocol: PROTOCOL, wire: hashOf({ ...messages, ...machines }) }).toEqual({
    protocol: { min: 1, max: 3 },
    wire: 'ef5f19cbabd18ef9',
  });
});
test('the bodies of this event schema have not changed', () => {
  expect({
    schema: EVENT_SCHEMA,
    bodies: hashOf({
      ...{ receiveBody, correctBody, annotateBody, actBody, settingBody },
      ...{ countBody, sheetBody, targetBody, clusterBody, printedBody, frozenBody },
      ...{ resolveBody, transferBody, sheetResolveBody, dayBody, attachBody, detachBody },
    }),
  }).toEqual({
    schema: 1,
    bodies: '3c48c1fd45fbe902',
  });
});
test('bytes signed for one purpose are never valid for another', () => {
  expect(new Set(Object.values(TYP)).size).toBe(Object.keys(TYP).length);
});
