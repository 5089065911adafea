/** When the people of a dossier may go from a desk, and what stays of its events. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dossier } from '../../../../shared/domain/dossier.ts';
import type { Event } from '../../../../shared/domain/event.ts';
import { fold } from '../../../../shared/domain/project.ts';
import { isPurged, purgedEvent } from '../../../../shared/domain/purged-event.ts';
import {
  keptBecause,
  keptReasons,
  LEAST_DAYS,
  purgeIsDue,
  type RetentionFacts,
} from '../../../../shared/domain/retention.ts';
import { canonicalJson } from '../../../../shared/lib/canonical-json.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import { must } from '../../../../shared/lib/must.ts';
import { dossierFigures } from '../../../../shared/report/dossier-figures.ts';
import { lifeOf, windowOf } from '../../../support/dossier-lives.ts';
import { event } from '../../../support/events.ts';
import { CANARY, wishesOf } from '../../../support/sent-lives.ts';

const TODAY = '2026-11-20';
const gone: RetentionFacts = {
  ...{ outcome: 'whole', toDo: false, lastDay: '2026-08-20', unsent: 0, returned: 0 },
  ...{ hub: 40, drafts: 0, scans: 0 },
};
const rule = { today: TODAY, days: 90, backedUp: 40 };

describe('a dossier', () => {
  test.each<[string, Partial<RetentionFacts>, Partial<typeof rule>, string | null]>([
    ['closed 92 days ago and proven', {}, {}, null],
    ['closed 91 days ago', { lastDay: '2026-08-21' }, {}, null],
    ['closed exactly 90 days ago', { lastDay: '2026-08-22' }, {}, 'young'],
    ['under way', { outcome: 'under_way' }, {}, 'open'],
    ['whose result lies at the counter', { toDo: true }, {}, 'open'],
    ['with an event without a receipt', { unsent: 1 }, {}, 'unsent'],
    ['that the city never numbered', { hub: 0 }, {}, 'unsent'],
    ['with a returned event', { returned: 1 }, {}, 'returned'],
    ['somebody corrects', { drafts: 1 }, {}, 'typing'],
    ['with a scan of which the city lacks a part', { scans: 1 }, {}, 'scan'],
    ['beyond the backup', { hub: 41 }, {}, 'no_backup'],
    ['of a city that proved none', {}, { backedUp: null as unknown as number }, 'no_backup'],
    ['of a limit that is too short', { lastDay: '2026-10-30' }, { days: 1 }, 'young'],
  ])('%s', (_, facts, how, why) => {
    expect(keptBecause({ ...gone, ...facts }, { ...rule, ...how })).toBe(why);
  });

  test('goes only where nothing speaks against it, whatever the limit', () => {
    const facts = fc.record({
      outcome: fc.constantFrom('under_way' as const, 'whole' as const, 'part' as const, 'none' as const),
      toDo: fc.boolean(),
      lastDay: fc.integer({ min: -400, max: 10 }).map((n) => addDays(TODAY, n)),
      ...{ unsent: fc.nat(2), returned: fc.nat(2), hub: fc.nat(60), drafts: fc.nat(1), scans: fc.nat(1) },
    });
    const how = fc.record({ days: fc.nat(120), backedUp: fc.option(fc.nat(60)) });
    fc.assert(
      fc.property(facts, how, (f, { days, backedUp }) => {
        const why = keptBecause(f, { today: TODAY, days, backedUp });
        expect([null, ...keptReasons]).toContain(why);
        if (why !== null) return;
        expect(f).toMatchObject({ toDo: false, unsent: 0, returned: 0, drafts: 0, scans: 0 });
        expect(f.outcome).not.toBe('under_way');
        expect(addDays(f.lastDay, Math.max(days, LEAST_DAYS)) < TODAY).toBe(true);
        expect(f.hub > 0 && f.hub <= must(backedUp, 'backup')).toBe(true);
      }),
    );
  });
});

test.each([
  [null, true],
  ['2026-10-23', true],
  ['2026-10-24', false],
  [TODAY, false],
])('by itself again after %j: %s', (last, due) => {
  expect(purgeIsDue(last, TODAY)).toBe(due);
});

describe('what stays of an event', () => {
  const eventsOf = (life: Parameters<typeof wishesOf>[0]): Event[] =>
    wishesOf(life, '26743').map((wish) =>
      event({ ...wish, at: '2026-11-20T02:00:00.000Z' } as Partial<Event>),
    );
  const stateOf = (events: readonly Event[]): Dossier => {
    const subject = must(fold(events), 'dossier');
    if (subject.kind !== 'dossier') throw new Error(subject.kind);
    return subject.state;
  };

  test('tells the same figures of every day, and of nobody', () => {
    fc.assert(
      fc.property(lifeOf, windowOf, (life, { from, to }) => {
        const whole = eventsOf(life);
        const left = whole.map(purgedEvent);
        const context = { from, on: to, agencyOf: () => '' };
        expect(dossierFigures(stateOf(left), context)).toEqual(dossierFigures(stateOf(whole), context));
        expect(JSON.stringify(left)).not.toContain(CANARY);
        for (const [n, one] of left.entries()) {
          const { body: _, ...place } = one;
          const { body: __, ...before } = must(whole[n], 'event');
          expect(place).toEqual(before);
          expect(purgedEvent(one)).toEqual(one);
          expect(isPurged(one, canonicalJson(one))).toBe(true);
        }
      }),
    );
  });

  const changes = {
    ...{ 'child.fullName': CANARY, 'requester.phone': '0900000000', 'residence.address': CANARY },
    ...{
      'paper.ks_to_khai': 'missing',
      'code.K1': CANARY,
      'code.official': '000.00.1',
      'link.dossier': CANARY,
    },
    ...{ 'mother.nationality': 'Hoa Kỳ', 'father.nationality': 'Việt Nam', 'paper.x.count': CANARY },
  };
  const kept = {
    'paper.ks_to_khai': 'missing',
    'code.official': '000.00.1',
    'mother.nationality': 'nước ngoài',
  };
  test.each<[string, Event['body'], Event['body']]>([
    ['dossier.annotate', { changes }, { changes: kept }],
    ['dossier.correct', { changes, reason: CANARY }, { changes: kept, reason: 'đã xóa khỏi máy' }],
    [
      'dossier.resolve',
      { event: 'e', kept: 'mixed', fields: { [`name/${CANARY}`]: 'mine' }, changes, reason: CANARY },
      { event: 'e', kept: 'mixed', fields: {}, changes: kept, reason: 'đã xóa khỏi máy' },
    ],
    [
      'dossier.transfer',
      { to: '26740@2025-07-01', components: ['K1'], on: TODAY, reason: CANARY, receivedBy: CANARY },
      { to: '26740@2025-07-01', components: ['K1'], on: TODAY, reason: 'đã xóa khỏi máy' },
    ],
    [
      'dossier.act',
      { action: 'refuse', on: TODAY, reason: CANARY, items: [CANARY], from: CANARY, to: CANARY, changes },
      { action: 'refuse', on: TODAY, changes: kept },
    ],
    ['dossier.attach', { file: { name: CANARY, sha256: 'a' }, note: CANARY, paper: null }, {}],
    ['dossier.detach', { sha256: 'a', reason: CANARY }, {}],
    ['dossier.of-a-newer-program', { anything: CANARY }, {}],
    ['dossier.receive', { form: [CANARY], newer: CANARY, code: 'T-1' }, { form: {}, code: 'T-1' }],
  ])('%s', (verb, body, left) => {
    expect(purgedEvent(event({ verb, body })).body).toEqual(left);
  });
});
