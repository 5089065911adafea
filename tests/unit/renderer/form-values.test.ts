// Form values: tidying, copying, corrections and their drafts.
import { describe, expect, test } from 'vitest';
import {
  asTyped,
  copiedFromRequester,
  correctionDraft,
  correctionDraftId,
  correctionOf,
  defaults,
  filledFromHead,
  markCorrection,
  onlyFields,
  rebased,
  tidied,
} from '../../../renderer/screens/dossiers/intake/form-values.ts';
import { readForm } from '../../../shared/domain/read-form.ts';

test.each([
  ['child.birth', '15112026', '15/11/2026'],
  ['child.birth', '5/1/2026', '05/01/2026'],
  ['mother.birth', '1996', '1996'],
  ['child.birth', '31/02/2026', '31/02/2026'],
  ['child.birth', '15/11/20', '15/11/20'],
])('%s typed %j shows %j once it is left', (key, typed, shown) => {
  expect(tidied('birth', key, { [key]: typed }, '2026-11-20')).toBe(shown);
});

test.each([
  ['funeral.amount', '25300000', '25.300.000'],
  ['funeral.amount', '25.300.000 đồng', '25.300.000'],
  ['funeral.amount', 'hai triệu', 'hai triệu'],
  ['copies.count', ' 2 ', '2'],
  ['requester.phone', '090 123 4567', '090 123 4567'],
])('%s typed %j shows %j once it is left', (key, typed, shown) => {
  const values = { 'request.funeral': '1', 'request.copies': '1', [key]: typed };
  expect(tidied('death', key, values, '2026-11-20')).toBe(shown);
});

test('a stored form comes back as a clerk would type it', () => {
  expect(
    asTyped('death', { 'death.date': '2026-11-02', 'deceased.birth': '1930', 'funeral.amount': '25300000' }),
  ).toEqual({ 'death.date': '02/11/2026', 'deceased.birth': '1930', 'funeral.amount': '25.300.000' });
});

test.each(['birth', 'death'] as const)(
  'what a new %s form begins with can be read and is part of the case',
  (chain) => {
    const { form, problems } = readForm(chain, onlyFields(defaults(chain)), '2026-11-20');
    expect(form).toEqual(onlyFields(defaults(chain)));
    expect(problems.filter((p) => p.field in form)).toEqual([]);
  },
);

describe('what follows from the head of the household', () => {
  const values = {
    'residence.headIs': 'cha',
    'father.fullName': 'Lê Văn Mẫu',
    'father.citizenNumber': '099090000001',
    'father.residence': '',
    'mother.fullName': 'Nguyễn Thị Mẫu',
  };
  test('fills the blanks from that parent', () => {
    expect(filledFromHead(values)).toEqual({
      'residence.headOfHousehold': 'Lê Văn Mẫu',
      'residence.headCitizenNumber': '099090000001',
      'residence.headRelation': 'Con',
    });
  });
  test('keeps what was typed, and knows nothing of other people', () => {
    expect(filledFromHead({ ...values, 'residence.headOfHousehold': 'Trần B' })).not.toHaveProperty(
      'residence.headOfHousehold',
    );
    for (const head of ['ong_ba', 'nguoi_khac', '', 'toString'])
      expect(filledFromHead({ ...values, 'residence.headIs': head }), head).toEqual({});
  });
});

test('an hour is tidied too, names are left as typed', () => {
  expect(tidied('death', 'death.time', { 'death.time': '0815' }, '2026-11-20')).toBe('08:15');
  expect(tidied('birth', 'child.fullName', { 'child.fullName': 'nguyễn  an' }, '2026-11-20')).toBe(
    'nguyễn  an',
  );
});

test('rules and commands see neither blanks nor what only the draft remembers', () => {
  expect(onlyFields({ 'child.fullName': 'A', 'child.birth': ' ', $channel: 'truc_tiep' })).toEqual({
    'child.fullName': 'A',
  });
});

describe('copying from the requester', () => {
  const values = {
    'requester.relation': 'me',
    'requester.fullName': 'Đào',
    'requester.birth': '1996',
    'requester.paperDate': '01/02/2022',
    'mother.birth': '1995',
  };
  test('fills the blank fields of the mother only', () => {
    expect(copiedFromRequester('birth', values)).toEqual({
      'mother.fullName': 'Đào',
      'mother.paperDate': '01/02/2022',
    });
  });
  test('does nothing for other relations and other forms', () => {
    for (const relation of ['ong_ba', '', 'constructor'])
      expect(copiedFromRequester('birth', { ...values, 'requester.relation': relation })).toEqual({});
    expect(copiedFromRequester('death', values)).toEqual({});
  });
  test('on a death, the requester is the one who is paid, where mai táng is asked for', () => {
    const death = {
      'requester.fullName': 'Lê Văn Mẫu',
      'requester.citizenNumber': '099090000001',
      'requester.relation': 'con',
      'request.funeral': '1',
      'funeral.receiverNumber': '099090000002',
    };
    expect(copiedFromRequester('death', death)).toEqual({
      'funeral.receiver': 'Lê Văn Mẫu',
      'funeral.receiverRelation': 'Con',
    });
    expect(copiedFromRequester('death', { 'request.funeral': '1' })).toEqual({});
  });
});

describe('corrections', () => {
  const id = '3f2a9c11-0000-4000-8000-000000000001';
  test('their draft has an id of its own that leads back to the dossier', () => {
    expect(correctionDraftId(id)).toBe('bf2a9c11-0000-4000-8000-000000000001');
    expect(correctionDraftId(correctionDraftId(id))).toBe(id);
    expect(correctionOf(markCorrection({ dossier: id, base: 3 }))).toEqual({ dossier: id, base: 3 });
    expect(correctionOf({ 'child.fullName': 'A' })).toBeUndefined();
  });
  test('their draft keeps what differs, the marks and the name', () => {
    const original = { 'child.fullName': 'A', 'child.sex': 'nu', 'child.birth': '01/01/2026' };
    expect(
      correctionDraft(original, { ...original, 'child.sex': '', $reason: 'r' }, 'child.fullName'),
    ).toEqual({
      'child.fullName': 'A',
      'child.sex': '',
      $reason: 'r',
    });
  });
  test('when the dossier moved on, typed changes stay over the new values', () => {
    const old = asTyped('birth', {
      'child.fullName': 'A',
      'child.birthPlace': 'X',
      'child.birth': '2026-01-02',
    });
    const now = asTyped('birth', {
      'child.fullName': 'A',
      'child.birthPlace': 'Y',
      'child.birth': '2026-01-02',
    });
    expect(rebased(old, { ...old, 'child.fullName': 'B', $reason: 'r' }, now)).toEqual({
      'child.fullName': 'B',
      'child.birthPlace': 'Y',
      'child.birth': '02/01/2026',
      $reason: 'r',
    });
  });
});
