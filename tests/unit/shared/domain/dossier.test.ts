/** A dossier is what its events add up to. */
import { describe, expect, test } from 'vitest';
import { regimes } from '../../../../shared/catalogue/regimes.ts';
import { type ComponentState, componentStates } from '../../../../shared/domain/action-rules.ts';
import {
  type ChainOutcome,
  chainOutcome,
  chainState,
  componentOutcome,
  formChanges,
  receiveBody,
  temporaryCode,
  wantedComponents,
} from '../../../../shared/domain/dossier.ts';
import { fold, project, requireBody, touchedFields } from '../../../../shared/domain/project.ts';
import { EMPTY_FORM_RECEIVE, event, received } from '../../../support/events.ts';

const STEP = {
  ...{ action: 'result_received', components: ['K1'], on: '2026-11-23', time: '09:00' },
  dues: [{ code: 'K2', due: '2026-11-27' }],
};
const correct = (changes: Record<string, string>) =>
  event({ verb: 'dossier.correct', base: 1, body: { changes, reason: 'gõ nhầm' } });
const dossier = (...events: Parameters<typeof fold>[0]) => {
  const subject = fold(events);
  if (subject?.kind !== 'dossier') throw new Error('no dossier');
  return subject.state;
};

describe('projection', () => {
  test('a reception opens the dossier with every component under way', () => {
    const state = dossier(received());
    expect(state).toMatchObject({
      revision: 1,
      code: 'T-7-261120-001',
      chain: 'birth',
      office: '26743',
      due: '2026-11-26',
    });
    expect(state.components.map((c) => [c.code, c.state])).toEqual([
      ['K1', 'processing'],
      ['K2', 'waiting'],
      ['K3', 'waiting'],
    ]);
  });
  test('a correction changes the named fields only, and an empty text clears its field', () => {
    const before = dossier(received());
    const after = dossier(received(), correct({ 'child.fullName': 'Trần Thị B', 'requester.phone': '' }));
    expect(after.revision).toBe(2);
    const { 'requester.phone': _, ...rest } = before.form;
    expect(after.form).toEqual({ ...rest, 'child.fullName': 'Trần Thị B' });
    expect('requester.phone' in after.form).toBe(false);
  });
  test('clearing a blank field changes nothing but the revision', () => {
    expect(dossier(received(), correct({ 'father.fullName': '' })).form).toEqual(dossier(received()).form);
  });
  test('a step marks its component and what waits for it, keeps itself, and changes nothing else', () => {
    const act = (body: object) => event({ verb: 'dossier.act', base: 1, body: { ...STEP, ...body } });
    const before = dossier(received());
    const done = dossier(received(), act({}));
    expect(done.components.map((c) => [c.state, c.startedOn, c.endedOn, c.due])).toEqual([
      ['done', '2026-11-20', '2026-11-23', '2026-11-20'],
      ['processing', '2026-11-23', null, '2026-11-27'],
      ['processing', '2026-11-23', null, '2026-11-25'],
    ]);
    expect(done.steps).toEqual([act({}).body]);
    expect({ ...done, components: before.components, revision: 1, steps: [] }).toEqual(before);
    const strange = { ...before, revision: 2, steps: [act({ components: ['K9'], dues: [] }).body] };
    expect(dossier(received(), act({ components: ['K9'], dues: [] }))).toEqual(strange);
    const lost = { ...STEP, action: 'lose' };
    expect(dossier(received(), act(lost))).toEqual({ ...before, revision: 2 });
    expect(() => requireBody('dossier.act', lost)).toThrow();
  });
  test('a step brings papers, codes and the new day of the chain along', () => {
    const step = {
      ...STEP,
      chainDue: '2026-12-01',
      changes: { 'paper.giay-chung-sinh': 'original', 'code.K1': '12/2026' },
    };
    const after = dossier(received(), event({ verb: 'dossier.act', base: 1, body: step }));
    expect(after.due).toBe('2026-12-01');
    expect(after.form).toMatchObject({ 'paper.giay-chung-sinh': 'original', 'code.K1': '12/2026' });
  });
  test('a note changes its keys only and clears by a blank', () => {
    const note = (changes: Record<string, string>) =>
      event({ verb: 'dossier.annotate', base: 1, body: { changes } });
    const before = dossier(received());
    const noted = dossier(received(), note({ 'code.official': 'H29-1', 'entered.x': '1' }));
    expect(noted).toEqual({
      ...before,
      revision: 2,
      form: { ...before.form, 'code.official': 'H29-1', 'entered.x': '1' },
    });
    expect(
      dossier(received(), note({ 'code.official': 'H29-1' }), note({ 'code.official': '' })).form,
    ).toEqual(before.form);
  });
  test('an unknown verb raises the revision and keeps everything else', () => {
    const before = dossier(received());
    expect(
      dossier(received(), event({ verb: 'dossier.bless', body: { changes: { 'child.fullName': 'X' } } })),
    ).toEqual({ ...before, revision: 2 });
  });
  test('a correction or an unknown verb without a reception is no dossier', () => {
    expect(project(correct({ 'child.fullName': 'X' }), undefined)).toBeUndefined();
    expect(fold([event({ verb: 'dossier.bless' })])).toBeUndefined();
  });
  test('a second reception replaces the whole form and restarts the components', () => {
    const again = received({
      ...EMPTY_FORM_RECEIVE,
      form: { 'child.fullName': 'Mới' },
      components: [{ code: 'K1', due: null, waitsFor: null }],
    });
    const state = dossier(received(), correct({ 'child.fullName': 'X' }), again);
    expect(state).toMatchObject({
      revision: 3,
      form: { 'child.fullName': 'Mới' },
      components: [{ code: 'K1', due: null, state: 'processing' }],
      steps: [],
    });
  });
  test('unknown fields of a newer body are passed over; a body that cannot be read stops nobody, and nobody may write it', () => {
    expect(dossier(received({ ...EMPTY_FORM_RECEIVE, colour: 'xanh' }))).not.toHaveProperty('colour');
    const broken = { ...EMPTY_FORM_RECEIVE, code: 'H29-1' };
    expect(fold([received(broken)])).toBeUndefined();
    expect(dossier(received(), received(broken))).toEqual({ ...dossier(received()), revision: 2 });
    expect(() => requireBody('dossier.receive', broken)).toThrow();
  });
  test('folding leaves the events as they were', () => {
    const events = [received(), correct({ 'child.fullName': 'X' })];
    const text = JSON.stringify(events);
    fold(events);
    expect(JSON.stringify(events)).toBe(text);
  });
});

