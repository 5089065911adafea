/** Dossiers put together as kinds: the same report, to the last cell and word, and nothing in it that is one dossier's. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportDefs } from '../../../../shared/catalogue/report-defs.ts';
import { unitOn } from '../../../../shared/catalogue/units.ts';
import { must } from '../../../../shared/lib/must.ts';
import { kindsFor } from '../../../../shared/report/alike.ts';
import { dossierFigures } from '../../../../shared/report/dossier-figures.ts';
import { isCountedByCity } from '../../../../shared/report/dossier-needs.ts';
import { shiftWindow } from '../../../../shared/report/windows.ts';
import { lifeOf, windowOf } from '../../../support/dossier-lives.ts';
import { report } from './report-input.ts';

const cityDefs = reportDefs.filter(isCountedByCity);
const WARDS = ['26740', '26743', '27004'].map((code) => must(unitOn(code, '2026-11-20'), code).key);

test('these reports are counted by the city, lists of dossiers and counts are not', () => {
  expect(cityDefs.map((def) => def.id)).toEqual([
    ...['lien-thong', 'lien-thong-don-vi', 'bieu-06'],
    ...['thieu-giay-to', 'tu-choi', 'vuong-mac', 'dung-han'],
  ]);
});

describe.each(cityDefs.map((def) => [def.id, def] as const))('%s', (id, def) => {
  const world = fc.array(fc.tuple(lifeOf, fc.nat(WARDS.length - 1)), { minLength: 1, maxLength: 25 });
  test('over kinds as over dossiers', () => {
    fc.assert(
      fc.property(world, windowOf, fc.boolean(), (lives, window, compare) => {
        const previous = shiftWindow(window, -1);
        const kinds = kindsFor(def, [window, previous]);
        const dossiers = lives
          .filter(([{ dossier }]) => dossier.receivedOn <= window.to)
          .map(([{ on }, ward], n) =>
            dossierFigures(
              { ...on(window.to), id: `hồ sơ ${n}`, code: `T-${n}`, commune: must(WARDS[ward], 'ward') },
              { ...window, on: window.to, agencyOf: (code) => `CQ ${code}` },
            ),
          );
        for (const figures of dossiers) kinds.add(figures);
        const made = (figures: (typeof dossiers)[number]) =>
          report(id, {
            ...{ window, previous: compare ? previous : null, treeOn: window.to, dossiers: figures },
          });
        expect(made(kinds.figures())).toEqual(made(dossiers.flat()));
        const said = JSON.stringify(kinds.figures());
        expect(said).not.toContain('hồ sơ');
        expect(said).not.toContain('T-');
      }),
      { numRuns: 60 },
    );
  });
});

test('many alike are one kind, however many days they lie apart', () => {
  const def = must(cityDefs[0], 'a definition');
  const window = { from: '2026-08-11', to: '2026-09-10' };
  const kinds = kindsFor(def, [window]);
  const [life] = fc.sample(lifeOf, { seed: 7, numRuns: 1 });
  const { dossier } = must(life, 'a life');
  for (let day = 12; day < 31; day++)
    kinds.add(
      dossierFigures(
        { ...dossier, due: null, receivedOn: `2026-08-${day}` },
        { ...window, on: window.to, agencyOf: () => '' },
      ),
    );
  expect(kinds.figures().map((f) => f.alike)).toEqual([19]);
});
