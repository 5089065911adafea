/** A city officer's desk that takes in count tables, with the city's own table of 19/09/2023. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { verifyDesk } from '../../db/rebuild.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { CITY, dropTestDesk, openTestDesk, type TestDesk } from './temp-desk.ts';

export const CITY_TABLE = new Uint8Array(
  readFileSync(path.resolve(import.meta.dirname, '../fixtures/seeds-ngoai-nganh-2023-09-19.csv')),
);
export const HEADER = 'unit_code,unit_name,category_code,count';
/** The desk of the running test. */
export let desk: TestDesk;

export function eachWithADesk(): void {
  beforeEach(() => {
    desk = openTestDesk({ role: 'officer', office: CITY });
  });
  afterEach(() => dropTestDesk(desk));
}

export const file = (bytes: Uint8Array | string, asOf = '2023-09-19') => ({
  ...{ asOf, form: null, from: null },
  fileName: 'bang.csv',
  bytes: (typeof bytes === 'string'
    ? new TextEncoder().encode(bytes)
    : new Uint8Array(bytes)) as Input<'count.import'>['bytes'],
});
export const check = (bytes: Uint8Array | string) => desk.call('count.check-import', file(bytes));
export const load = (bytes: Uint8Array | string, skipWrong = false) =>
  desk.call('count.import', { ...file(bytes), skipWrong });
export const events = () => verifyDesk(desk.desk.db).events;
