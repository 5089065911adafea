/** Verdicts: one bad event never blocks the rest, and whatever the verdict, the event is kept. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { loadSubjects } from '../../../city/db/queries/subject.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { canonicalJson } from '../../../shared/lib/canonical-json.ts';
import {
  enrolDesk,
  type FakeDesk,
  makeEvent,
  readInbox,
  sayHello,
  sendEvents,
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

describe.each(engines())('verdicts on %s', (engine) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(async () => {
    expect(await verifyProjections(hub.db)).toEqual([]);
    await hub.remove();
  });

  async function verdictsOf(desk: FakeDesk, wishes: readonly Wish[]) {
    const receipt = await sendEvents(
      desk,
      wishes.map((w) => makeEvent(desk, w)),
    );
    return receipt.verdicts.map(({ kind, code, field, revision }) => [kind, code, field, revision]);
  }
  const stored = (id: string) =>
    rowsOf(
      hub.db,
      sql`select verdict_kind, raw, revision::int as revision from event where id = ${id}`,
      z.object({ verdict_kind: z.string(), raw: z.string(), revision: z.int().nullable() }),
    );

  test('bad events among good ones are named one by one; the good ones count', async () => {
    const desk = await enrolDesk(hub);
    const good = receiveDossier();
    const nul = `a${String.fromCharCode(0)}b`;
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown;
    const wishes: [Wish, string | undefined, string | undefined][] = [
      [good, undefined, undefined],
      [receiveDossier('26740', { regime: 'nd999' }), 'NO_REGIME', 'regime'],
      [receiveDossier('26740', { chain: 'wedding' }), 'EVENT_BODY_INVALID', 'chain'],
      [receiveDossier('26740', { code: undefined, note: 1 }), 'EVENT_BODY_INVALID', 'code'],
      [receiveDossier('26740', { commune: '26740@1999-01-01' }), 'COMMUNE_UNKNOWN', 'commune'],
      [receiveDossier('26737'), 'EVENT_WRONG_OFFICE', 'commune'],
      [receiveDossier('26740', { form: { note: nul } }), 'EVENT_BODY_INVALID', 'body'],
      [receiveDossier('26740', { deep }), 'EVENT_BODY_INVALID', 'body'],
      [receiveDossier('26740', { due: '0000-02-01' }), 'EVENT_BODY_INVALID', 'due'],
      [{ ...receiveDossier(), subject: { kind: 'sheet', id: 'x' } }, 'EVENT_BODY_INVALID', 'subject'],
      [{ ...good, base: 1 }, 'EVENT_BODY_INVALID', 'base'],
      [{ ...receiveDossier(), office: '79' }, 'EVENT_WRONG_OFFICE', 'office'],
      [{ ...receiveDossier(), actor: { id: randomUUID(), name: 'x', role: 'head' } }, 'FORBIDDEN', undefined],
      [correctDossier(randomUUID(), 0, { 'child.sex': 'nu' }), 'EVENT_BASE_UNKNOWN', 'base'],
      [correctDossier(good.subject.id, 9, { 'child.sex': 'nu' }), 'EVENT_BASE_UNKNOWN', undefined],
      [correctDossier(good.subject.id, 1, { 'no.such.field': 'x' }), 'EVENT_BODY_INVALID', 'no.such.field'],
      [
        { ...recordCounts({ hoi_nong_dan: 5 }), subject: { kind: 'sheet', id: 'other' } },
        'EVENT_BODY_INVALID',
        'subject',
      ],
      [recordCounts({ no_such_category: 5 }), 'CATEGORY_UNKNOWN', 'no_such_category'],
      [recordCounts({ hoi_nong_dan: -1 }), 'EVENT_BODY_INVALID', 'cells.0.value'],
      [recordCounts({ hoi_nong_dan: 5 }, { unit: '79' }), 'UNIT_OUT_OF_SCOPE', 'unit'],
      [{ ...receiveDossier(), subject: { kind: 'dossier', id: '' } }, 'EVENT_BODY_INVALID', 'subject.id'],
      [{ ...receiveDossier(), at: 'yesterday' }, 'EVENT_BODY_INVALID', 'at'],
      [{ ...receiveDossier(), at: '0000-01-01T00:00:00Z' }, undefined, undefined],
      [{ ...receiveDossier(), base: Number.MAX_SAFE_INTEGER }, 'EVENT_BASE_UNKNOWN', undefined],
      [recordCounts({ hoi_nong_dan: 5 }), undefined, undefined],
    ];
    const events = wishes.map(([wish]) => makeEvent(desk, JSON.parse(JSON.stringify(wish)) as Wish));
    const { verdicts } = await sendEvents(desk, events);
    expect(verdicts.map((v) => [v.code, v.field])).toEqual(wishes.map(([, code, field]) => [code, field]));
    for (const event of events) expect((await stored(event.id))[0]?.raw).toBe(canonicalJson(event));
  });

  test('events of a newer desk are held: a newer schema, an unknown verb, an unknown kind of subject', async () => {
    const desk = await enrolDesk(hub);
    const strange = {
      verb: 'meeting.call',
      subject: { kind: 'meeting', id: 'x' },
      body: {},
    } as unknown as Wish;
    expect(
      await verdictsOf(desk, [
        { ...receiveDossier(), schema: 2 },
        { ...receiveDossier(), verb: 'dossier.refuse' },
        strange,
        { ...strange, verb: 'dossier.receive', schema: 3 },
        receiveDossier(),
      ]),
    ).toEqual([
      ['held', 'EVENT_SCHEMA_NEWER', undefined, 0],
      ['held', 'EVENT_SCHEMA_NEWER', undefined, 0],
      ['held', 'EVENT_SCHEMA_NEWER', undefined, 0],
      ['held', 'EVENT_SCHEMA_NEWER', undefined, 0],
      ['accepted', undefined, undefined, 1],
    ]);
  });

  test('two desks, other fields: merged; same field: conflict, nothing applied', async () => {
    const [a, b] = [await enrolDesk(hub), await enrolDesk(hub)];
    const dossier = receiveDossier();
    const id = dossier.subject.id;
    expect(await verdictsOf(a, [dossier, correctDossier(id, 1, { 'child.sex': 'nu' })])).toEqual([
      ['accepted', undefined, undefined, 1],
      ['accepted', undefined, undefined, 2],
    ]);
    expect(
      await verdictsOf(b, [
        correctDossier(id, 1, { 'mother.fullName': 'Lê Thị Út' }),
        correctDossier(id, 1, { 'child.sex': 'nam' }),
      ]),
    ).toEqual([
      ['merged', undefined, undefined, 3],
      ['conflict', 'EVENT_FIELDS_CONFLICT', 'child.sex', 3],
    ]);
    const subject = (await loadSubjects(hub.db, [{ kind: 'dossier', id }])).get(`dossier/${id}`);
    expect(subject).toMatchObject({
      kind: 'dossier',
      state: { revision: 3, form: { 'child.sex': 'nu', 'mother.fullName': 'Lê Thị Út' } },
    });
  });

  test('a sheet that two desks fill: other cells merge, the same cell conflicts, within one batch as well', async () => {
    const [a, b] = [await enrolDesk(hub, '26737'), await enrolDesk(hub, '26737')];
    const place = { unit: '26737', asOf: '2026-11-01' };
    expect(await verdictsOf(a, [recordCounts({ hoi_nong_dan: 1, nguoi_co_cong: 2 }, place)])).toEqual([
      ['accepted', undefined, undefined, 1],
    ]);
    expect(
      await verdictsOf(b, [
        recordCounts({ hoi_chu_thap_do: 3 }, place),
        recordCounts({ hoi_nong_dan: 9 }, place),
        recordCounts({ an_sinh_xa_hoi: 0 }, place),
        recordCounts({ an_sinh_xa_hoi: 4 }, place),
      ]),
    ).toEqual([
      ['merged', undefined, undefined, 2],
      ['conflict', 'EVENT_FIELDS_CONFLICT', 'hoi_nong_dan/tong', 2],
      ['merged', undefined, undefined, 3],
      // Its own figure it knows, whatever others sent in between.
      ['merged', undefined, undefined, 4],
    ]);
    expect(await verdictsOf(a, [recordCounts({ hoi_nong_dan: null }, { ...place, base: 4 })])).toEqual([
      ['accepted', undefined, undefined, 5],
    ]);
  });

  test('a ward may not change the dossier of another ward', async () => {
    const [mine, theirs] = [await enrolDesk(hub), await enrolDesk(hub, '26737')];
    const dossier = receiveDossier();
    await verdictsOf(mine, [dossier]);
    expect(await verdictsOf(theirs, [correctDossier(dossier.subject.id, 1, { 'child.sex': 'nu' })])).toEqual([
      ['rejected', 'EVENT_WRONG_OFFICE', 'office', 1],
    ]);
  });

  test('steps of two desks: other components merge, the same one conflicts, also where the first one moved it on', async () => {
    const [a, b] = [await enrolDesk(hub), await enrolDesk(hub)];
    const dossier = receiveDossier();
    const { id } = dossier.subject;
    const done = { action: 'result_received' } as const;
    await verdictsOf(a, [dossier, actOn(id, 1, { ...done, components: ['K1'] })]);
    expect(
      await verdictsOf(a, [actOn(id, 2, { action: 'forward', components: ['K2'], to: 'Công an' })]),
    ).toEqual([['accepted', undefined, undefined, 3]]);
    expect(
      await verdictsOf(b, [
        actOn(id, 2, { action: 'ask_supplement', components: ['K3'], items: ['Sổ hộ khẩu'] }),
        correctDossier(id, 1, { 'mother.fullName': 'Lê Thị Út' }),
        annotateDossier(id, 1, { 'code.K2': 'TT-1', 'paper.ks_to_khai': 'missing' }),
        actOn(id, 1, { ...done, components: ['K1'] }),
        actOn(id, 2, { ...done, components: ['K2', 'K3'] }),
      ]),
    ).toEqual([
      ['merged', undefined, undefined, 4],
      ['merged', undefined, undefined, 5],
      ['merged', undefined, undefined, 6],
      ['conflict', 'EVENT_FIELDS_CONFLICT', 'component/K1', 6],
      ['conflict', 'EVENT_FIELDS_CONFLICT', 'component/K2', 6],
    ]);
    const subject = (await loadSubjects(hub.db, [{ kind: 'dossier', id }])).get(`dossier/${id}`);
    expect(subject).toMatchObject({
      kind: 'dossier',
      state: {
        revision: 6,
        components: [
          { code: 'K1', state: 'done', endedOn: '2026-11-20' },
          { code: 'K2', state: 'elsewhere', at: 'Công an', startedOn: '2026-11-20' },
          { code: 'K3', state: 'supplement', supplements: 1, askedOn: '2026-11-20' },
        ],
        steps: [{ action: 'result_received' }, { action: 'forward' }, { action: 'ask_supplement' }],
        form: { 'code.K2': 'TT-1', 'paper.ks_to_khai': 'missing' },
      },
    });
  });

  test('bad steps, notes and corrections of the catalogue are named one by one', async () => {
    const desk = await enrolDesk(hub, '26740', 'head');
    const dossier = receiveDossier();
    const { id } = dossier.subject;
    const refuse = { action: 'refuse' as const, components: ['K1'], reason: 'không đủ' };
    const wrongFact = { ...FACT, key: 'no.such.fact' };
    const wishes: [Wish, string | undefined, string | undefined][] = [
      [dossier, undefined, undefined],
      [actOn(id, 1, { ...refuse, components: ['K9'] }), 'COMPONENT_UNKNOWN', 'K9'],
      [actOn(id, 1, { ...refuse, dues: [{ code: 'T1', due: null }] }), 'COMPONENT_UNKNOWN', 'T1'],
      [actOn(id, 1, { ...refuse, on: '2026-11-19' }), 'STEP_BEFORE_RECEIVED', 'on'],
      [actOn(id, 1, { ...refuse, dues: [{ code: 'K1', due: '0000-01-01' }] }), 'EVENT_BODY_INVALID', 'due'],
      [actOn(id, 1, { ...refuse, chainDue: '0000-01-01' }), 'EVENT_BODY_INVALID', 'due'],
      [actOn(id, 1, { action: 'give_result', components: ['K1'] }), 'ACTION_NOT_ALLOWED', 'component/K1'],
      [actOn(id, 1, { ...refuse, changes: { 'child.sex': 'nu' } }), 'EVENT_BODY_INVALID', 'child.sex'],
      [actOn(randomUUID(), 0, refuse), 'EVENT_BASE_UNKNOWN', 'base'],
      [annotateDossier(id, 1, { 'child.sex': 'nu' }), 'EVENT_BODY_INVALID', 'child.sex'],
      [correctDossier(id, 1, { 'code.official': 'x' }), 'EVENT_BODY_INVALID', 'code.official'],
      [correctCatalogue('79'), 'EVENT_BODY_INVALID', 'subject'],
      [correctCatalogue('26740', 0, 'x', wrongFact), 'FACT_UNKNOWN', 'no.such.fact'],
      [actOn(id, 1, refuse), undefined, undefined],
    ];
    const { verdicts } = await sendEvents(
      desk,
      wishes.map(([wish]) => makeEvent(desk, wish)),
    );
    expect(verdicts.map((v) => [v.code, v.field])).toEqual(wishes.map(([, code, field]) => [code, field]));
  });

  test.each(['auditor', 'technician', 'admin'] as const)(
    '%s may do nothing; the event is kept all the same',
    async (role) => {
      const desk = await enrolDesk(hub, '26740', role);
      const event = makeEvent(desk, { ...receiveDossier(), actor: { ...desk.me.account, role: 'clerk' } });
      expect((await sendEvents(desk, [event])).verdicts[0]).toMatchObject({
        kind: 'rejected',
        code: 'FORBIDDEN',
      });
      expect(await stored(event.id)).toEqual([
        { verdict_kind: 'rejected', raw: canonicalJson(event), revision: null },
      ]);
    },
  );

  test('an event that comes again on a new stream keeps its verdict and has no second effect', async () => {
    const desk = await enrolDesk(hub);
    const [good, bad] = [receiveDossier(), receiveDossier('26740', { regime: 'nd999' })];
    const first = await sendEvents(desk, [makeEvent(desk, good), makeEvent(desk, bad)]);
    const [goodId, badId] = first.verdicts.map((v) => v.id);
    const restored: FakeDesk = { ...desk, stream: randomUUID(), seq: 0, head: '0'.repeat(64) };
    await sayHello(restored);
    const again = { mono: 0 };
    const wishes = [
      { ...good, ...again, id: goodId },
      { ...bad, mono: 1, id: badId },
      { ...good, body: { ...good.body, synthetic: false }, id: goodId },
      correctDossier(good.subject.id, 1, { 'child.sex': 'nu' }),
    ] as Wish[];
    const events = wishes.map((w) => makeEvent(restored, w));
    const second = await sendEvents(restored, events);
    expect(second.verdicts.map(({ kind, code, hub: n }) => [kind, code, n])).toEqual([
      ['accepted', undefined, first.verdicts[0]?.hub],
      ['rejected', 'NO_REGIME', first.verdicts[1]?.hub],
      ['rejected', 'EVENT_BODY_INVALID', first.verdicts[0]?.hub],
      ['accepted', undefined, second.verdicts[3]?.hub],
    ]);
    const overlap = await sendEvents(restored, [...events, makeEvent(restored, receiveDossier())]);
    expect(overlap.verdicts.slice(0, 4)).toEqual(second.verdicts);
  });

  test('an id twice in one batch counts once', async () => {
    const desk = await enrolDesk(hub);
    const wish = { ...receiveDossier(), id: randomUUID(), mono: 1 };
    const { verdicts } = await sendEvents(desk, [makeEvent(desk, wish), makeEvent(desk, wish)]);
    expect(verdicts[1]).toEqual({ ...verdicts[0], seq: 2 });
    expect((await readInbox(await enrolDesk(hub))).events.filter((e) => e.event.id === wish.id)).toHaveLength(
      1,
    );
  });
});
