/** Rules of the screens of sending: what to do about a code, what a choice writes, words of progress and of a day. */
import { describe, expect, test } from 'vitest';
import { makeProof, short, squareText } from '../../../renderer/screens/print/proof-model.ts';
import { careOf, inOrder, todoWords } from '../../../renderer/screens/sync/attention-model.ts';
import {
  allTo,
  begunChoice,
  firstSides,
  keptChoice,
  resolutionOf,
  undecided,
} from '../../../renderer/screens/sync/conflict-model.ts';
import { progressWords, sizeWords } from '../../../renderer/screens/sync/progress-words.ts';
import { changedSince, notesOf, unexplained } from '../../../renderer/screens/today/close-model.ts';
import { avoidWords, causeWords, whyWords } from '../../../renderer/ui/causes.tsx';
import { fieldWords, valueWords } from '../../../renderer/ui/field-words.ts';
import { recoveredWords } from '../../../renderer/ui/recovery-words.ts';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import type { ConflictView, Proof } from '../../../shared/contract/ipc/attention.ts';
import type { DayView } from '../../../shared/contract/ipc/day.ts';
import { problemCodes } from '../../../shared/problem.ts';

describe('a card', () => {
  test.each([
    ['returned', 'FIELD_REQUIRED', 'mend'],
    ['returned', 'FORBIDDEN', 'ask'],
    ['returned', 'EVENT_BODY_INVALID', 'support'],
    ['returned', 'A_CODE_OF_TOMORROW', 'support'],
    ['returned', '', 'support'],
    ['conflict', 'EVENT_FIELDS_CONFLICT', 'choose'],
    ['held', 'EVENT_SCHEMA_NEWER', 'wait'],
    ['held', 'DEVICE_REVOKED', 'support'],
  ] as const)('%s %s: %s', (state, code, care) => {
    expect(careOf({ state, code })).toBe(care);
    expect(todoWords({ state, code })).not.toBe('');
  });
  test('that needs a hand stands before one that waits', () => {
    const card = (state: 'returned' | 'held' | 'conflict', code: string) => ({
      ...{ state, code, total: 1, since: '2026-11-20T02:00:00.000Z' },
    });
    const cards = [
      card('held', 'EVENT_BASE_UNKNOWN'),
      card('conflict', 'X'),
      card('returned', 'FIELD_REQUIRED'),
    ];
    expect(inOrder(cards).map((c) => c.state)).toEqual(['returned', 'conflict', 'held']);
  });
  test('names every code in words without a blank that nobody filled', () => {
    for (const code of problemCodes) {
      expect(whyWords(code), code).not.toMatch(/[?{}]/);
      expect(whyWords(code).length, code).toBeGreaterThan(5);
    }
  });
  test('what a held item waits for is told by its code', () => {
    expect(todoWords({ state: 'held', code: 'EVENT_BASE_UNKNOWN' })).toContain('máy khác');
    expect(todoWords({ state: 'held', code: 'EVENT_SCHEMA_NEWER' })).toContain('nâng cấp');
    expect(todoWords({ state: 'returned', code: 'ACTION_NOT_ALLOWED' })).toContain('đang ở bước nào');
    expect(todoWords({ state: 'returned', code: 'SHEET_LOCKED' })).toContain('mở khoá');
    expect(todoWords({ state: 'returned', code: 'FIELD_REQUIRED' })).toContain('đúng ô Thành phố nêu');
  });
});

test.each([
  [{ kind: 'paper', key: 'ks_giay_chung_sinh', field: '', n: 2 }, 'Thiếu Giấy chứng sinh'],
  [{ kind: 'item', key: 'Ghi rõ nơi cư trú', field: '', n: 1 }, 'Phải bổ sung: Ghi rõ nơi cư trú'],
  [
    { kind: 'code', key: 'FIELD_REQUIRED', field: 'mother.birth', n: 1 },
    'Còn trống ô bắt buộc: Mẹ: Ngày sinh',
  ],
] as const)('a cause in words: %j', (cause, words) => {
  expect(causeWords(cause)).toContain(words);
  expect(avoidWords(cause)).not.toBe('');
});

test.each([
  ['hoi_nong_dan/tong', '0', 'Hội Nông dân', '0'],
  ['hoi_nong_dan/tong', '', 'Hội Nông dân', '(chưa báo cáo)'],
  ['hoi_nong_dan/tong', 'outside', 'Hội Nông dân', 'không thuộc địa bàn'],
  ['hoi_nong_dan/tong', '1320', 'Hội Nông dân', '1.320'],
  ['child.birth', '2026-11-15', 'Trẻ được khai sinh: Ngày', '15/11/2026'],
  ['child.fullName', '', 'Họ, chữ đệm, tên', '(trống)'],
  ['component/K2', 'done', 'Thường trú', 'đã có kết quả'],
  ['due/K2', '2026-11-25', 'Thường trú', '25/11/2026'],
  ['paper.ks_giay_chung_sinh', 'missing', 'chứng sinh', 'thiếu'],
] as const)('%s = "%s" is "%s" with "%s"', (field, value, label, words) => {
  expect(fieldWords(field)).toContain(label);
  expect(valueWords(catalogue, field, value)).toBe(words);
});