test('a component named twice in a reception is one component', () => {
  const twice = {
    ...EMPTY_FORM_RECEIVE,
    components: [...EMPTY_FORM_RECEIVE.components, EMPTY_FORM_RECEIVE.components[0]],
  };
  expect(dossier(received(twice as never)).components.map((c) => c.code)).toEqual(['K1', 'K2', 'K3']);
});

test.each<[ComponentState[], ChainOutcome, ComponentState]>([
  [['done', 'given', 'done'], 'whole', 'done'],
  [['given', 'given'], 'whole', 'given'],
  [['done', 'done', 'processing'], 'under_way', 'processing'],
  [['waiting', 'refused'], 'under_way', 'waiting'],
  [['elsewhere', 'supplement', 'payment'], 'under_way', 'supplement'],
  [['payment', 'elsewhere'], 'under_way', 'payment'],
  [['processing', 'elsewhere'], 'under_way', 'elsewhere'],
  [['done', 'refused'], 'part', 'done'],
  [['given', 'withdrawn', 'stopped'], 'part', 'stopped'],
  [['refused', 'withdrawn', 'stopped'], 'none', 'refused'],
  [['refused'], 'none', 'refused'],
  [['done'], 'whole', 'done'],
])('components %j make the chain %s, shown as %s', (states, chain, word) => {
  const components = states.map((state) => ({ state }));
  expect([chainOutcome(components), chainState(components)]).toEqual([chain, word]);
});
test('"xử lý xong" is not success: only all done is whole, whatever the other outcomes', () => {
  const done = (state: ComponentState) => componentOutcome(state) === 'done';
  expect(componentStates.filter(done)).toEqual(['done', 'given']);
  for (const a of componentStates)
    for (const b of componentStates)
      expect(chainOutcome([{ state: a }, { state: b }]) === 'whole', `${a} ${b}`).toBe(done(a) && done(b));
});

test('flags of the form choose the components on request', () => {
  const rule = regimes.find((r) => r.id === 'nd301-2026')?.chains;
  if (!rule) throw new Error('no regime');
  expect([...wantedComponents(rule.birth, {})]).toEqual(['K1', 'K2', 'K3']);
  expect([...wantedComponents(rule.birth, { 'request.idCard': '1' })]).toEqual(['K1', 'K2', 'K3', 'K4']);
  expect([...wantedComponents(rule.death, { 'request.funeral': '0' })]).toEqual(['T1', 'T2']);
  expect([...wantedComponents(rule.death, { 'request.funeral': '1', 'request.survivor': '1' })]).toEqual([
    'T1',
    'T2',
    'T3',
    'T4',
  ]);
});

test('changes name what differs, and applying them gives the new form', () => {
  expect(formChanges({ a: '1', b: '2' }, { a: '1', c: '3' })).toEqual({ b: '', c: '3' });
  expect(formChanges({ a: '1' }, { a: '1' })).toEqual({});
});

test('a temporary number never looks like an official one and keeps its order beyond 999', () => {
  expect(temporaryCode(7, '2026-11-20', 1)).toBe('T-7-261120-001');
  expect(temporaryCode(1234, '2026-11-20', 1000)).toBe('T-1234-261120-1000');
  for (const code of ['000.00.01.H29-261120-0001', 'H29-261120-0001', 'T-7-261120-01', 'T-x-261120-001', ''])
    expect(receiveBody.shape.code.safeParse(code).success, code).toBe(false);
});

test('touched fields: the changed ones, the cells, or everything', () => {
  expect(touchedFields(correct({ 'child.sex': 'nu' }))).toEqual(['child.sex']);
  expect(touchedFields(received())).toEqual(['*']);
  expect(touchedFields(event({ verb: 'dossier.act', body: STEP }))).toEqual(['component/K1', 'component/K2']);
  const more = { ...STEP, chainDue: null, changes: { 'paper.x': 'copy' } };
  expect(touchedFields(event({ verb: 'dossier.act', body: more }))).toEqual([
    'component/K1',
    'component/K2',
    'due',
    'paper.x',
  ]);
  expect(touchedFields(event({ verb: 'dossier.act', body: { components: ['K1'] } }))).toEqual(['*']);
  const added = { changes: { 'child.sex': 'nu' }, reason: 'x', added: [{ code: 'K4' }] };
  expect(touchedFields(event({ verb: 'dossier.correct', body: added as never }))).toEqual([
    'child.sex',
    'component/K4',
  ]);
  expect(touchedFields(event({ verb: 'dossier.annotate', body: { changes: { 'code.K1': '1' } } }))).toEqual([
    'code.K1',
  ]);
  expect(touchedFields(event({ verb: 'dossier.annotate', body: { changes: [] } }))).toEqual(['*']);
  expect(touchedFields(event({ verb: 'dossier.correct', body: {} }))).toEqual(['*']);
});
