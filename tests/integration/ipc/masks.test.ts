/**
 * No whole number of a person reaches the window by a list. Every call that reads is named here: what it lists is read with canary
 * numbers in every field that takes one, or it is a page of one dossier or a paper, which shows them whole.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Input, MethodOf } from '../../../shared/contract/ipc/registry.ts';
import { ipc, type Method } from '../../../shared/contract/ipc/registry.ts';
import { forms } from '../../../shared/domain/dossier-form.ts';
import { accepted, cityAnswers } from '../../support/city-answer.ts';
import { everybody, form, reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const chains = ['birth', 'death'] as const;
type ChainCode = (typeof chains)[number];
const DAY = '2026-11-20';

/** One number for each field of the declaration that can hold one; names carry one too, as a hurried clerk types it. */
const NUMBERED = /(number|code|account|phone)$/i;
const canaries: string[] = [];
function canary(): string {
  const number = `0793${String(10_000_000 + canaries.length * 7_919)}`;
  canaries.push(number);
  return number;
}
function marked(chain: ChainCode, index: number): Record<string, string> {
  const fields = forms[chain].flatMap((s) => s.fields);
  const values = fields.flatMap(({ key, kind }): [string, string][] => {
    if (kind === 'citizen_number' || (kind === 'text' && NUMBERED.test(key))) return [[key, canary()]];
    if (kind === 'phone') return [[key, canary().slice(0, 10)]];
    return kind === 'name' ? [[key, `${form(chain, index)[key] ?? 'Trần Văn Dặm'} ${canary()}`]] : [];
  });
  return Object.fromEntries(values);
}

type Place = { readonly lists: (world: World) => readonly object[] } | { readonly shows: string };
interface World {
  readonly desk: TestDesk;
  readonly ids: Readonly<Record<ChainCode, string>>;
  readonly returned: readonly string[];
  readonly receipts: readonly string[];
}
const lists = <M extends Method>(...inputs: readonly Input<M>[]): Place => ({ lists: () => inputs });
const noPerson: Place = { shows: 'no person' };
const words = { shows: "the person's own words, given back to whoever typed them" };
const page = { shows: 'one dossier, or a version of it' };
const paper = { shows: 'a paper, as its form wants it' };

const places: Readonly<Record<MethodOf<'read'>, Place>> = {
  'session.get': lists<'session.get'>({}),
  'office.communes': lists<'office.communes'>({ on: DAY }),
  'draft.list': lists<'draft.list'>({}),
  'draft.get': words,
  'draft.others': lists<'draft.others'>({}),
  'access.about-me': noPerson,
  'retention.state': noPerson,
  'dossier.index': noPerson,
  'dossier.rows': lists<'dossier.rows'>({ ns: Array.from({ length: 50 }, (_, n) => n) }),
  'dossier.get': page,
  'dossier.duplicates': {
    lists: () => chains.map((chain, i) => ({ id: randomUUID(), chain, values: likeness[i] ?? {} })),
  },
  'filter.list': words,
  'catalogue.get': lists<'catalogue.get'>({}),
  'catalogue.history': lists<'catalogue.history'>({}),
  'slip.get': paper,
  'register.get': paper,
  'count.grid': noPerson,
  'count.dates': noPerson,
  'backup.state': lists<'backup.state'>({}),
  'backup.list': lists<'backup.list'>({}),
  'update.state': lists<'update.state'>({}),
  'sync.state': lists<'sync.state'>({}),
  'sync.settings': lists<'sync.settings'>({}),
  'courier.look': lists<'courier.look'>({}),
  'sync.items': lists<'sync.items'>(
    ...(['waiting', 'received', 'returned'] as const).map((list) => ({ list, before: null })),
  ),
  'receipt.list': lists<'receipt.list'>({}, { day: DAY }),
  'receipt.get': { lists: ({ receipts }) => receipts.map((id) => ({ id })) },
  'today.get': lists<'today.get'>({}),
  'sync.recovery': lists<'sync.recovery'>({}),
  'attention.cards': lists<'attention.cards'>({}),
  'attention.items': lists<'attention.items'>({
    state: 'conflict',
    code: 'EVENT_FIELDS_CONFLICT',
    before: null,
  }),
  'attention.causes': lists<'attention.causes'>({ chain: null }, { chain: 'birth' }),
  'attention.events': { lists: ({ returned }) => [{ ids: [...returned] }] },
  'conflict.get': page,
  'proof.get': paper,
  'person.find': {
    lists: () => likeness.map((v) => ({ number: v['requester.citizenNumber'] ?? '', name: '', birth: '' })),
  },
  'person.get': page,
  'person.requests': lists<'person.requests'>({}),
  'count.imports': noPerson,
  'target.list': noPerson,
  'cluster.list': noPerson,
  'report.make': noPerson,
  'report.source': noPerson,
  'report.printed': noPerson,
  'report.frozen': lists<'report.frozen'>({ report: null }),
  'report.compare': noPerson,
  'report.kept': noPerson,
  'choice.list': words,
  'day.figures': lists<'day.figures'>({ day: DAY }),
  'file.storage': lists<'file.storage'>({}),
  'typed.get': words,
  'access.list': { shows: 'who did what, by codes: its own readers only' },
};
const likeness: Record<string, string>[] = [];

