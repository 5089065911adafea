/** Property: after any history of several desks the tables equal the fold of the applied events. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { actions } from '../../../shared/domain/action-rules.ts';
import {
  enrolDesk,
  type FakeDesk,
  makeEvent,
  openReceipt,
  seal,
  send,
  type Wish,
} from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import {
  actOn,
  annotateDossier,
  correctCatalogue,
  correctDossier,
  FACT,
  receiveDossier,
  recordCounts,
} from '../../support/wire-events.ts';

const FIELDS = ['child.sex', 'mother.fullName', 'father.fullName', 'child.ethnicity', 'no.such.field'];
const CATEGORIES = ['hoi_nong_dan', 'nguoi_co_cong', 'an_sinh_xa_hoi', 'no_such_category'];

const stroke = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('receive' as const),
      slot: fc.nat(1),
      good: fc.nat(3).map((n) => n > 0),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('correct' as const),
      slot: fc.nat(1),
      base: fc.nat(3),
      field: fc.constantFrom(...FIELDS),
      text: fc.constantFrom('nam', 'nu', '', 'Lê Văn Ổn'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('count' as const),
      day: fc.nat(1),
      base: fc.nat(3),
      category: fc.constantFrom(...CATEGORIES),
      value: fc.option(fc.nat(99)),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      slot: fc.nat(1),
      base: fc.nat(3),
      action: fc.constantFrom(...actions),
      components: fc.uniqueArray(fc.constantFrom('K1', 'K2', 'K3', 'K9'), { minLength: 1, maxLength: 3 }),
      due: fc.option(fc.constantFrom('2026-11-20', '2026-12-01', '0000-01-01'), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('annotate' as const),
      slot: fc.nat(1),
      base: fc.nat(3),
      key: fc.constantFrom('paper.ks_to_khai', 'code.official', 'link.dossier', 'child.sex'),
      text: fc.constantFrom('missing', ''),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('setting' as const),
      base: fc.nat(3),
      value: fc.constantFrom('Công an xã', 'Công an phường'),
      known: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('newer' as const), slot: fc.nat(1) }) },
);
const history = fc.array(
  fc.record({
    desk: fc.nat(2),
    twice: fc.boolean(),
    strokes: fc.array(stroke, { minLength: 1, maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 6 },
);
type Stroke = typeof stroke extends fc.Arbitrary<infer T> ? T : never;

function wishOf(s: Stroke, ids: readonly string[], { run, office }: { run: number; office: string }): Wish {
  const id = (slot: number) => ids[slot] ?? '';
  switch (s.kind) {
    case 'receive':
      return {
        ...receiveDossier('26740', s.good ? {} : { regime: 'x' }),
        subject: { kind: 'dossier', id: id(s.slot) },
      };
    case 'correct':
      return correctDossier(id(s.slot), s.base, { [s.field]: s.text });
    case 'count':
      return recordCounts(
        { [s.category]: s.value },
        {
          asOf: new Date(Date.UTC(2026, 0, 1 + ((run * 2 + s.day) % 300))).toISOString().slice(0, 10),
          base: s.base,
        },
      );
    case 'act': {
      const { action, components, due } = s;
      const dues = due === undefined ? [] : [{ code: components[0] ?? '', due }];
      return actOn(id(s.slot), s.base, {
        ...{
          action,
          components,
          dues,
          reason: 'lý do',
          items: ['Sổ hộ khẩu'],
          to: 'Công an',
          obstacle: 'ky_thuat',
        },
        ...(due !== undefined && { chainDue: due }),
      });
    }
    case 'annotate':
      return annotateDossier(id(s.slot), s.base, { [s.key]: s.text });
    case 'setting':
      return correctCatalogue(office, s.base, s.value, s.known ? FACT : { ...FACT, key: 'no.such.fact' });
    case 'newer':
      return { ...correctDossier(id(s.slot), 1, {}), schema: 9 };
  }
}

describe.each(engines())('projections on %s', (engine) => {
  let hub: TestHub;
  let desks: FakeDesk[];
  beforeAll(async () => {
    hub = await startTestHub(engine);
    desks = [await enrolDesk(hub), await enrolDesk(hub, '26740', 'head'), await enrolDesk(hub, '79')];
  });
  afterAll(() => hub.remove());

  test('tables equal the fold after any history', async () => {
    let run = 0;
    const property = fc.asyncProperty(history, async (steps) => {
      run++;
      const ids = Array.from({ length: 2 }, () => randomUUID());
      for (const step of steps) {
        const desk = desks[step.desk % desks.length];
        if (!desk) throw new Error('no desk');
        const batch = await seal(
          desk,
          step.strokes.map((s) => makeEvent(desk, wishOf(s, ids, { run, office: desk.me.office }))),
        );
        const receipt = await openReceipt(desk, await send(hub.url, batch));
        expect(receipt.verdicts).toHaveLength(step.strokes.length);
        if (step.twice) expect(await openReceipt(desk, await send(hub.url, batch))).toEqual(receipt);
      }
    });
    await fc.assert(property, { numRuns: 200, endOnFailure: true, seed: 20261122 });
    expect(run).toBeGreaterThanOrEqual(200);
    const applied = await rowsOf(
      hub.db,
      sql`select verb, count(*)::int as n from event where revision is not null group by verb order by verb`,
      z.object({ verb: z.string(), n: z.int() }),
    );
    expect(applied.filter(({ n }) => n > 5).map(({ verb }) => verb)).toEqual([
      'catalogue.correct',
      'count.record',
      'dossier.act',
      'dossier.annotate',
      'dossier.correct',
      'dossier.receive',
    ]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('the check sees a table that was changed by hand', async () => {
    await hub.db.execute(sql`update count set value = value + 1`);
    expect((await verifyProjections(hub.db)).length).toBeGreaterThan(0);
  });
});
