// The page of reception without its window: folds, words of dates, day of reception, papers, sums, copies.
import { describe, expect, test } from 'vitest';
import { copiedFrom, newbornFrom } from '../../../renderer/screens/dossiers/intake/copy-from.ts';
import { dateWordsLeft, dateWordsTyped } from '../../../renderer/screens/dossiers/intake/date-words.ts';
import { agencyWords, dueReasons } from '../../../renderer/screens/dossiers/intake/dues-panel.tsx';
import {
  folded,
  inPairs,
  openedWith,
  waitingBehind,
} from '../../../renderer/screens/dossiers/intake/folding.ts';
import {
  allHandedIn,
  funeralSuggestion,
  intakeCase,
} from '../../../renderer/screens/dossiers/intake/intake-case.ts';
import { rowsOf } from '../../../renderer/screens/dossiers/intake/layout.ts';
import { paperKey, stateBeside } from '../../../renderer/screens/dossiers/intake/paper-keys.ts';
import {
  RECEIVED_DATE,
  RECEIVED_TIME,
  receivedAt,
} from '../../../renderer/screens/dossiers/intake/received-at.ts';
import { linesOf } from '../../../renderer/screens/dossiers/intake/step-dialogs.tsx';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { paperStates } from '../../../shared/catalogue/law.ts';
import { readForm } from '../../../shared/domain/read-form.ts';
import { must } from '../../../shared/lib/must.ts';
import { form } from '../../support/forms.ts';

describe('folded fields', () => {
  const { sections } = readForm('birth', {}, '2026-11-20');
  const none = { open: new Set<string>(), kept: new Set<string>(), problems: [] };
  const keys = (s: ReturnType<typeof folded>) => s.flatMap((x) => x.fields.map((f) => f.key));

  test('seldom used ones are away, and nothing else is', () => {
    const shown = folded(sections, none);
    expect(keys(shown)).toContain('requester.fullName');
    expect(keys(shown)).not.toContain('requester.email');
    expect(shown.find((s) => s.key === 'members')).toMatchObject({ fields: [], hidden: 5 });
  });
  test('one that holds text, or has a problem, is never hidden', () => {
    const problems = [{ field: 'requester.email', code: 'EMAIL_FORM', weight: 'warn' }] as const;
    expect(keys(folded(sections, { ...none, problems }))).toContain('requester.email');
    const kept = new Set(['child.citizenNumber']);
    expect(keys(folded(sections, { ...none, kept }))).toContain('child.citizenNumber');
  });
  test('one press opens the section and the sections behind it that are folded whole', () => {
    const shown = folded(sections, none);
    expect(openedWith(shown, 'residence')).toEqual(['residence', 'members']);
    expect(openedWith(shown, 'requester')).toEqual(['requester']);
    const opened = folded(sections, { ...none, open: new Set(['residence', 'members']) });
    expect(waitingBehind(shown, 'residence')).toBeGreaterThan(5);
    expect(waitingBehind(opened, 'residence')).toBe(0);
  });
});

test.each<[string, string, string, Record<string, string>, string]>([
  ['of a group of mai táng', '2026-11-20', 'T3', { 'funeral.group': 'nguoi_co_cong' }, 'Sở Nội vụ'],
  ['of another group', '2026-11-20', 'T3', { 'funeral.group': 'bao_tro_xa_hoi' }, 'Ủy ban nhân dân cấp xã'],
  [
    'of a foreigner in 2024',
    '2024-11-20',
    'T1',
    { 'deceased.nationality': 'Pháp' },
    'Ủy ban nhân dân cấp huyện',
  ],
])('beside the form stands the agency of this very case: %s', (_, date, code, values, agency) => {
  const filled = readForm('death', { 'request.funeral': '1', ...values }, date).form;
  const received = { date, time: '09:00' };
  const of = must(intakeCase({ catalogue, chain: 'death', form: filled, received }), 'case');
  const rule = must(
    of.rule.components.find((c) => c.code === code),
    code,
  );
  expect(agencyWords(rule, of, date)).toBe(agency);
});

