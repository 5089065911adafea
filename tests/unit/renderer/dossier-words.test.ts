import { describe, expect, it } from 'vitest';
import { consequences } from '../../../renderer/screens/dossiers/detail/act-then.tsx';
import { dueReasons, outcomeWords } from '../../../renderer/screens/dossiers/detail/dossier-words.ts';
import {
  changeLabel,
  dueChanges,
  entryTitle,
  plainChanges,
  shownValue,
  stepWords,
} from '../../../renderer/screens/dossiers/detail/history-words.ts';
import { byEnd, missingOf, papersOf } from '../../../renderer/screens/dossiers/detail/papers-model.ts';
import { slipAfter, slipsOf } from '../../../renderer/screens/dossiers/detail/slips-model.ts';
import { paperChoices } from '../../../renderer/screens/dossiers/list/list-filters.tsx';
import { waitingWords } from '../../../renderer/screens/today/waiting-card.tsx';
import { isFiltered, sameFilter } from '../../../renderer/state/filter.ts';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { specialDays } from '../../../shared/catalogue/holidays.ts';
import type { WaitingRow } from '../../../shared/contract/ipc/report.ts';
import { missingPapers } from '../../../shared/domain/checklist.ts';
import { type ActRequest, planAct } from '../../../shared/domain/plan-act.ts';
import { everybody } from '../../support/forms.ts';
import { clockRules, makeDetail } from '../../support/make-detail.ts';

const TODAY = '2026-11-20';
const at = (date: string, time = '10:00') => ({ date, time });
const rules = clockRules('birth', '2026-11-16');
const k1: ActRequest = { action: 'result_received', components: ['K1'], at: at('2026-11-17') };

describe('a chain is never called done because it is over', () => {
  it.each([
    [['done', 'given', 'done'], 'whole', 'Xong cả chuỗi (3 thủ tục)'],
    [['given', 'refused', 'done'], 'part', 'Xong một phần (2/3 thủ tục)'],
    [['refused', 'withdrawn', 'stopped'], 'none', 'Không giải quyết'],
    [['done', 'processing', 'done'], 'under_way', 'Đang giải quyết'],
  ] as const)('%j is %s', (states, outcome, words) => {
    expect(outcomeWords({ outcome, components: states.map((state) => ({ state })) })).toBe(words);
  });
});

it('says why the day of return is that day', () => {
  const detail = makeDetail({
    received: { date: '2026-11-20', time: '15:30' },
    steps: [
      { action: 'ask_supplement', components: ['K1'], at: at('2026-11-23'), items: ['x'] },
      { action: 'supplement_arrived', components: ['K1'], at: at('2026-11-26') },
    ],
  });
  const why = dueReasons(detail, clockRules('birth', '2026-11-20'), '2026-11-27').join(' | ');
  expect(why).toMatch(/sau 15:00/);
  expect(why).toMatch(/24\/11 nghỉ/);
  expect(why).toMatch(/trừ 2 ngày/);
  expect(dueReasons(makeDetail(), rules, TODAY)).toEqual([]);
});

it('foretells what a step moves', () => {
  const detail = makeDetail();
  const plan = (request: ActRequest) =>
    planAct(detail as never, request, { role: 'clerk', office: '26743', rules });
  const told = (request: ActRequest) =>
    consequences(detail, plan(request), request.components, TODAY, specialDays).join(' | ');
  expect(told(k1)).toMatch(/Thường trú: bắt đầu tính, hạn/);
  const asked = { action: 'ask_supplement', components: ['K1'], at: at('2026-11-16'), items: ['x'] } as const;
  expect(told(asked)).toMatch(/Dân bổ sung đến hết 26\/11 \(7 ngày làm việc\)/);
  const refused = { action: 'refuse', components: ['K1'], at: at('2026-11-16'), reason: 'x' } as const;
  expect(told(refused)).toMatch(/cũng kết thúc theo: .*Thường trú/);
});

describe('the history in words', () => {
  const detail = makeDetail({ form: { 'child.fullName': 'Nguyễn An' } });
  const telling = { detail, catalogue, today: TODAY };
  const entry = (more: object) =>
    ({
      ...{
        id: 'x',
        verb: 'dossier.act',
        step: null,
        at: '2026-11-20T02:00:00Z',
        actorName: 'Lê',
        reason: '',
      },
      ...{ deviceIsThis: true, changes: [], delivery: detail.delivery },
      ...more,
    }) as never;

  it.each([
    ['child.fullName', /: Họ, chữ đệm, tên khai sinh/],
    ['code.K2', /Mã Thường trú/],
    ['code.official', /Mã một cửa điện tử/],
    ['entered.ho_tich', /Phần mềm hộ tịch/],
    ['component/K1', /Khai sinh/],
    ['link.dossier', /Hồ sơ liên quan/],
  ])('names %s', (field, words) => {
    expect(changeLabel(telling, field)).toMatch(words);
  });

  it.each([
    ['paper.giay_chung_sinh', 'missing', 'thiếu'],
    ['component/K1', 'elsewhere', 'chờ cơ quan khác'],
    ['child.birth', '2026-11-10', '10/11/2026'],
    ['child.sex', 'nu', 'Nữ'],
    ['child.birthPlace', '', '(trống)'],
    ['entered.ho_tich', '1', 'Có'],
  ])('shows %s = %j as %s', (field, value, words) => {
    expect(shownValue(telling, field, value)).toBe(words);
  });

  it('tells a step with its components, day, agency, items and the clocks that it moved', () => {
    const step = {
      ...{ action: 'ask_supplement', components: ['K1', 'K3'], on: '2026-11-18', time: '10:00', dues: [] },
      ...{ items: ['Giấy chứng sinh', 'Văn bản uỷ quyền'], until: '2026-11-30' },
    };
    const told = entry({
      step,
      changes: [
        { field: 'component/K1', before: 'processing', after: 'supplement' },
        { field: 'due/K2', before: '2026-11-19', after: '2026-11-20' },
        { field: 'due', before: '2026-11-19', after: '' },
        { field: 'paper.x', before: '', after: 'copy' },
      ],
    });
    expect(entryTitle(told)).toBe('Yêu cầu bổ sung');
    expect(stepWords(telling, told)).toEqual([
      'Khai sinh, Thẻ BHYT · ngày 18/11 lúc 10:00 · đến hết 30/11',
      'Cần bổ sung: Giấy chứng sinh; Văn bản uỷ quyền',
    ]);
    expect(dueChanges(telling, told)).toEqual([
      'Hạn Thường trú: 19/11 → 20/11',
      'Hạn cả chuỗi: 19/11 → chưa hứa',
    ]);
    expect(plainChanges(told).map((c: { field: string }) => c.field)).toEqual(['paper.x']);
  });
});

