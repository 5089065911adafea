/** Any legal sequence of steps, and components that a correction adds on the way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { componentStates } from '../../../../shared/domain/action-rules.ts';
import { allowedActions } from '../../../../shared/domain/allowed-actions.ts';
import {
  chainOutcome,
  chainState,
  componentOutcome,
  correctBody,
  type Dossier,
  projectDossier,
} from '../../../../shared/domain/dossier.ts';
import { fold, requireBody } from '../../../../shared/domain/project.ts';
import { chainTimeClass } from '../../../../shared/domain/time-class.ts';
import { judge } from '../../../../shared/domain/verdict.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import { must } from '../../../../shared/lib/must.ts';
import { event, received } from '../../../support/events.ts';
import { opened, part, planned, projected, stepped } from '../../../support/steps.ts';

describe('any legal sequence', () => {
  const choice = fc.record({
    action: fc.nat(),
    some: fc.nat(),
    wait: fc.nat(4),
    hour: fc.constantFrom('08:00', '15:01'),
  });
  test('reaches only states of the table, keeps its dates, outcomes and clocks in order, and the city accepts each step', () => {
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 14 }), (choices) => {
        const first = received();
        const applied = [first];
        let dossier = must(projectDossier(first, undefined), 'dossier');
        let on = dossier.receivedOn;
        for (const { action: pick, some, wait, hour } of choices) {
          on = addDays(on, wait);
          const allowed = allowedActions(dossier, { role: 'clerk', office: dossier.office }, on);
          const chosen = must(allowed[pick % allowed.length], 'a dossier without any action');
          const components = chosen.components.filter((_, i) => i === 0 || ((some >> i) & 1) === 1);
          const body = planned(dossier, {
            action: chosen.action,
            components,
            on,
            time: hour,
            newDue: `${2029 + applied.length}-12-31`,
          });
          const e = event({
            verb: 'dossier.act',
            base: applied.length,
            body: JSON.parse(JSON.stringify(body)),
          });
          requireBody('dossier.act', e.body);
          const verdict = judge({
            event: e,
            sender: { role: 'clerk', office: e.office },
            current: { kind: 'dossier', state: dossier },
            applied,
          });
          expect(verdict).toEqual({ kind: 'accepted', revision: applied.length + 1 });
          const after = projected(dossier, body);
          checkStep(dossier, after, on);
          applied.push(e);
          dossier = after;
        }
        const folded = fold(applied);
        expect(folded?.kind === 'dossier' && folded.state).toEqual(dossier);
      }),
      { numRuns: 400 },
    );
  });

  function checkStep(before: Dossier, after: Dossier, on: string): void {
    const { components } = after;
    for (const c of components) {
      const open = componentOutcome(c.state) === 'under_way';
      expect(componentStates).toContain(c.state);
      expect(c.endedOn === null).toBe(open);
      expect(c.askedOn !== '').toBe(c.state === 'supplement');
      expect(c.at !== '').toBe(c.state === 'elsewhere');
      expect(c.since >= after.receivedOn && c.since <= on).toBe(true);
      if (c.state === 'waiting') expect(c.startedOn).toBeNull();
      if (c.state === 'processing') expect(c.startedOn).not.toBeNull();
      if (!open) expect(c.obstacle).toBe('');
      const old = must(
        before.components.find((o) => o.code === c.code),
        c.code,
      );
      expect(c.firstDue).toBe(old.firstDue);
      expect(c.supplements - old.supplements).toBe(
        c.state === 'supplement' && old.state !== 'supplement' ? 1 : 0,
      );
    }
    const outcome = chainOutcome(components);
    const outcomes = components.map((c) => componentOutcome(c.state));
    expect(outcome === 'under_way').toBe(outcomes.includes('under_way'));
    expect(outcome === 'whole').toBe(outcomes.every((o) => o === 'done'));
    if (outcome === 'none') expect(outcomes).not.toContain('done');
    expect(components.map((c) => c.state)).toContain(chainState(components));
    expect(componentOutcome(chainState(components)) === 'under_way').toBe(outcome === 'under_way');
    expect(['before', 'on', 'late'].includes(chainTimeClass(after, on))).toBe(outcome !== 'under_way');
    expect((after.due ?? '') >= (before.due ?? '')).toBe(true);
  }
});

describe('a component added by a correction', () => {
  const death = opened({ chain: 'death', date: '2026-11-20' });
  const add = (dossier: Dossier, added: object[]) =>
    must(
      projectDossier(
        event({
          verb: 'dossier.correct',
          body: { changes: { 'request.funeral': '1' }, reason: 'thêm', added } as never,
        }),
        dossier,
      ),
      'dossier',
    );
  test('that waits begins with the component that it waits for', () => {
    const added = add(death, [{ code: 'T3', due: '2026-11-26', waitsFor: 'T1', startedOn: null }]);
    expect(part(added, 'T3')).toMatchObject({
      state: 'waiting',
      firstDue: '2026-11-26',
      since: '2026-11-20',
    });
    const begun = stepped(added, { action: 'result_received', on: '2026-11-23', components: ['T1'] });
    expect(part(begun, 'T3')).toMatchObject({
      state: 'processing',
      startedOn: '2026-11-23',
      due: '2026-11-27',
    });
  });
  test('after the end of what it waits for begins on its own day', () => {
    const done = stepped(death, { action: 'result_received', on: '2026-11-20', components: ['T1'] });
    const added = add(done, [{ code: 'T3', due: '2026-12-02', waitsFor: null, startedOn: '2026-11-27' }]);
    expect(part(added, 'T3')).toMatchObject({
      state: 'processing',
      startedOn: '2026-11-27',
      since: '2026-11-27',
      due: '2026-12-02',
    });
  });
  test('that is there already, or is named twice, is there once', () => {
    const twice = [
      { code: 'T3', due: null, waitsFor: 'T1', startedOn: null },
      { code: 'T3', due: '2026-12-01', waitsFor: 'T1', startedOn: null },
      { code: 'T1', due: null, waitsFor: null, startedOn: null },
    ];
    const after = add(death, twice);
    expect(after.components.map((c) => c.code)).toEqual(['T1', 'T2', 'T3']);
    expect(part(after, 'T1')).toEqual(part(death, 'T1'));
    expect(correctBody.safeParse({ changes: {}, reason: '' }).success).toBe(false);
  });
});