async function receive(desk: TestDesk, chain: ChainCode, index: number): Promise<string> {
  const id = randomUUID();
  const values = { ...form(chain, index), ...marked(chain, index) };
  likeness.push(values);
  await desk.call('dossier.receive', { ...reception(id, chain), values });
  const { revision: base, components } = await desk.call('dossier.get', { id });
  await desk.call('dossier.act', {
    ...{ id, base },
    step: {
      action: 'ask_supplement',
      components: components.slice(0, 1).map((c) => c.code),
      on: null,
      time: null,
      items: [`Bản sao CCCD ${canary()}`],
    },
  });
  return id;
}

let world: World;
beforeAll(async () => {
  const desk = openTestDesk({ role: 'head' });
  const ids = { birth: await receive(desk, 'birth', 1), death: await receive(desk, 'death', 2) };
  cityAnswers(desk, () => accepted);
  await desk.call('dossier.receive', {
    ...reception(randomUUID(), 'birth'),
    values: { ...form('birth', 5), ...marked('birth', 5) },
  });
  for (const id of Object.values(ids)) {
    const { form: values, revision } = await desk.call('dossier.get', { id });
    const changed = { ...values, 'requester.phone': canary().slice(0, 10) };
    await desk.call('dossier.correct', { id, base: revision, values: changed, reason: `đổi số ${canary()}` });
  }
  cityAnswers(desk, (e) =>
    e.verb === 'dossier.correct'
      ? { kind: 'conflict', code: 'EVENT_FIELDS_CONFLICT', field: 'requester.phone', revision: 1 }
      : accepted,
  );
  const draft = { ...form('birth', 7), ...marked('birth', 7) };
  await desk.call('draft.save', { id: randomUUID(), chain: 'birth', values: draft });
  await desk.call('person.open', {
    ...{ number: likeness[0]?.['requester.citizenNumber'] ?? '', name: '', birth: '' },
    ...{ receivedOn: DAY, reason: `đơn ngày 20/11, CCCD ${canary()}` },
  });
  const { items } = await desk.call('sync.items', { list: 'returned', before: null });
  world = {
    ...{ desk, ids, returned: items.map((i) => i.eventId) },
    receipts: (await desk.call('receipt.list', {})).map((r) => r.id),
  };
});
afterAll(() => dropTestDesk(world.desk));

describe('a list', () => {
  const calls = Object.entries(places).flatMap(([method, place]) =>
    'lists' in place ? [[method, place.lists] as const] : [],
  );
  it.each(calls)('%s shows no whole number', async (method, inputs) => {
    const given = inputs(world);
    expect(given).not.toEqual([]);
    for (const input of given) {
      const reply = await world.desk.dispatch(method, input);
      expect(reply.ok).toBe(true);
      const text = JSON.stringify(reply);
      expect(canaries.filter((number) => text.includes(number))).toEqual([]);
    }
  });
  test('of dossiers shows the ends, by which two people are told apart', async () => {
    const rows = await world.desk.call('dossier.rows', {
      ns: [...(await world.desk.call('dossier.index', everybody))],
    });
    expect(rows.length).toBe(3);
    for (const { requesterPhone, idSuffix, subjectName } of rows) {
      expect(requesterPhone).toMatch(/^•••• \d{4}$/);
      expect(idSuffix).toMatch(/^\d{4}$/);
      expect(subjectName).toMatch(/ •••• \d{4}$/);
    }
  });
});

describe('what is searched for', () => {
  test('may be the whole number: the dossier is found, the answer is masked', async () => {
    const { form: values } = await world.desk.call('dossier.get', { id: world.ids.death });
    const number = values['deceased.citizenNumber'] ?? '';
    expect(canaries).toContain(number);
    const ns = [...(await world.desk.call('dossier.index', { ...everybody, q: number }))];
    const rows = await world.desk.call('dossier.rows', { ns });
    expect(rows.map((r) => r.id)).toEqual([world.ids.death]);
    expect(JSON.stringify(rows)).not.toContain(number);
  });
});

test('every call that reads is judged', () => {
  const reads = Object.entries(ipc).flatMap(([method, { kind }]) => (kind === 'read' ? [method] : []));
  expect(Object.keys(places).sort()).toEqual(reads.sort());
});

test('the page of the dossier shows numbers whole', async () => {
  const { form: values } = await world.desk.call('dossier.get', { id: world.ids.birth });
  expect(canaries).toContain(values['requester.citizenNumber']);
  expect(canaries.some((number) => number.startsWith(values['requester.phone'] ?? '?'))).toBe(true);
});
