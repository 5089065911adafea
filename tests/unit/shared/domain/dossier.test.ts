/** A dossier is what its events add up to. */
import { describe, expect, test } from 'vitest';
import { regimes } from '../../../../shared/catalogue/regimes.ts';
import {
  type ChainOutcome,
  type ComponentOutcome,
  chainOutcome,
  componentOutcomes,
  formChanges,
  receiveBody,
  requireKnownFields,
  temporaryCode,
  wantedComponents,
} from '../../../../shared/domain/dossier.ts';
import { fold, project, requireBody, touchedFields } from '../../../../shared/domain/project.ts';
import { EMPTY_FORM_RECEIVE, event, received } from '../../../support/events.ts';

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
    expect(state.components.map((c) => [c.code, c.outcome])).toEqual([
      ['K1', 'under_way'],
      ['K2', 'under_way'],
      ['K3', 'under_way'],
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
  test('a conclusion marks its component and nothing else, and can be taken back', () => {
    const conclude = (component: string, outcome: ComponentOutcome) =>
      event({ verb: 'dossier.conclude', base: 1, body: { component, outcome, on: '2026-11-20' } });
    const before = dossier(received());
    const done = dossier(received(), conclude('K2', 'done'));
    expect(done.components.map((c) => c.outcome)).toEqual(['under_way', 'done', 'under_way']);
    expect({ ...done, components: before.components, revision: 1 }).toEqual(before);
    expect(dossier(received(), conclude('K2', 'done'), conclude('K2', 'under_way'))).toEqual({
      ...before,
      revision: 3,
    });
    expect(dossier(received(), conclude('K9', 'done'))).toEqual({ ...before, revision: 2 });
    const lost = { component: 'K1', outcome: 'lost', on: '2026-11-20' };
    expect(dossier(received(), event({ verb: 'dossier.conclude', body: lost }))).toEqual({
      ...before,
      revision: 2,
    });
    expect(() => requireBody('dossier.conclude', lost)).toThrow();
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
      components: [{ code: 'K1', due: null }],
    });
    const state = dossier(received(), correct({ 'child.fullName': 'X' }), again);
    expect(state).toMatchObject({
      revision: 3,
      form: { 'child.fullName': 'Mới' },
      components: [{ code: 'K1', due: null, outcome: 'under_way' }],
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

test.each<[ComponentOutcome[], ChainOutcome]>([
  [['done', 'done', 'done'], 'whole'],
  [['done', 'done', 'under_way'], 'under_way'],
  [['under_way', 'refused'], 'under_way'],
  [['done', 'refused'], 'part'],
  [['done', 'withdrawn', 'stopped'], 'part'],
  [['refused', 'withdrawn', 'stopped'], 'none'],
  [['refused'], 'none'],
  [['done'], 'whole'],
])('components %j make the chain %s', (outcomes, chain) => {
  expect(chainOutcome(outcomes.map((outcome) => ({ outcome })))).toBe(chain);
});
test('only all done is whole, whatever the other outcomes', () => {
  for (const a of componentOutcomes)
    for (const b of componentOutcomes)
      expect(chainOutcome([{ outcome: a }, { outcome: b }]) === 'whole', `${a} ${b}`).toBe(
        a === 'done' && b === 'done',
      );
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

test('a strange field in a correction is named', () => {
  expect(() => requireKnownFields('birth', ['child.fullName', 'child.weight'])).toThrow('child.weight');
  expect(() => requireKnownFields('birth', ['child.fullName'])).not.toThrow();
});

test('touched fields: the changed ones, the cells, or everything', () => {
  expect(touchedFields(correct({ 'child.sex': 'nu' }))).toEqual(['child.sex']);
  expect(touchedFields(received())).toEqual(['*']);
  expect(touchedFields(event({ verb: 'dossier.conclude', body: { component: 'K2' } }))).toEqual([
    'component/K2',
  ]);
  expect(touchedFields(event({ verb: 'dossier.correct', body: {} }))).toEqual(['*']);
});