test('short sections stand in pairs, in the order of the paper', () => {
  const { sections } = readForm('birth', {}, '2026-11-20');
  const pairs = inPairs(folded(sections, { open: new Set(), kept: new Set(), problems: [] }));
  expect(pairs.flat().map((s) => s.key)).toEqual(sections.map((s) => s.key));
  expect(pairs.filter((p) => p.length > 1).map((p) => p.map((s) => s.key))).toEqual([
    ['mother', 'father'],
    ['insurance', 'idCard'],
  ]);
  const half = rowsOf(sections.find((s) => s.key === 'mother')?.fields ?? [], 2);
  for (const row of half) expect(row.reduce((n, f) => n + f.span, 0)).toBeLessThanOrEqual(12);
});

describe('why a day is due', () => {
  const said = (date: string, time: string) => {
    const received = { date, time };
    const values = readForm('birth', form('birth', 1), date).form;
    const of = intakeCase({ catalogue, chain: 'birth', form: values, received });
    return of ? dueReasons(of, received, date).join(' ') : '';
  };
  test.each([
    ['2026-11-20', '14:59', /24\/11/],
    ['2026-11-20', '15:01', /Nhận sau 15:00/],
    ['2026-11-21', '09:00', /21\/11 không phải ngày làm việc/],
  ])('%s at %s: %s', (date, time, words) => expect(said(date, time)).toMatch(words));
  test('before the hour nothing is said of it', () => {
    expect(said('2026-11-20', '15:00')).not.toMatch(/Nhận sau/);
    expect(said('2026-11-02', '09:00')).toBe('');
  });
});

describe('dates in words', () => {
  const words = 'Ngày mười lăm tháng mười một năm hai nghìn hai mươi sáu';
  test('are written when the date is left', () => {
    expect(dateWordsLeft('birth', 'child.birth', { 'child.birth': '15/11/2026' })).toEqual({
      'child.birthWords': words,
    });
  });
  test.each([
    [{ 'child.birth': '15/11/2026', 'child.birthWords': 'lời của cán bộ' }],
    [{ 'child.birth': '31/02/2026' }],
    [{ 'child.birth': '' }],
  ])('are not written over anything, nor for no date: %j', (values) => {
    expect(dateWordsLeft('birth', 'child.birth', values)).toEqual({});
  });
  test('follow a date that is typed anew, unless a clerk wrote others', () => {
    const before = { 'child.birth': '15/11/2026', 'child.birthWords': words };
    expect(dateWordsTyped('birth', 'child.birth', before)).toEqual({ 'child.birthWords': '' });
    expect(dateWordsTyped('birth', 'child.birth', { ...before, 'child.birthWords': 'khác' })).toEqual({});
    expect(dateWordsTyped('birth', 'mother.birth', before)).toEqual({});
  });
});

describe('when it came in', () => {
  const now = { date: '2026-11-20', time: '09:30' };
  const typed = (date: string, time: string) =>
    receivedAt({ [RECEIVED_DATE]: date, [RECEIVED_TIME]: time }, now);
  test('now, where nothing is typed', () => {
    expect(receivedAt({}, now)).toEqual({ at: now, earlier: false, dateProblem: null, timeProblem: null });
  });
  test.each([
    ['31/08/2026', '1530', { date: '2026-08-31', time: '15:30' }],
    ['01092026', '8:05', { date: '2026-09-01', time: '08:05' }],
    ['', '0815', { date: '2026-11-20', time: '08:15' }],
    ['20112026', '0930', now],
  ])('%j at %j', (date, time, at) => {
    expect(typed(date, time)).toEqual({ at, earlier: true, dateProblem: null, timeProblem: null });
  });
  test.each([
    ['21/11/2026', '0800', 'dateProblem', 'RECEIVED_IN_FUTURE'],
    ['20/11/2026', '0931', 'timeProblem', 'RECEIVED_IN_FUTURE'],
    ['31/02/2026', '0800', 'dateProblem', 'DATE_NOT_IN_CALENDAR'],
    ['hôm qua', '0800', 'dateProblem', 'DATE_UNREADABLE'],
    ['2026', '0800', 'dateProblem', 'DATE_YEAR_ONLY'],
    ['19/11/2026', '', 'timeProblem', 'FIELD_REQUIRED'],
    ['19/11/2026', '25:00', 'timeProblem', 'TIME_UNREADABLE'],
    ['19/11/2026', 'sáng', 'timeProblem', 'TIME_UNREADABLE'],
  ] as const)('%j at %j is refused: %s %s', (date, time, which, code) => {
    expect(typed(date, time)[which]).toBe(code);
  });
});