const by = { at: '2026-11-20T02:00:00.000Z', name: 'Trần Thị Kia', here: false, verb: 'dossier.correct' };
const version = (field: string, decided = false) => ({
  ...{ field, base: '', mine: `${field} của máy này`, city: `${field} của Thành phố`, by, decided },
});
const view = (more: Partial<ConflictView> = {}): ConflictView => ({
  item: {
    ...{
      eventId: '00000000-0000-4000-8000-000000000001',
      verb: 'dossier.correct',
      title: 'Thử',
      code: 'T-1',
    },
    subject: { kind: 'dossier', id: '00000000-0000-4000-8000-000000000002' },
    ...{ asOf: null, cells: [], at: by.at, bytes: 1, sentence: null },
    delivery: { state: 'conflict', receipt: null, at: by.at, code: 'EVENT_FIELDS_CONFLICT', field: 'a' },
  },
  ...{
    mine: { ...by, here: true },
    revision: 3,
    differing: [version('a'), version('b'), version('due/K1', true)],
  },
  ...{ rest: [], isStep: false, closedBy: null, chosen: null, alikeEvents: [] },
  ...more,
});

describe('a choice', () => {
  test('what a decision set stands with the city from the start, the rest waits for a click', () => {
    expect(firstSides(view())).toEqual({ 'due/K1': 'city' });
    expect(undecided(view(), firstSides(view()))).toEqual(['a', 'b']);
  });
  test('goes on where it was left, without sides that are not possible any more', () => {
    const kept = keptChoice({ sides: { a: 'mine', 'due/K1': 'mine', gone: 'city' }, reason: ' theo giấy' });
    expect(begunChoice(view(), kept)).toEqual({
      sides: { a: 'mine', 'due/K1': 'city' },
      reason: ' theo giấy',
    });
    expect(begunChoice(view(), { ...kept, b: 'nobody' }).sides).toEqual({ a: 'mine', 'due/K1': 'city' });
    expect(begunChoice(view({ isStep: true }), kept).sides).toEqual({
      a: 'city',
      b: 'city',
      'due/K1': 'city',
    });
    const chosen = { a: 'city' } as const;
    expect(begunChoice(view({ chosen }), kept)).toEqual({ sides: chosen, reason: '' });
  });
  test('all of mine leaves decided fields with the city; of a step nothing is mine', () => {
    expect(allTo('mine', view())).toEqual({ a: 'mine', b: 'mine', 'due/K1': 'city' });
    expect(allTo('mine', view({ isStep: true }))).toEqual({ a: 'city', b: 'city', 'due/K1': 'city' });
  });
  test('field by field it writes only what is kept of this machine', () => {
    const sides = { a: 'mine', b: 'city', 'due/K1': 'city' } as const;
    expect(resolutionOf(view(), sides, 'vì thế')).toEqual({
      dossier: {
        ...{ id: view().item.subject.id, event: view().item.eventId, base: 3, kept: 'mixed' },
        ...{ fields: sides, changes: { a: 'a của máy này' }, reason: 'vì thế' },
      },
    });
    expect(resolutionOf(view(), allTo('city', view()), 'vì thế')).toMatchObject({
      dossier: { kept: 'city', changes: {} },
    });
  });
  test('of a sheet it writes the figures that are kept', () => {
    const cells = [
      { category: 'hoi_nong_dan', measure: 'tong', value: 0 },
      { category: 'nguoi_co_cong', measure: 'tong', value: 5 },
    ];
    const sheet = view({ differing: cells.map((c) => version(`${c.category}/${c.measure}`)) });
    const of = { ...sheet, item: { ...sheet.item, cells, subject: { kind: 'sheet' as const, id: 's' } } };
    const sides = { 'hoi_nong_dan/tong': 'mine', 'nguoi_co_cong/tong': 'city' } as const;
    expect(resolutionOf(of, sides, 'r')).toMatchObject({
      sheet: { id: 's', kept: 'mixed', cells: cells.slice(0, 1) },
    });
  });
});