it('lists the papers of the case, and asks for the missing ones in the words of Mẫu 02', () => {
  const form = { 'child.birthPlaceKind': 'co_so_y_te', 'requester.relation': 'me' };
  const lines = papersOf(catalogue, makeDetail({ form }));
  expect(lines.length).toBeGreaterThan(2);
  const [first] = lines.filter((line) => line.weight === 'required');
  const with1 = papersOf(catalogue, makeDetail({ form: { ...form, [`paper.${first?.code}`]: 'missing' } }));
  const asked = missingOf(with1).find((paper) => paper.code === first?.code);
  expect(asked).toEqual({ code: first?.code, component: first?.component, todo: first?.todo });
});

it('predicts a return only for components that are still open', () => {
  const form = { 'child.birthPlaceKind': 'co_so_y_te', 'paper.ks_giay_chung_sinh': 'missing' };
  const split = (steps: readonly ActRequest[]) => {
    const detail = makeDetail({ form, steps });
    const { predicted, late } = byEnd(missingPapers(papersOf(catalogue, detail)), detail.components);
    return [predicted, late].map((lines) => lines.some((line) => line.code === 'ks_giay_chung_sinh'));
  };
  expect(split([])).toEqual([true, false]);
  expect(split([k1])).toEqual([false, true]);
});

it.each([
  ['ask_supplement', '2026-11-20', '02'],
  ['refuse', '2026-11-20', '03'],
  ['extend', '2026-11-20', '04'],
  ['stop', '2026-11-20', '05'],
  ['stop', '2025-09-14', undefined],
  ['hand_over', '2026-11-20', '06'],
  ['hand_over', '2025-09-14', '05'],
  ['give_result', '2026-11-20', undefined],
] as const)('after %s on %s comes Mẫu %s', (action, on, no) => {
  expect(slipAfter(action, on)?.no).toBe(no);
});

it('has the receipt, the control sheet and the summary always, letters once their step was taken', () => {
  const kinds = (steps: readonly ActRequest[]) => slipsOf(makeDetail({ steps })).map((s) => s.kind);
  expect(kinds([])).toEqual(['receipt', 'control', 'summary']);
  const refused = { action: 'refuse', components: ['K1'], at: at('2026-11-16'), reason: 'x' } as const;
  expect(kinds([refused])).toEqual(['receipt', 'refusal', 'control', 'summary']);
});

describe('who is waited for', () => {
  const waiting = (more: object) =>
    ({
      components: ['Thẻ BHYT'],
      since: '2026-11-17',
      at: '',
      until: null,
      papers: [],
      ...more,
    }) as unknown as WaitingRow;
  it.each([
    [
      'supplement',
      { until: '2026-11-27', papers: ['Giấy chứng sinh'] },
      'Giấy chứng sinh',
      'còn 4 ngày làm việc',
    ],
    ['supplement', { until: '2026-11-20' }, 'Thẻ BHYT', 'hôm nay hết hạn'],
    ['supplement', { until: '2026-11-18' }, 'Thẻ BHYT', 'hết hạn từ 18/11'],
    ['elsewhere', { at: 'Công an phường' }, 'Thẻ BHYT · Công an phường', 'ngày thứ 4'],
    ['toGive', {}, 'Thẻ BHYT', 'ngày thứ 4'],
  ] as const)('%s %j', (kind, more, what, time) => {
    expect(waitingWords(kind, waiting(more), TODAY, specialDays)).toMatchObject({ what, time });
  });
});

it('knows whether a filter leaves dossiers out, and when two are the same', () => {
  expect(isFiltered(everybody)).toBe(false);
  expect(isFiltered({ ...everybody, order: 'name' })).toBe(false);
  for (const part of [{ q: 'a' }, { chain: 'birth' }, { state: 'due' }, { missing: 'x' }] as const) {
    expect(isFiltered({ ...everybody, ...part })).toBe(true);
    expect(sameFilter({ ...everybody, ...part }, everybody)).toBe(false);
  }
  expect(sameFilter({ ...everybody }, everybody)).toBe(true);
});

it('offers each missing paper once, of the chosen group only', () => {
  const all = paperChoices(catalogue, null, TODAY);
  const birth = paperChoices(catalogue, 'birth', TODAY);
  expect(new Set(all.map((p) => p.code)).size).toBe(all.length);
  expect(birth.length).toBeGreaterThan(0);
  expect(birth.length).toBeLessThan(all.length);
});
