/** After any damage to store, log, newest backup or journal: what was acknowledged comes back, or it is said how much did not. */
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { backupFolder, listBackups } from '../../../db/backup/folder.ts';
import type { ReadDb } from '../../../db/handle.ts';
import { readJournalState } from '../../../db/journal/live.ts';
import { segmentFile, segmentNumbers } from '../../../db/journal/segment.ts';
import { truthTables } from '../../../db/journal/tables.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { testClock } from '../../support/clock.ts';
import { reception } from '../../support/forms.ts';
import { damages, spoil } from '../../support/spoil.ts';
import { openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Everything that no rule could work out again. */
function pictureOf(db: ReadDb, only?: readonly string[]): string {
  const hash = createHash('sha256');
  // What the app notes of its own start and checks is no work of anybody.
  for (const { name, key } of truthTables(db.$client).filter((one) => only?.includes(one.name) ?? true))
    for (const row of db.$client
      .prepare(`SELECT * FROM ${name} ORDER BY ${key.map((k) => `"${k}"`).join(', ')}`)
      .raw()
      .iterate())
      if (
        !['recovery', 'check_quick', 'check_full', 'check_log', 'seen_time'].includes(
          String((row as unknown[])[0]),
        ) &&
        !(name === 'access' && String((row as unknown[])[3]).startsWith('log.'))
      )
        hash.update(JSON.stringify(row));
  return hash.digest('hex');
}

/** Opens as main does: a damage that is found while running ends the desk, and it is started again. */
async function openHealing(folder: string, seed: string): Promise<TestDesk> {
  const clock = testClock('2026-11-22T09:00:00.000Z');
  for (let turn = 0; turn < 3; turn++) {
    const desk = openTestDesk({ folder, seed: `${seed}/${turn}`, clock, enrolled: false });
    const { quick, recovery } = await desk.call('backup.check', {});
    if (quick?.ok || recovery?.kind === 'kept') return desk;
    await desk.close();
  }
  throw new Error('still damaged');
}

/** What people did; a store that lost something also opens a stream of its own. */
const WORK = ['event', 'draft'];

type Step = 'dossier' | 'draft' | 'discard' | 'backup' | 'restart';
const step = fc.constantFrom<Step[]>('dossier', 'dossier', 'draft', 'draft', 'discard', 'backup', 'restart');
const target = fc.constantFrom('store', 'wal', 'backup', 'journal');
const blow = fc.record({
  target,
  damage: fc.constantFrom(...damages),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

test('random damage after random work', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 14 }),
      fc.uniqueArray(blow, { minLength: 1, maxLength: 4, selector: (one) => one.target }),
      fc.nat(),
      async (steps, blows, salt) => {
        const folder = tempFolder('heal');
        folders.push(folder);
        const pictures = new Map<number, { all: string; work: string }>();
        const clock = testClock('2026-11-20T02:00:00.000Z');
        let desk = openTestDesk({ folder, clock, seed: `work/${salt}` });
        const note = () => {
          const { db } = desk.desk;
          pictures.set(readJournalState(db).position, { all: pictureOf(db), work: pictureOf(db, WORK) });
        };
        const drafts: string[] = [];
        let turn = 0;
        note();
        for (const one of steps) {
          clock.advance(61_000);
          const id = desk.desk.ids.uuid();
          if (one === 'dossier') await desk.call('dossier.receive', reception(id, 'birth'));
          if (one === 'draft') {
            await desk.call('draft.save', {
              id,
              chain: 'death',
              values: { 'deceased.fullName': `Nháp ${id}` },
            });
            drafts.push(id);
          }
          const gone = one === 'discard' ? drafts.pop() : undefined;
          if (gone) await desk.call('draft.discard', { id: gone });
          if (one === 'backup') await desk.call('backup.make', {});
          if (one === 'restart') {
            await desk.close();
            desk = openTestDesk({ folder, clock, seed: `work/${salt}/${++turn}` });
          }
          note();
        }
        const last = readJournalState(desk.desk.db).position;
        // As a power cut leaves it: everything open, nothing tidied.
        const cut = tempFolder('heal-cut');
        folders.push(cut);
        cpSync(folder, cut, { recursive: true });
        await desk.close();
        rmSync(path.join(cut, 'desk.db-shm'), { force: true });

        const newest = listBackups(backupFolder(cut))[0];
        const journal = segmentNumbers(cut).at(-1);
        const files: Record<string, string | undefined> = {
          store: path.join(cut, 'desk.db'),
          wal: path.join(cut, 'desk.db-wal'),
          backup: newest?.file,
          journal: journal === undefined ? undefined : segmentFile(cut, journal),
        };
        for (const { target: what, damage, at } of blows) {
          const file = files[what];
          if (file) spoil(file, damage, at);
        }
        const left = contents(cut).filter(({ name }) => /^(desk\.db$|backups|journal\/\d)/.test(name));
        const hit = new Set(blows.map((one) => one.target));

        let healed: TestDesk | null = null;
        try {
          healed = await openHealing(cut, `healed/${salt}`);
        } catch (error) {
          // Only where store and journal are both gone, and no backup is left.
          expect(String(error)).toMatch(/DB_GONE|DB_DAMAGED/);
          expect(hit.has('journal') && (hit.has('store') || hit.has('wal'))).toBe(true);
        }
        if (healed) {
          const { recovery } = await healed.call('backup.state', {});
          const lost = recovery?.lost ?? 0;
          if (recovery?.kind !== 'kept') {
            const then = pictures.get(last - lost);
            if (lost === 0) expect(pictureOf(healed.desk.db)).toBe(then?.all);
            else if (then) expect(pictureOf(healed.desk.db, WORK)).toBe(then.work);
            expect(verifyDesk(healed.desk.db).problems).toEqual([]);
            // And it is an ordinary desk again, unless even its enrolment was among what is lost.
            if ((await healed.call('session.get', {})).enrolled)
              await healed.call('dossier.receive', reception(healed.desk.ids.uuid(), 'death'));
          }
          // The newest segment alone can cost something, and only together with the store or its log.
          if (!hit.has('journal')) expect(lost).toBe(0);
          await healed.close();
        }
        const after = new Set(contents(cut).map((one) => one.hash));
        for (const { name, hash } of left) if (name !== 'desk.db') expect(after.has(hash), name).toBe(true);
      },
    ),
    {
      numRuns: Number(process.env.SMC_HEAL_RUNS ?? 8),
      seed: Number(process.env.SMC_HEAL_SEED ?? 20261122),
      endOnFailure: true,
    },
  );
});

function contents(folder: string): { name: string; hash: string }[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .map((name) => ({
      name,
      hash: createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex'),
    }));
}
