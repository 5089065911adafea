/** Before, on, late by the rule of the national index (QĐ 766; DOMAIN 2.9, section 9 points 2, 12, 13). */
import { describe, expect, test } from 'vitest';
import type { Dossier, DossierComponent } from '../../../../shared/domain/dossier.ts';
import { chainTimeClass, type TimeClass, timeClass } from '../../../../shared/domain/time-class.ts';
import { opened, part, type Said, stepped } from '../../../support/steps.ts';

const friday = opened({ date: '2026-11-20' });
const one = (more: Partial<DossierComponent>): DossierComponent => ({
  ...part(friday, 'K1'),
  due: '2026-11-25',
  ...more,
});

test.each<[string, Partial<DossierComponent>, TimeClass]>([
  ['ended the day before', { state: 'done', endedOn: '2026-11-24' }, 'before'],
  ['ended on the day, whatever the hour', { state: 'done', endedOn: '2026-11-25' }, 'on'],
  ['ended a day after', { state: 'given', endedOn: '2026-11-26' }, 'late'],
  ['refused in time', { state: 'refused', endedOn: '2026-11-25' }, 'on'],
  ['stopped late', { state: 'stopped', endedOn: '2026-12-01' }, 'late'],
  ['withdrawn early', { state: 'withdrawn', endedOn: '2026-11-20' }, 'before'],
  ['running, due today', { due: '2026-11-27' }, 'under_way'],
  ['running, due before today', { due: '2026-11-26' }, 'overdue'],
  ['at another agency: the clock runs on', { state: 'elsewhere' }, 'overdue'],
  ['waiting for money: the clock runs on', { state: 'payment' }, 'overdue'],
  ['waiting for its turn: no clock has begun', { state: 'waiting', startedOn: null }, 'under_way'],
  [
    'waiting for the citizen who was asked in time',
    { state: 'supplement', askedOn: '2026-11-25', supplements: 1 },
    'waiting_citizen',
  ],
  [
    'waiting for the citizen who was asked too late',
    { state: 'supplement', askedOn: '2026-11-26', supplements: 1 },
    'overdue',
  ],
  ['asked twice, still running in time', { due: '2026-12-31', supplements: 2 }, 'overdue'],
  [
    'asked twice, waiting for the citizen',
    { state: 'supplement', askedOn: '2026-11-23', supplements: 2 },
    'overdue',
  ],
  ['asked twice, ended in time', { state: 'done', endedOn: '2026-11-24', supplements: 2 }, 'late'],
  [
    'asked twice without any day promised',
    { due: null, supplements: 2, state: 'done', endedOn: '2026-11-24' },
    'late',
  ],
  ['no day promised, running', { due: null }, 'no_limit'],
  ['no day promised, ended', { due: null, state: 'done', endedOn: '2027-11-24' }, 'no_limit'],
])('%s: %s -> %s', (_, more, expected) => {
  expect(timeClass(one(more), '2026-11-27')).toBe(expected);
});

describe('the chain has a clock of its own', () => {
  const done = (on: string, ...components: string[]): Said => ({ action: 'result_received', on, components });
  const cases: [string, Dossier, string, TimeClass][] = [
    [
      'all in time',
      stepped(friday, done('2026-11-20', 'K1'), done('2026-11-23', 'K2', 'K3')),
      '2026-12-31',
      'before',
    ],
    [
      'the last one on the day',
      stepped(friday, done('2026-11-20', 'K1', 'K3'), done('2026-11-26', 'K2')),
      '2026-12-31',
      'on',
    ],
    // K1 a working day late; K2 and K3 within their own limits: only K1 and the chain are late.
    [
      'K1 late, the others punctual',
      stepped(friday, done('2026-11-23', 'K1'), done('2026-11-27', 'K2', 'K3')),
      '2026-12-31',
      'late',
    ],
    ['one still running', stepped(friday, done('2026-11-20', 'K1', 'K2')), '2026-11-26', 'under_way'],
    ['one running too long', stepped(friday, done('2026-11-20', 'K1', 'K2')), '2026-11-27', 'overdue'],
    [
      'one waits for the citizen',
      stepped(friday, { action: 'ask_supplement', on: '2026-11-20', components: ['K2'] }),
      '2026-12-31',
      'waiting_citizen',
    ],
    [
      'asked twice',
      stepped(
        friday,
        { action: 'ask_supplement', on: '2026-11-20', components: ['K1'] },
        { action: 'supplement_arrived', on: '2026-11-20', components: ['K1'] },
        { action: 'ask_supplement', on: '2026-11-20', components: ['K1'] },
        { action: 'supplement_arrived', on: '2026-11-20', components: ['K1'] },
        done('2026-11-20', 'K1', 'K2', 'K3'),
      ),
      '2026-11-20',
      'late',
    ],
    [
      'a death chain: no one number is promised',
      opened({ chain: 'death', date: '2026-11-20' }),
      '2027-11-20',
      'no_limit',
    ],
  ];
  test.each(cases)('%s', (_, dossier, today, expected) => {
    expect(chainTimeClass(dossier, today)).toBe(expected);
  });
  test('a second request makes the dossier late whichever component it names (QĐ 766 counts per file)', () => {
    const running = stepped(friday, done('2026-11-20', 'K1'));
    const asked = stepped(
      running,
      { action: 'ask_supplement', on: '2026-11-23', components: ['K3'] },
      { action: 'supplement_arrived', on: '2026-11-23', components: ['K3'] },
      { action: 'ask_supplement', on: '2026-11-23', components: ['K2'] },
    );
    expect(asked.components.map((c) => c.supplements)).toEqual([0, 1, 1]);
    expect(chainTimeClass(asked, '2026-11-23')).toBe('overdue');
    const given = stepped(
      asked,
      { action: 'supplement_arrived', on: '2026-11-23', components: ['K2'] },
      done('2026-11-23', 'K2', 'K3'),
    );
    expect(chainTimeClass(given, '2026-11-23')).toBe('late');
  });
  test('one request that names two components is one', () => {
    const running = stepped(friday, done('2026-11-20', 'K1'));
    const asked = stepped(running, {
      action: 'ask_supplement',
      on: '2026-11-23',
      components: ['K2', 'K3'],
    });
    expect(chainTimeClass(asked, '2026-11-23')).toBe('waiting_citizen');
  });
  test('K1 late, K2 and K3 punctual by their own clocks', () => {
    const after = stepped(friday, done('2026-11-23', 'K1'), done('2026-11-27', 'K2', 'K3'));
    expect(after.components.map((c) => timeClass(c, '2026-12-31'))).toEqual(['late', 'on', 'late']);
  });
});
