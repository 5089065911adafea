/** An office's corrections of the catalogue: one subject, row by row, the later word counts. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { factOn } from '../../../../shared/catalogue/law.ts';
import { corrected } from '../../../../shared/domain/corrected.ts';
import type { Event } from '../../../../shared/domain/event.ts';
import { fold, touchedFields } from '../../../../shared/domain/project.ts';
import { settingId } from '../../../../shared/domain/setting.ts';
import { event } from '../../../support/events.ts';

const OFFICE = '26743';
const row = (value: string, key = 'limit.K2', from = '2023-07-10') => ({
  key,
  from,
  value,
  source: 'Công văn thử',
});
const correction = (...corrections: ReturnType<typeof row>[]): Event =>
  event({
    verb: 'catalogue.correct',
    subject: { kind: 'setting', id: settingId(OFFICE) },
    body: { corrections, reason: 'theo công văn' },
  });
function setting(...events: Event[]) {
  const subject = fold(events);
  if (subject?.kind !== 'setting') throw new Error('no setting');
  return subject.state;
}

describe('projection', () => {
  test('rows add up, the later word on a row counts', () => {
    const state = setting(correction(row('5')), correction(row('2', 'limit.K3'), row('4')));
    expect(state).toMatchObject({ id: `catalogue:${OFFICE}`, office: OFFICE, revision: 2 });
    expect(Object.values(state.corrections).map((c) => [c.key, c.value])).toEqual([
      ['limit.K2', '4'],
      ['limit.K3', '2'],
    ]);
  });
  test('an unknown verb, or a body that cannot be read, raises the revision and keeps the rest', () => {
    const before = setting(correction(row('5')));
    const strange = { ...correction(row('5')), verb: 'catalogue.bless' };
    const broken = { ...correction(), body: { corrections: [], reason: '' } };
    expect(setting(correction(row('5')), strange)).toEqual({ ...before, revision: 2 });
    expect(setting(correction(row('5')), broken)).toEqual({ ...before, revision: 2 });
    expect(fold([strange])).toBeUndefined();
    expect(fold([broken])).toBeUndefined();
  });
  test('two machines that correct different rows touch different fields', () => {
    expect(touchedFields(correction(row('5'), row('2', 'limit.K3')))).toEqual([
      'limit.K2@2023-07-10',
      'limit.K3@2023-07-10',
    ]);
  });
});

test('a corrected row counts as verified, with its new source; the others and the shipped catalogue stay', () => {
  const law = corrected(catalogue, Object.values(setting(correction(row('5'))).corrections));
  expect(factOn(law, 'limit.K2', '2026-11-20')).toMatchObject({
    value: '5',
    verified: true,
    source: 'Công văn thử',
  });
  expect(factOn(catalogue, 'limit.K2', '2026-11-20')).toMatchObject({ value: '3', verified: false });
  expect(law.facts.filter((f) => f.key !== 'limit.K2')).toEqual(
    catalogue.facts.filter((f) => f.key !== 'limit.K2'),
  );
});
