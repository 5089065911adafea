/** Property: whatever a counter may legally do to a dossier, day after day, the city accepts, and its tables are the fold of it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSubjects } from '../../../city/db/queries/subject.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { allowedActions } from '../../../shared/domain/allowed-actions.ts';
import type { Dossier } from '../../../shared/domain/dossier.ts';
import { bodyOf, type Event } from '../../../shared/domain/event.ts';
import { planAct } from '../../../shared/domain/plan-act.ts';
import { fold, type Subject } from '../../../shared/domain/project.ts';
import { calendarOf } from '../../../shared/domain/working-days.ts';
import { addDays } from '../../../shared/lib/local-date.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolDesk, type FakeDesk, makeEvent, sendEvents } from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { DAY, receiveDossier } from '../../support/wire-events.ts';

const strokes = fc.array(
  fc.record({ action: fc.nat(100), whole: fc.boolean(), later: fc.nat(4), send: fc.boolean() }),
  { minLength: 1, maxLength: 25 },
);
const regime = must(
  catalogue.regimes.find((r) => r.id === receiveDossier().body['regime']),
  'regime',
);
const rules = { catalogue, chain: regime.chains.birth, receivedOn: DAY, calendar: calendarOf(catalogue) };

function stateOf(subject: Subject | undefined): Dossier {
  if (subject?.kind !== 'dossier') throw new Error('no dossier');
  return subject.state;
}

describe.each(engines())('steps on %s', (engine) => {
  let hub: TestHub;
  let desk: FakeDesk;
  beforeAll(async () => {
    hub = await startTestHub(engine);
    desk = await enrolDesk(hub);
  });
  afterAll(() => hub.remove());

  test('every legal step is accepted, and both sides add up to the same dossier', async () => {
    const seen = new Set<string>();
    const property = fc.asyncProperty(strokes, async (list) => {
      const reception = receiveDossier();
      const { subject } = reception;
      const events: Event[] = [makeEvent(desk, reception)];
      let [sent, on] = [0, DAY];
      const send = async () => {
        const { verdicts } = await sendEvents(desk, events.slice(sent));
        expect(verdicts.map((v) => [v.kind, v.code])).toEqual(
          events.slice(sent).map(() => ['accepted', undefined]),
        );
        sent = events.length;
      };
      for (const stroke of list) {
        on = addDays(on, stroke.later);
        const state = stateOf(fold(events));
        const allowed = allowedActions(state, { role: 'clerk', office: state.office }, on);
        const { action, components } = must(
          allowed[stroke.action % allowed.length],
          'something is always allowed',
        );
        const request = {
          ...{
            action,
            components: stroke.whole ? components : components.slice(-1),
            at: { date: on, time: '10:00' },
          },
          ...{
            reason: 'lý do',
            items: ['Tờ khai'],
            to: 'Công an',
            obstacle: 'ky_thuat',
            newDue: addDays(DAY, 400 + events.length),
          },
        };
        const body = bodyOf(planAct(state, request, { role: 'clerk', office: state.office, rules }));
        events.push(makeEvent(desk, { verb: 'dossier.act', subject, body, base: sent }));
        seen.add(action);
        if (stroke.send) await send();
      }
      if (sent < events.length) await send();
      const stored = (await loadSubjects(hub.db, [subject])).get(`dossier/${subject.id}`);
      expect(stored).toEqual(fold(events));
    });
    await fc.assert(property, { numRuns: 60, endOnFailure: true, seed: 20261122 });
    expect(seen.size).toBeGreaterThan(12);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });
});