describe('papers of the case', () => {
  const at = (date: string, more: Record<string, string> = {}) => {
    const values = form('birth', 1, more);
    const received = { date, time: '09:30' };
    return intakeCase({ catalogue, chain: 'birth', form: readForm('birth', values, date).form, received });
  };
  test('an abandoned child needs the record, not the hospital’s paper', () => {
    const codes = (more: Record<string, string>) => at('2026-11-20', more)?.papers.map((p) => p.code) ?? [];
    const ordinary = codes({ 'child.birthPlaceKind': 'co_so_y_te' });
    const abandoned = codes({ 'child.birthPlaceKind': 'bo_roi' });
    expect(ordinary).toContain('ks_giay_chung_sinh');
    expect(abandoned).not.toContain('ks_giay_chung_sinh');
    expect(abandoned.some((code) => !ordinary.includes(code))).toBe(true);
  });
  test('a by-case paper is shown and never predicted', () => {
    const found = at('2026-11-20', { 'residence.dwelling': 'chua_ro' });
    const byCase = found?.papers.filter((p) => p.weight === 'by_case') ?? [];
    expect(byCase.length).toBeGreaterThan(0);
    expect(found?.missing.filter((p) => p.weight === 'by_case')).toEqual([]);
  });
  test('"đủ cả" leaves nothing missing', () => {
    const before = at('2026-11-20');
    expect(before?.missing.length).toBeGreaterThan(0);
    expect(at('2026-11-20', allHandedIn(before?.papers ?? []))?.missing).toEqual([]);
  });
  test('the day of reception decides the regime and its components', () => {
    const asked = { 'request.idCard': '1' };
    expect(at('2026-08-31', asked)?.wanted.has('K4')).toBe(false);
    expect(at('2026-09-01', asked)?.wanted.has('K4')).toBe(true);
    expect(at('2026-08-31')?.regime.id).not.toBe(at('2026-09-01')?.regime.id);
    expect(at('2023-07-09')).toBeUndefined();
  });
});

describe('the sum of mai táng', () => {
  const death = (more: Record<string, string>) =>
    funeralSuggestion(catalogue, {
      'request.funeral': '1',
      'funeral.group': 'bhxh',
      'death.date': '2026-11-18',
      ...more,
    });
  test.each([
    ['2024-06-30', 18_000_000],
    ['2024-07-01', 23_400_000],
    ['2026-06-30', 23_400_000],
    ['2026-07-01', 25_300_000],
  ])('follows the day of death %s', (date, amount) => {
    expect(death({ 'death.date': date })?.sum.amount).toBe(amount);
  });
  test('tells what was entered beside it', () => {
    expect(death({})?.entered).toBeNull();
    expect(death({ 'funeral.amount': '20000000' })?.entered).toBe(20_000_000);
  });
  test.each([[{ 'request.funeral': '' }], [{ 'funeral.group': '' }], [{ 'death.date': '' }]])(
    'is not said without all it follows from: %j',
    (more) => expect(death(more)).toBeUndefined(),
  );
});

