/** Reports read dossiers to which nothing has happened from the tables: the same figures as the fold of their events. */
import { afterEach, expect, test } from 'vitest';
import { dossierOn } from '../../../db/local-view.ts';
import { dossierWindow, untouchedInWindow } from '../../../db/queries/dossier.ts';
import { syntheticDossier } from '../../../electron/demo/people.ts';
import { must } from '../../../shared/lib/must.ts';
import { type Counted, dossierFigures } from '../../../shared/report/dossier-figures.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
afterEach(() => dropTestDesk(desk));
const reach = { from: '2026-10-01', to: '2026-11-20' };

async function receive(i: number): Promise<string> {
  const chain = i % 3 === 0 ? 'death' : 'birth';
  const id = desk.desk.ids.uuid();
  await desk.call('dossier.receive', {
    ...reception(id, chain),
    values: syntheticDossier(3, i, { today: '2026-11-20', ward: 'Phường Bến Thành', chain }).values,
  });
  return id;
}

test('each untouched dossier counts as its folded self; one that was touched is folded', async () => {
  desk = openTestDesk();
  const ids: string[] = [];
  for (let i = 0; i < 24; i++) ids.push(await receive(i));
  const touched = must(ids[5], 'a dossier');
  const { revision, components } = await desk.call('dossier.get', { id: touched });
  const step = { action: 'ask_supplement' as const, items: ['Bổ sung giấy tờ'], on: null, time: null };
  await desk.call('dossier.act', {
    id: touched,
    base: revision,
    step: { ...step, components: components.map((c) => c.code) },
  });
  const { db } = desk.desk;
  const untouched = untouchedInWindow(db, reach);
  expect([...untouched.keys()].sort()).toEqual(ids.filter((id) => id !== touched).sort());
  expect(dossierWindow(db, reach)).toEqual(ids);
  const figures = (dossier: Counted) =>
    dossierFigures(dossier, { from: reach.from, on: reach.to, agencyOf: () => '' }).toSorted((a, b) =>
      a.part < b.part ? -1 : 1,
    );
  for (const [id, plain] of untouched) {
    expect(figures(plain)).toEqual(figures(must(dossierOn(db, id, reach.to), id)));
  }
  const made = await desk.call('report.make', {
    ...{ report: 'lien-thong', ...reach, treeOn: null, compare: false },
  });
  const cells = must(made.rows.at(-1), 'total').cells;
  const at = (key: string) => cells[made.columns.findIndex((c) => c.key === key)];
  expect(at('received')).toEqual({ kind: 'count', value: 24 });
  expect(at('waiting')).toEqual({ kind: 'count', value: 1 });
});
