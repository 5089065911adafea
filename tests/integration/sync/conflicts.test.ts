/** Conflicts closed, dossiers handed over and days closed by several machines over a real hub. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProjections } from '../../../city/db/verify.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import type { Role } from '../../../shared/domain/verbs.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { everybody, reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import type { TestDesk } from '../../support/temp-desk.ts';

const NEXT_WARD = '26740@2025-07-01';

describe.each(engines())('several machines at a hub on %s', (engine) => {
  let hub: TestHub;
  const pairs: Pair[] = [];
  const machine = async (office = '26743', role: Role = office === '79' ? 'officer' : 'clerk') => {
    const made = await enrolledPair(hub, { office, role });
    pairs.push(made);
    return made.desk;
  };
  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(async () => {
    for (const made of pairs) await made.close();
    await hub.remove();
  });
  const sync = (desk: TestDesk) => desk.call('sync.run', {});
  const detail = (desk: TestDesk, id: string) => desk.call('dossier.get', { id });
  async function expectWhole(...desks: readonly TestDesk[]): Promise<void> {
    for (const { desk } of desks) expect(verifyDesk(desk.db).problems).toEqual([]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  }
  async function received(one: TestDesk, ...others: readonly TestDesk[]): Promise<string> {
    const id = one.desk.ids.uuid();
    await one.call('dossier.receive', reception(id, 'birth'));
    for (const desk of [one, ...others]) await sync(desk);
    return id;
  }
  async function correct(desk: TestDesk, id: string, changes: Record<string, string>): Promise<void> {
    const { form, revision } = await detail(desk, id);
    await desk.call('dossier.correct', {
      id,
      base: revision,
      values: { ...form, ...changes },
      reason: 'gõ nhầm',
    });
  }
  /** The one conflict that this machine has to close. */
  async function open(desk: TestDesk): Promise<string> {
    const { items } = await desk.call('sync.items', { list: 'returned', before: null });
    expect(items).toHaveLength(1);
    return must(items[0], 'returned item').eventId;
  }

  test.each(['mine', 'city', 'mixed'] as const)(
    'a conflict closed with "%s": both machines and the city end with the same dossier',
    async (kept) => {
      const [one, two] = [await machine(), await machine()];
      const id = await received(one, two);
      await correct(one, id, { 'father.fullName': 'Trần Văn Một', 'mother.fullName': 'Lê Thị Một' });
      await correct(two, id, { 'father.fullName': 'Trần Văn Hai', 'mother.fullName': 'Lê Thị Hai' });
      await sync(one);
      expect(await sync(two)).toMatchObject({ attention: 1 });
      const side = { mine: ['mine', 'mine'], city: ['city', 'city'], mixed: ['mine', 'city'] } as const;
      const [father, mother] = side[kept];
      const choice: Input<'dossier.resolve'> = {
        ...{ id, base: (await detail(two, id)).revision, event: await open(two), kept, reason: 'theo giấy' },
        fields: { 'father.fullName': father, 'mother.fullName': mother },
        changes: {
          ...(father === 'mine' && { 'father.fullName': 'Trần Văn Hai' }),
          ...(mother === 'mine' && { 'mother.fullName': 'Lê Thị Hai' }),
        },
      };
      await two.call('dossier.resolve', choice);
      expect(await sync(two)).toMatchObject({ attention: 0, waiting: 0 });
      await sync(one);
      const name = (of: 'mine' | 'city') => (of === 'mine' ? 'Hai' : 'Một');
      for (const desk of [one, two])
        expect((await detail(desk, id)).form).toMatchObject({
          'father.fullName': `Trần Văn ${name(father)}`,
          'mother.fullName': `Lê Thị ${name(mother)}`,
        });
      // Both versions stay: the returned one on its machine, the choice on both.
      expect((await detail(two, id)).history.map((h) => h.verb)).toContain('dossier.resolve');
      await expectWhole(one, two);
    },
  );

  test('a choice made while a third machine wrote the same field is laid before the person again', async () => {
    const [one, two, three] = [await machine(), await machine(), await machine()];
    const id = await received(one, two, three);
    await correct(one, id, { 'father.fullName': 'Trần Văn Một' });
    await correct(two, id, { 'father.fullName': 'Trần Văn Hai' });
    await sync(one);
    await sync(two);
    await sync(three);
    await correct(three, id, { 'father.fullName': 'Trần Văn Ba' });
    const fields = { 'father.fullName': 'mine' } as const;
    const choose = async (): Promise<Input<'dossier.resolve'>> => ({
      ...{ id, base: (await detail(two, id)).revision, event: await open(two), kept: 'mine', fields },
      ...{ changes: { 'father.fullName': 'Trần Văn Hai' }, reason: 'theo giấy' },
    });
    await two.call('dossier.resolve', await choose());
    await sync(three);
    expect(await sync(two)).toMatchObject({ attention: 1 });
    await two.call('dossier.resolve', await choose());
    expect(await sync(two)).toMatchObject({ attention: 0 });
    for (const desk of [one, three]) await sync(desk);
    for (const desk of [one, two, three])
      expect((await detail(desk, id)).form['father.fullName']).toBe('Trần Văn Hai');
    await expectWhole(one, two, three);
  });

  const step = { action: 'result_received', components: ['K1'], on: null, time: null } as const;

  test('a dossier handed over goes on at the other ward; the old one reads what happens there and writes no more', async () => {
    const [old, fresh, above] = [await machine(), await machine('26740'), await machine('79')];
    const id = await received(old, fresh, above);
    expect(await fresh.refusal('dossier.get', { id })).toBe('DOSSIER_NOT_FOUND');
    await correct(old, id, { 'father.fullName': 'Trần Văn Một' });
    const { revision: base } = await detail(old, id);
    await old.call('dossier.transfer', { id, base, to: NEXT_WARD, reason: 'nhầm địa bàn', receivedBy: '' });
    expect(await sync(old)).toMatchObject({ attention: 0 });
    await sync(fresh);
    const there = await detail(fresh, id);
    expect(there).toMatchObject({ handled: true, form: { 'father.fullName': 'Trần Văn Một' } });
    expect(there.history.map((h) => h.verb)).toEqual([
      'dossier.transfer',
      'dossier.correct',
      'dossier.receive',
    ]);
    await fresh.call('dossier.act', { id, base: there.revision, step: { ...step, components: ['K1'] } });
    expect(await sync(fresh)).toMatchObject({ attention: 0, waiting: 0 });
    for (const desk of [old, above]) await sync(desk);
    const here = await detail(old, id);
    expect(here).toMatchObject({ handled: false, holder: { key: NEXT_WARD } });
    expect(here.components[0]?.state).toBe('done');
    expect(await detail(above, id)).toMatchObject({ handled: true });
    expect(await old.refusal('dossier.annotate', { id, changes: { 'code.official': '1' } })).toBe(
      'DOSSIER_HANDED_OVER',
    );
    await expectWhole(old, fresh, above);
  });

  test('what a machine of the old ward wrote before it knew of the hand-over waits for a person, who leaves it at that', async () => {
    const [one, two] = [await machine(), await machine()];
    const id = await received(one, two);
    const { revision: base } = await detail(one, id);
    await one.call('dossier.transfer', { id, base, to: NEXT_WARD, reason: 'nhầm địa bàn', receivedBy: '' });
    await two.call('dossier.act', { id, base, step: { ...step, components: ['K1'] } });
    await sync(one);
    expect(await sync(two)).toMatchObject({ attention: 1 });
    expect((await detail(two, id)).components[0]?.state).toBe('processing');
    await two.call('dossier.resolve', {
      ...{ id, base: (await detail(two, id)).revision, event: await open(two), kept: 'city' },
      ...{ fields: { 'component/K1': 'city' }, changes: {}, reason: 'đã chuyển đi' },
    });
    expect(await sync(two)).toMatchObject({ attention: 0, waiting: 0 });
    const moved = await two.call('dossier.index', { ...everybody, state: 'moved' });
    expect([...moved].length).toBeGreaterThan(0);
    await expectWhole(one, two);
  });

  test('a closed day reaches the city and the machines of the office', async () => {
    const [one, two] = [await machine(), await machine()];
    const day = '2026-11-20';
    const notes = [{ kind: 'no_digest' as const, note: 'chưa hỏi Thành phố' }];
    await one.call('day.close', { day, notes });
    expect(await sync(one)).toMatchObject({ attention: 0, waiting: 0 });
    await sync(two);
    await expectWhole(one, two);
    const closed = two.desk.db.$client.prepare('SELECT revision, day FROM day').all();
    expect(closed).toContainEqual({ revision: 1, day });
  });
});
