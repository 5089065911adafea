// Form values: tidying, copying, corrections and their drafts.
import { describe, expect, test } from 'vitest';
import {
  asTyped,
  copiedFromRequester,
  correctionDraft,
  correctionDraftId,
  correctionOf,
  markCorrection,
  onlyFields,
  rebased,
  tidied,
} from '../../../renderer/screens/dossiers/form-values.ts';

test.each([
  ['child.birth', '15112026', '15/11/2026'],
  ['child.birth', '5/1/2026', '05/01/2026'],
  ['mother.birth', '1996', '1996'],
  ['child.birth', '31/02/2026', '31/02/2026'],
  ['child.birth', '15/11/20', '15/11/20'],
])('%s typed %j shows %j once it is left', (key, typed, shown) => {
  expect(tidied('birth', key, { [key]: typed }, '2026-11-20')).toBe(shown);
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
    'mother.birth': '1995',
  };
  test('fills the blank fields of the mother only', () => {
    expect(copiedFromRequester('birth', values)).toEqual({ 'mother.fullName': 'Đào' });
  });
  test('does nothing for other relations and other forms', () => {
    expect(copiedFromRequester('birth', { ...values, 'requester.relation': 'ong_ba' })).toEqual({});
    expect(copiedFromRequester('death', values)).toEqual({});
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
