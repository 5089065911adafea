/** A desk as a process: receives a dossier, sends, again and again; says each only after the answer came. It is killed from outside. */
import { writeSync } from 'node:fs';
import { randomIds, startDesk, systemClock } from '../../../electron/data/start-desk.ts';
import { reception } from '../forms.ts';
import { MIGRATIONS } from '../temp-desk.ts';

const [folder = ''] = process.argv.slice(2);
const { dispatch } = startDesk({
  folder,
  migrationsFolder: MIGRATIONS,
  version: '0.0.0-test',
  ...{ cityUrl: 'http://127.0.0.1:1', cityUrlForced: false, demo: false, program: ['so-mot-cua'] },
  clock: systemClock(),
  ids: randomIds,
  announce: () => undefined,
  report: (_ref, error) => writeSync(2, `${String(error)}\n`),
});
for (;;) {
  const id = randomIds.uuid();
  const saved = await dispatch('dossier.receive', reception(id, 'birth'));
  if (!saved.ok) throw new Error(saved.problem.code);
  writeSync(1, `dossier ${id}\n`);
  const sent = await dispatch('sync.run', {});
  if (!sent.ok) throw new Error(sent.problem.code);
  writeSync(1, `received ${(sent.value as { received: number }).received}\n`);
}
