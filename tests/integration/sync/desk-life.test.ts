/** Property: whatever a desk lets a clerk do to dossiers, new or of wards that are gone, the real hub takes in whole. */

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProjections } from '../../../city/db/verify.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { addDays } from '../../../shared/lib/local-date.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { COMMUNE, form, reception } from '../../support/forms.ts';
import { allowedOn } from '../../support/gate.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';

const DAY = '2026-11-20';
const stroke = fc.record({
  kind: fc.constantFrom(
    'receive',
    'old',
    'act',
    'act',
    'act',
    'correct',
    'annotate',
    'sync',
    'tomorrow',
    'law',
  ),
  one: fc.nat(1000),
  two: fc.nat(1000),
});
type Stroke = { readonly kind: string; readonly one: number; readonly two: number };
const annotations = [
  { 'code.official': 'H29-260917-0007' },
  { 'code.official': '' },
  { 'paper.ks_giay_chung_sinh': 'copy' },
  { 'paper.kt_giay_bao_tu': 'original', 'paper.kt_giay_bao_tu.count': '2' },
  { 'code.K1': 'KS 12/2026' },
  { 'code.T2': "CA'7" },
];
const reasons = {
  reason: 'lý do thử',
  items: ['Nộp giấy tờ còn thiếu'],
  to: 'Công an phường Bến Thành',
  obstacle: 'khac',
};

describe.each(engines())('a desk and a hub on %s', (engine) => {
  let hub: TestHub;
  let pair: Pair;
  beforeAll(async () => {
    hub = await startTestHub(engine);
    pair = await enrolledPair(hub, { role: 'head' });
  });
  afterAll(async () => {
    await pair.close();
    await hub.remove();
  });

  test('never differ on what is allowed', { timeout: 300_000 }, async () => {
    let [today, hour] = [DAY, 0];
    const ids: string[] = [];
    const done = new Set<string>();
    const now = () => pair.desk.clock.set(`${today}T${String(1 + (hour % 9)).padStart(2, '0')}:30:00Z`);
    const call = async <
      M extends
        | 'dossier.receive'
        | 'dossier.act'
        | 'dossier.correct'
        | 'dossier.annotate'
        | 'catalogue.correct',
    >(
      method: M,
      input: Input<M>,
    ) => {
      done.add(await pair.desk.refusal(method, input));
    };
    const play = async ({ kind, one, two }: Stroke) => {
      const id = ids[one % Math.max(1, ids.length)];
      if (kind === 'tomorrow') {
        today = addDays(today, 1 + (one % 3));
        hour = one;
        now();
        return;
      }
      if (kind === 'sync') {
        expect(await pair.desk.call('sync.run', {})).toMatchObject({ attention: 0, waiting: 0 });
        return;
      }
      if (kind === 'law') {
        const correction = {
          key: 'limit.K2',
          from: '2023-07-10',
          value: String(1 + (one % 9)),
          source: 'QĐ thử',
        };
        await call('catalogue.correct', { corrections: [correction], reason: 'đọc nguyên văn' });
        return;
      }
      if (kind === 'receive' || kind === 'old' || id === undefined) {
        const chain = two % 2 ? 'birth' : 'death';
        const fresh = randomUUID();
        const base = reception(fresh, chain);
        const values = form(chain, one);
        const old = kind === 'old';
        const dates = /^(19|20)\d\d(-\d\d)*/;
        const past = Object.fromEntries(
          Object.entries(values).map(([key, v]) => [key, dates.test(v) && v > '2025-01' ? '2025-06-10' : v]),
        );
        ids.push(fresh);
        await call('dossier.receive', {
          ...base,
          values: old ? past : values,
          commune: old ? '26749@2021-01-01' : COMMUNE,
          received: old ? { date: '2025-06-20', time: '15:01' } : null,
          atOnce:
            two % 5 === 0
              ? { action: 'ask_supplement', items: ['Nộp giấy tờ'] }
              : two % 7 === 0
                ? { action: 'refuse', reason: 'không thuộc' }
                : null,
        });
        return;
      }
      const detail = await pair.desk.call('dossier.get', { id }).catch(() => undefined);
      if (!detail) return;
      if (kind === 'annotate')
        return call('dossier.annotate', { id, changes: annotations[two % annotations.length] ?? {} });
      if (kind === 'correct') {
        const other = form(detail.chain, two);
        const values = {
          ...detail.form,
          ...Object.fromEntries(Object.entries(other).filter((_, i) => (two >> (i % 9)) & 1)),
        };
        return call('dossier.correct', { id, base: detail.revision, values, reason: 'gõ nhầm' });
      }
      const back = two % 3 === 0 ? addDays(today, -(two % 4)) : today;
      const allowed = allowedOn(detail, 'head', back);
      const choice = allowed[two % Math.max(1, allowed.length)];
      if (!choice) return;
      const components = two % 2 ? [...choice.components] : choice.components.slice(0, 1);
      const changes = annotations[one % annotations.length] ?? {};
      const last = detail.components
        .map((c) => c.due ?? '')
        .sort()
        .at(-1);
      await call('dossier.act', {
        id,
        base: detail.revision,
        step: {
          ...{ action: choice.action, components, ...reasons },
          ...(back === today ? { on: null, time: null } : { on: back, time: one % 2 ? '16:10' : null }),
          ...(last && { newDue: addDays(last, 1 + (one % 5)) }),
          ...(one % 3 === 0 && { changes }),
        },
      });
    };
    now();
    await fc.assert(
      fc.asyncProperty(fc.array(stroke, { minLength: 10, maxLength: 60 }), async (strokes) => {
        for (const one of strokes) await play(one);
        const state = await pair.desk.call('sync.run', {});
        expect([state.attention, state.waiting]).toEqual([0, 0]);
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(done).toContain('OK');
    expect(done).not.toContain('UNEXPECTED');
    expect(verifyDesk(pair.desk.desk.db).problems).toEqual([]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });
});