describe('keys of the papers', () => {
  test.each([
    ['c', { do: 'state', state: 'original' }],
    ['T', { do: 'state', state: 'missing' }],
    ['3', { do: 'count', count: 3 }],
    ['ArrowDown', { do: 'move', step: 1 }],
    ['ArrowLeft', { do: 'step', step: -1 }],
    ['a', { do: 'all' }],
    ['Escape', { do: 'leave' }],
    ['0', undefined],
    ['F7', undefined],
    ['Tab', undefined],
  ])('%s', (key, means) => expect(paperKey(key)).toEqual(means));
  test('arrows go through all six states and come back', () => {
    const seen = paperStates.map((state) => stateBeside(state, 1));
    expect(new Set(seen)).toEqual(new Set(paperStates));
    for (const state of paperStates) expect(stateBeside(stateBeside(state, 1), -1)).toBe(state);
  });
});

describe('copying from an earlier dossier', () => {
  const source = {
    id: '00000000-0000-4000-8000-000000000001',
    chain: 'birth',
    code: 'T-1-261101-001',
    form: {
      'requester.fullName': 'Đặng Thị Đào',
      'requester.relation': 'me',
      'requester.phone': '0903118204',
      'mother.fullName': 'Đặng Thị Đào',
      'mother.birth': '1996-03-12',
      'father.fullName': 'Nguyễn Hữu Phước',
      'child.fullName': 'Nguyễn An',
      'child.birth': '2024-01-05',
      'child.sex': 'nam',
    },
  } as const;
  const patches = (values: Record<string, string>, chain: 'birth' | 'death' = 'birth') =>
    Object.fromEntries(copiedFrom(chain, values, source).map((b) => [b.key, b.patch]));

  test('gives the people, as they would be typed, and nothing of the child', () => {
    const all = patches({});
    expect(Object.keys(all)).toEqual(['requester', 'mother', 'father']);
    expect(all.mother).toEqual({ 'mother.fullName': 'Đặng Thị Đào', 'mother.birth': '12/03/1996' });
  });
  test('fills blanks only', () => {
    expect(patches({ 'mother.fullName': 'đặng thị đào', 'mother.birth': '1995' }).mother).toBeUndefined();
    expect(patches({ 'requester.phone': '0900000000' }).requester).not.toHaveProperty('requester.phone');
  });
  test('never puts one person’s data under another’s name', () => {
    expect(patches({ 'father.fullName': 'Lê Văn Khác' })).not.toHaveProperty('father');
  });
  test('a death form takes the requester, without a relation that it does not know', () => {
    expect(Object.keys(patches({}, 'death'))).toEqual(['requester']);
    const grandparent = { ...source, form: { ...source.form, 'requester.relation': 'ong_ba' } };
    const [requester] = copiedFrom('death', {}, grandparent);
    expect(requester?.patch).not.toHaveProperty('requester.relation');
  });

  test('the death form of a newborn begins with its birth dossier', () => {
    expect(newbornFrom(source, {})).toMatchObject({
      'death.kind': 'so_sinh',
      'link.dossier': source.id,
      'newborn.birthCode': 'T-1-261101-001',
      'newborn.mother': 'Đặng Thị Đào',
      'deceased.fullName': 'Nguyễn An',
      'deceased.birth': '05/01/2024',
      'deceased.sex': 'nam',
      'requester.relation': 'me',
    });
  });
  test('and keeps what is typed there already', () => {
    const typed = { 'requester.fullName': 'Người Khác', 'deceased.fullName': 'Tên Đã Gõ' };
    const patch = newbornFrom(source, typed);
    expect(patch['deceased.fullName']).toBeUndefined();
    expect(Object.keys(patch).filter((k) => k.startsWith('requester.'))).toEqual([]);
  });
});

test('free items of a request: one a line, blanks left out', () => {
  expect(linesOf(' Bản sao thẻ \n\n  Giấy ra viện')).toEqual(['Bản sao thẻ', 'Giấy ra viện']);
});
