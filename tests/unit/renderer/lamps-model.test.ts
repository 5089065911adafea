/** The lamps say what is known, and nothing better. */
import { expect, test } from 'vitest';
import { type Facts, lampsOf } from '../../../renderer/screens/shell/lamps-model.ts';
import type { BackupState } from '../../../shared/contract/ipc/backup.ts';

const at = '2026-11-20T02:00:00.000Z';
const backup: BackupState = {
  ...{ newest: at, running: false, journalWhole: true, second: null },
  ...{ quick: { at, ok: true }, full: null, problem: null, recovery: null, logFound: 0 },
};
const good: Facts = {
  session: { today: '2026-11-20', storage: { sqlite: '3.53.2', cipher: 'aegis', freeBytes: 50 * 1024 ** 3 } },
  sync: { lastReceiptAt: at, clockOffsetMs: 2_000 },
  backup,
  now: '2026-11-20T09:30:00+07:00',
};
const tones = (facts: Facts) => Object.fromEntries(lampsOf(facts).map((lamp) => [lamp.name, lamp.tone]));
const storage = (more: object) => ({
  ...good,
  session: { ...good.session, storage: { ...good.session.storage, ...more } },
});
const standing = (more: Partial<BackupState>) => ({ ...good, backup: { ...backup, ...more } });
const second = { place: 'E:\\so', there: false, newest: null, journal: null, behind: true };
const problem = { code: 'BACKUP_PLACE_FULL', sentence: 'x', details: {} };

test('all is well', () => {
  expect(new Set(Object.values(tones(good)))).toEqual(new Set(['ok']));
});
test.each<[string, Facts, string, string]>([
  ['nothing was checked yet', standing({ quick: null }), 'whole', 'dim'],
  ['a page is damaged', standing({ quick: { at, ok: false } }), 'whole', 'bad-text'],
  ['the log was bent', standing({ logFound: 1 }), 'whole', 'bad-text'],
  ['nothing is known yet', { ...good, backup: undefined }, 'whole', 'dim'],
  ['there is no backup', standing({ newest: null }), 'backup', 'warn-text'],
  ['the backup is four days old', { ...good, now: '2026-11-24T09:30:00+07:00' }, 'backup', 'warn-text'],
  ['the last one failed', standing({ problem }), 'backup', 'warn-text'],
  ['the second place is away', standing({ second }), 'backup', 'warn-text'],
  ['one is made right now', standing({ running: true }), 'backup', 'dim'],
  ['no receipt ever came', { ...good, sync: { lastReceiptAt: null, clockOffsetMs: 0 } }, 'receipt', 'dim'],
  ['the disk is nearly full', storage({ freeBytes: 1024 ** 3 - 1 }), 'disk', 'warn-text'],
  ['the disk is full', storage({ freeBytes: 90 * 1024 ** 2 }), 'disk', 'bad-text'],
  ['the disk does not tell', storage({ freeBytes: null }), 'disk', 'dim'],
  [
    'the clock is eleven minutes fast',
    { ...good, sync: { lastReceiptAt: at, clockOffsetMs: 660_000 } },
    'clock',
    'warn-text',
  ],
  ['the clock was never compared', { ...good, sync: undefined }, 'clock', 'dim'],
  ['nothing is encrypted', storage({ cipher: '' }), 'cipher', 'warn-text'],
])('%s', (_, facts, name, tone) => {
  expect(tones(facts)[name]).toBe(tone);
});
