/** The access log for those who may read it: roles, filters, pages, the file, the check on its thread. */
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../db/handle.ts';
import type { AccessFilter } from '../../../shared/contract/ipc/access.ts';
import { roles } from '../../../shared/domain/verbs.ts';
import { cleanText } from '../../../shared/lib/vietnamese-text.ts';
import { accessEntries, deedsOf } from '../../support/access.ts';
import { reception } from '../../support/forms.ts';
import { HOSTILE_TEXTS } from '../../support/hostile-texts.ts';
import { readSheets } from '../../support/read-back.ts';
import { sitDown } from '../../support/role-papers.ts';
import { signingCity } from '../../support/signed-city.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const everything: AccessFilter = { person: null, action: null, from: null, to: null, code: '' };
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk({ role: 'head' });
});
afterEach(() => dropTestDesk(desk));
const list = (filter: Partial<AccessFilter> = {}, before: number | null = null) =>
  desk.call('access.list', { filter: { ...everything, ...filter }, before });

describe('who may read it', () => {
  test.each(roles)('%s', async (role) => {
    await dropTestDesk(desk);
    desk = openTestDesk({ role });
    const may = ['head', 'admin', 'auditor'].includes(role);
    const outcome = may ? 'OK' : 'FORBIDDEN';
    expect(await desk.refusal('access.list', { filter: everything, before: null })).toBe(outcome);
    expect(await desk.refusal('access.verify', {})).toBe(outcome);
    expect(await desk.refusal('access.file', { filter: everything, format: 'csv' })).toBe(outcome);
    const mark = may ? '' : '!';
    expect(deedsOf(desk.desk.db).slice(1)).toEqual(
      ['access.list', 'access.verify', 'access.file'].map((name) => mark + name),
    );
  });
});

