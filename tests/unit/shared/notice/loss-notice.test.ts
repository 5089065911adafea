import { describe, expect, it, test } from 'vitest';
import type { LossFacts } from '../../../../shared/contract/sync/machines.ts';
import {
  hoursLeft,
  kindsHeld,
  lossNotice,
  noticeText,
  unknownWords,
} from '../../../../shared/notice/loss-notice.ts';

const FOUND = '2026-11-20T02:00:00.000Z';
const facts: LossFacts = {
  ...{ no: 12, name: 'Máy quầy 2', unit: '26743', enrolledAt: '2026-01-05T01:00:00.000Z' },
  ...{ contactAt: '2026-11-19T10:00:00.000Z', receiptAt: '2026-11-19T09:45:00.000Z', revoked: null },
  ...{ dossiers: { open: 3, closed: 1317, own: 800 }, people: 4102, scans: 12, unsent: 4, busiest: 57 },
  fields: [
    { chain: 'birth', key: 'child.fullName', dossiers: 700 },
    { chain: 'birth', key: 'mother.ethnicity', dossiers: 650 },
    { chain: 'death', key: 'deceased.ethnicity', dossiers: 600 },
    { chain: 'death', key: 'deceased.fullName', dossiers: 620 },
    { chain: 'death', key: 'death.cause', dossiers: 300 },
    { chain: 'death', key: 'death.evidence', dossiers: 2 },
  ],
};
const moments = { foundAt: FOUND, at: FOUND, countedAt: FOUND };
const text = (more: Partial<LossFacts> = {}, at = FOUND) =>
  noticeText({ facts: { ...facts, ...more }, ...moments, at });

describe('72 hours', () => {
  it.each([
    ['2026-11-20T02:00:00Z', 72],
    ['2026-11-20T02:00:01Z', 71],
    ['2026-11-20T03:00:00Z', 71],
    ['2026-11-23T01:59:59Z', 0],
    ['2026-11-23T02:00:00Z', 0],
    ['2026-11-23T02:00:01Z', -1],
    ['2026-11-24T02:00:00Z', -24],
  ])('at %s %d hours are left of a finding at 09:00 on 20/11/2026', (now, left) => {
    expect(hoursLeft(Date.parse(FOUND), Date.parse(now))).toBe(left);
  });
});

test('the notice has its figures, the day by which it must go out, and names nobody but whoever revoked', () => {
  const made = text();
  for (const said of [
    '1.320 hồ sơ',
    '3 đang giải quyết',
    'Không quá 4.102 người',
    'trước 09:00 ngày 23/11/2026',
    'còn 72 giờ',
    'CHƯA thu hồi',
    'Điều 23',
    '16:45 ngày 19/11/2026',
    'còn 4 bản ghi chưa gửi',
    '57 hồ sơ mới mỗi ngày',
  ])
    expect(made).toContain(said);
  const revoked = { at: FOUND, by: 'Lê Thị Hạnh', reason: 'mất trộm tại trụ sở' };
  expect(text({ revoked })).toContain(
    'Đã thu hồi khoá của máy lúc 09:00 ngày 20/11/2026 (người thu hồi: Lê Thị Hạnh; lý do: mất trộm tại trụ sở)',
  );
  expect(text({}, '2026-11-23T05:00:00Z')).toContain('đã quá 3 giờ');
  expect(lossNotice({ facts, ...moments }).map((p) => p.title.slice(0, 2))).toEqual([
    '1.',
    '2.',
    '3.',
    '4.',
    '5.',
  ]);
});

test('kinds of data: sensitive ones first, each by its most frequent field in each form', () => {
  expect(kindsHeld(facts).map(({ name, sensitive, n }) => [name.split(' ')[0], sensitive, n])).toEqual([
    ['Sức', true, 300],
    ['Dân', true, 1250],
    ['Dữ', true, 700],
    ['Ảnh', true, 12],
    ['Họ', false, 620],
  ]);
  expect(kindsHeld({ fields: [], scans: 0 })).toEqual([]);
});

describe('what the city cannot know is said', () => {
  it.each<[string, Partial<LossFacts>, RegExp]>([
    ['never sent', { receiptAt: null }, /máy chưa gửi gì/],
    ['never greeted', { contactAt: null, unsent: null }, /không ghi được máy còn bao nhiêu/],
    ['all sent', { unsent: 0 }, /còn 0 bản ghi chưa gửi; sau lúc đó không rõ/],
  ])('of a machine that %s', (_, more, words) => {
    expect(unknownWords({ ...facts, ...more })[0]).toMatch(words);
  });
  test('a machine that never took in a dossier has no busiest day', () => {
    expect(unknownWords({ ...facts, busiest: 0 })[0]).not.toContain('mỗi ngày');
  });
});
