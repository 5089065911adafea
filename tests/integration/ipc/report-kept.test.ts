/** A kept report as file and on the clipboard: the figures that were kept, and in its notes what has changed since. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { readSheets, readWord } from '../../support/read-back.ts';
import { CITY, dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const SEED_DAY = '2023-09-19';
const annex = { report: 'ngoai-nganh', from: null, to: SEED_DAY, treeOn: null, compare: true };

let desk: TestDesk;
afterEach(() => dropTestDesk(desk));

async function importSeed(): Promise<void> {
  const file = path.resolve(import.meta.dirname, '../../fixtures/seeds-ngoai-nganh-2023-09-19.csv');
  const bytes = new Uint8Array(readFileSync(file));
  await desk.call('count.import', {
    ...{ asOf: SEED_DAY, form: null, from: null, fileName: 'so-lieu.csv' },
    ...{ bytes, skipWrong: true },
  });
}
const correct = (value: number) =>
  desk.call('count.record', {
    ...{ asOf: SEED_DAY, form: null, from: null, source: 'typed' },
    units: [{ unit: '760@2021-01-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }] }],
  });

describe('kept, then changed: files and clipboard have the figures that were kept, and say what changed', () => {
  let frozen: string;
  beforeEach(async () => {
    desk = openTestDesk({ role: 'officer', office: CITY });
    await importSeed();
    frozen = (await desk.call('report.freeze', annex)).id;
    await correct(9);
  });
  const CHANGED = 'Quận 1, HỘI NÔNG DÂN: khi chốt 0, nay 9';
  test('the report itself', async () => {
    const kept = await desk.call('report.kept', { frozen });
    const at = kept.columns.findIndex((c) => c.key === 'hoi_nong_dan');
    expect(kept.rows.at(-1)?.cells[at]).toEqual({ kind: 'count', value: 26770 });
    expect(kept.notes.slice(1)).toEqual([
      expect.stringContaining('Từ khi chốt đã đổi 2 chỗ'),
      `Đã đổi: ${CHANGED}`,
      'Đã đổi: Tổng, HỘI NÔNG DÂN: khi chốt 26.770, nay 26.779',
    ]);
  });
  test.each(['xlsx', 'docx', 'csv'] as const)('%s', async (format) => {
    const { name, bytes } = await desk.call('report.file', { source: { frozen }, format });
    expect(name).toBe(`ngoai-nganh-${SEED_DAY}-da-chot.${format}`);
    if (format === 'xlsx') {
      const values = readSheets(bytes).map((sheet) => [...sheet.cells.values()].map((c) => c.value));
      expect(values[0]).toEqual(expect.arrayContaining([26770, 159006]));
      expect(values[0]).not.toContain(26779);
      expect(values[1]).toContain(`Đã đổi: ${CHANGED}`);
    } else if (format === 'docx') {
      const { tables, lines } = readWord(bytes);
      const last = tables
        .find((rows) => rows.length > 20)
        ?.at(-1)
        ?.cells.map((c) => c.text);
      expect(last).toEqual(expect.arrayContaining(['26.770', '159.006']));
      expect(lines.join('|')).toContain(`Đã đổi: ${CHANGED}`);
    } else {
      const { data } = Papa.parse<Record<string, string>>(new TextDecoder().decode(bytes), {
        header: true,
        skipEmptyLines: true,
      });
      expect(data.at(-1)).toMatchObject({ row_kind: 'total', hoi_nong_dan: '26770', an_sinh_xa_hoi: '1408' });
    }
  });
  test('the clipboard', async () => {
    const { text, html } = await desk.call('report.clipping', { source: { frozen } });
    expect(text.split('\r\n').at(-1)?.split('\t')).toContain('26770');
    expect(html).toContain('x:num="159006"');
  });
  test('nothing of it in another office, nothing for an unknown id', async () => {
    const unknown = desk.desk.ids.uuid();
    for (const [method, input] of [
      ['report.kept', { frozen: unknown }],
      ['report.file', { source: { frozen: unknown }, format: 'xlsx' }],
      ['report.clipping', { source: { frozen: unknown } }],
    ] as const)
      expect(await desk.refusal(method, input), method).toBe('REPORT_UNKNOWN');
    expect(await desk.refusal('report.file', { source: { frozen }, format: 'pdf' })).toBe('INPUT_INVALID');
    expect(await desk.refusal('report.kept', { frozen: '../../etc' })).toBe('INPUT_INVALID');
  });
});

const may: readonly Role[] = ['clerk', 'head', 'officer'];
test.each(roles)('%s may keep a report, or may not', async (role) => {
  desk = openTestDesk({ role, office: CITY });
  const expected = may.includes(role) ? 'OK' : 'FORBIDDEN';
  expect(await desk.refusal('report.freeze', annex)).toBe(expected);
  expect(await desk.refusal('report.make', annex)).toBe(role === 'technician' ? 'FORBIDDEN' : 'OK');
});