describe('what it shows', () => {
  beforeEach(async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    await desk.call('dossier.receive', reception(OTHER, 'death'));
    await desk.call('dossier.get', { id: ID });
    desk.clock.set('2026-11-21T18:30:00Z');
    await desk.call('dossier.get', { id: OTHER });
    await desk.call('sync.set-day-end', { time: '16:00' });
  });
  const seqs = async (filter: Partial<AccessFilter>) => (await list(filter)).lines.map((line) => line.seq);

  test('newest first, with the dossier’s code and who it was', async () => {
    const { lines, newest, people, confirmed } = await list();
    expect(lines.map(({ seq, action, subject }) => [seq, action, subject?.label])).toEqual([
      [4, 'sync.set-day-end', undefined],
      [3, 'dossier.get', 'T-7-261120-002'],
      [2, 'dossier.get', 'T-7-261120-001'],
      [1, 'log.begin', undefined],
    ]);
    expect(lines[0]).toMatchObject({ actor: { name: 'Lê Thị Thử', role: 'head' }, facts: { time: '16:00' } });
    expect([newest, people.map((one) => one.name), confirmed]).toEqual([4, ['Lê Thị Thử'], null]);
  });
  test('by deed, by day of Vietnam, by the beginning of a code, by person', async () => {
    expect(await seqs({ action: 'dossier.get' })).toEqual([3, 2]);
    expect(await seqs({ to: '2026-11-20' })).toEqual([2, 1]);
    expect(await seqs({ from: '2026-11-21', to: '2026-11-21' })).toEqual([]);
    expect(await seqs({ from: '2026-11-22', action: 'dossier.get' })).toEqual([3]);
    expect(await seqs({ code: ' t-7-261120-001' })).toEqual([2]);
    expect(await seqs({ code: 'T-7' })).toEqual([3, 2]);
    expect(await seqs({ code: '%' })).toEqual([]);
    expect(await seqs({ person: 'nobody' })).toEqual([]);
    const [me] = (await list()).people;
    expect((await seqs({ person: me?.id ?? '' })).length).toBeGreaterThan(2);
  });
  test('page by page, without a gap and without a repeat', async () => {
    inTransaction(desk.desk.db, (tx) => {
      for (let i = 0; i < 240; i++) desk.desk.access.within(tx, { action: 'account.lock' });
    });
    const shown: number[] = [];
    let before: number | null = null;
    for (let more = true; more; ) {
      const page: Awaited<ReturnType<typeof list>> = await list({}, before);
      shown.push(...page.lines.map((line) => line.seq));
      before = page.lines.at(-1)?.seq ?? null;
      more = page.more;
    }
    expect(shown.slice(-244)).toEqual(Array.from({ length: 244 }, (_, i) => 244 - i));
  });
  test('how far the city has confirmed it', async () => {
    const city = signingCity(desk);
    city.receive(desk);
    await desk.call('slip.log', { id: ID, kind: 'receipt' });
    const { confirmed, newest } = await list();
    expect(confirmed).toEqual({ seq: 4, at: '2026-11-21T18:30:00.000Z' });
    expect(newest).toBe(5);
  });
  test('as a file: what the filter shows, no formula in it; and that is an entry', async () => {
    sitDown(desk.desk, { id: 'x', name: '=1+1', role: 'head' });
    await desk.call('slip.log', { id: ID, kind: 'receipt' });
    const { name, bytes } = await desk.call('access.file', {
      filter: { ...everything, action: 'slip.log' },
      format: 'csv',
    });
    const lines = new TextDecoder().decode(bytes).trim().split('\r\n');
    expect(name).toBe('nhat-ky-truy-cap-2026-11-22.csv');
    expect(lines.length).toBe(2);
    expect(lines[1]).toMatch(
      /^5,2026-11-22 01:30,'=1\+1,head,slip\.log,done,dossier,.*T-7-261120-001.*paper=receipt$/,
    );
    expect(accessEntries(desk.desk.db).at(-1)).toMatchObject({
      action: 'access.file',
      facts: { action: 'slip.log' },
    });
  });
  test('a thousand hostile reasons: each in its cell, letter for letter, none a formula', async () => {
    for (const why of HOSTILE_TEXTS)
      if (cleanText(why) !== '')
        await desk.call('export.log', { what: 'slip', about: '', owner: null, guard: { way: 'plain', why } });
    const filter = { ...everything, action: 'export.log' as const };
    const whole = HOSTILE_TEXTS.map(cleanText).filter((why) => why !== '');
    const csv = await desk.call('access.file', { filter, format: 'csv' });
    const { data } = Papa.parse<string[]>(new TextDecoder().decode(csv.bytes).trimEnd(), {
      ...{ delimiter: ',', newline: '\r\n' },
    });
    const cells = data.slice(1).map((line) => line[9] ?? '');
    expect(data.flat().filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
    expect(cells.map((cell, i) => (cell === whole.at(-1 - i) ? cell : cell.replace(/^'/, '')))).toEqual(
      whole.toReversed(),
    );
    const xlsx = await desk.call('access.file', { filter, format: 'xlsx' });
    const [sheet] = readSheets(xlsx.bytes);
    expect(sheet?.name).toBe('Nhật ký truy cập');
    expect(sheet?.xml).not.toMatch(/<f[ >]|<hyperlink/);
    expect([...(sheet?.cells.values() ?? [])].filter(({ kind }) => kind === 'text').length).toBeGreaterThan(
      whole.length * 8,
    );
  });
  test('the check runs beside the work, is kept, and names what somebody bent', async () => {
    expect((await list()).checked).toEqual({ tail: null, whole: null });
    expect(await desk.call('access.verify', {})).toMatchObject({ entries: 5, events: 2, found: [] });
    desk.desk.db.$client.exec('DROP TRIGGER access_no_update');
    desk.desk.db.$client.exec("UPDATE access SET at = '2026-11-19T00:00:00.000Z' WHERE seq = 3");
    await desk.call('access.verify', {});
    expect(await desk.call('backup.state', {})).toMatchObject({ logFound: 1 });
    expect((await list()).checked.whole?.found).toEqual([
      { table: 'access', row: 3, to: 3, kind: 'changed' },
    ]);
  });
});