describe('progress', () => {
  const progress = {
    phase: 'send',
    done: 1120,
    total: 2004,
    bytes: 3_670_016,
    bytesPerSecond: 51_200,
  } as const;
  test('says what it does, how far it is, and how fast', () => {
    expect(progressWords({ progress }, null)).toEqual({
      ...{ title: 'Đang gửi 1.120 / 2.004 thay đổi', facts: '3,5 MB · 50 KB/giây', done: 1120, total: 2004 },
    });
    expect(progressWords({ progress: null }, null).title).toContain('chào hỏi');
  });
  test('says whose store went back', () => {
    const recover = { progress: { ...progress, phase: 'recover' as const } };
    expect(progressWords(recover, null).title).toContain('Thành phố vừa khôi phục dữ liệu');
    expect(progressWords(recover, 'put_back').title).toContain('Máy này vừa được khôi phục');
    for (const why of ['behind', 'forked', 'frozen', 'city_restored', 'put_back'] as const)
      expect(recoveredWords({ why, at: by.at, resent: 12 }), why).toContain('12');
  });
  test.each([
    [0, '0 B'],
    [1023, '1.023 B'],
    [1024, '1 KB'],
    [1024 * 1024, '1,0 MB'],
  ])('%d bytes are %s', (bytes, words) => expect(sizeWords(bytes)).toBe(words));
});

const day = (more: Partial<DayView> = {}): DayView => ({
  ...{ day: '2026-11-20', entered: 3, sent: 2, accepted: 2, returned: 0, waiting: 1 },
  ...{ city: null, closed: null },
  differences: [{ kind: 'waiting', n: 1, events: [] }],
  ...more,
});
const closed = (n: number, stale: boolean): DayView['closed'] => ({
  ...{ revision: 1, at: by.at, by: 'Lê Thị Thử', stale },
  differences: [{ kind: 'waiting', n, note: 'mất mạng' }],
});

describe('a day', () => {
  test('is closed only when every difference has its words; blanks are none', () => {
    expect(unexplained(day(), {})).toEqual(['waiting']);
    expect(unexplained(day(), { waiting: '   ' })).toEqual(['waiting']);
    expect(notesOf(day(), { waiting: ' mất mạng ' })).toEqual([{ kind: 'waiting', note: 'mất mạng' }]);
    expect(unexplained(day({ differences: [] }), {})).toEqual([]);
  });
  test('opened again it keeps the words and tells what changed since', () => {
    expect(unexplained(day({ closed: closed(1, false) }), {})).toEqual([]);
    expect(changedSince(day({ closed: closed(1, false) }))).toEqual([]);
    expect(changedSince(day({ closed: closed(5, true) }))).toEqual([
      'Có ở máy này, chưa gửi: lúc chốt 5, nay 1',
    ]);
    expect(changedSince(day({ closed: closed(1, true) }))).toHaveLength(1);
  });
});

describe('a page that proves', () => {
  const place = { office: 'Phường Thử', machine: '7 · Máy thử', madeOn: '2026-11-20', by: 'Lê Thị Thử' };
  const receipt = { id: '3f2a91c0'.repeat(8), at: by.at, hash: 'ab'.repeat(32) };
  test('a receipt carries its number and hash in a square, and fits one page however long it is', () => {
    const lines = Array.from({ length: 500 }, (_, i) => ({
      ...{ seq: i + 1, verb: 'dossier.receive', title: `Trẻ ${i}`, code: `T-7-${i}`, verdict: 'accepted' },
    }));
    const proof: Proof = {
      ...{ kind: 'receipt', place, lines },
      receipt: { ...receipt, from: 1, to: 500, accepted: 500, returned: 0 },
    };
    const text = JSON.stringify(makeProof(proof));
    expect(text).toContain(squareText(receipt));
    expect(squareText(receipt)).toBe(`SMC-BN ${short(receipt.id)} ${'AB'.repeat(32)}`);
    expect(text).toContain('và 476 dòng nữa');
    expect(text).not.toContain('Trẻ 24');
  });
  test('a dossier without a receipt says so and has no square', () => {
    const events = [
      {
        ...{ at: by.at, verb: 'dossier.receive', action: '', by: 'Lê Thị Thử', here: true, receipt: null },
        delivery: { state: 'waiting', receipt: null, at: null, code: null, field: null } as const,
      },
    ];
    const about = { code: 'T-7', officialCode: '', chainName: 'Khai sinh', name: 'Trẻ Thử' };
    const text = JSON.stringify(makeProof({ kind: 'dossier', place, ...about, events }));
    expect(text).toContain('chưa có biên nhận');
    expect(text).not.toContain('SMC-BN');
  });
  test('a day that is not closed says so; a closed one has its words', () => {
    const page = (view: DayView) => JSON.stringify(makeProof({ kind: 'day', place, day: view }));
    expect(page(day())).toContain('CHƯA CHỐT');
    expect(page(day({ closed: closed(1, false) }))).toContain('mất mạng');
    expect(page(day({ closed: closed(1, false) }))).not.toContain('CHƯA CHỐT');
    expect(page(day({ closed: closed(1, true) }))).toContain('CHƯA CHỐT');
  });
});
