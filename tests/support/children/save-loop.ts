/** A process that receives dossiers one after the other and prints each id only after the answer came. It is killed from outside. */
import { writeSync } from 'node:fs';
import { randomIds, startDesk, systemClock } from '../../../electron/data/start-desk.ts';
import { reception } from '../forms.ts';
import { MIGRATIONS } from '../temp-desk.ts';

const [folder = ''] = process.argv.slice(2);
const desk = startDesk({
  folder,
  migrationsFolder: MIGRATIONS,
  version: '0.0.0-test',
  ...{ cityUrl: 'http://127.0.0.1:1', cityUrlForced: false, demo: false, program: ['so-mot-cua'] },
  clock: systemClock(),
  ids: randomIds,
  announce: () => undefined,
  report: (_ref, error) => writeSync(2, `${String(error)}\n`),
});
writeSync(1, 'open\n');
for (let i = 0; ; i++) {
  const id = randomIds.uuid();
  const counts = {
    asOf: '2026-11-01',
    form: null,
    from: null,
    source: 'typed',
    units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: i }] }],
  };
  const reply =
    i % 3 === 2
      ? await desk.dispatch('count.record', counts)
      : await desk.dispatch('dossier.receive', reception(id, 'birth'));
  if (!reply.ok) throw new Error(reply.problem.code);
  writeSync(1, i % 3 === 2 ? `count ${i}\n` : `dossier ${id}\n`);
}
