/** Two versions of one dossier or sheet, field by field. */
import { expect, test } from 'vitest';
import type { Event } from '../../../../shared/domain/event.ts';
import { versionsOf } from '../../../../shared/domain/versions.ts';
import { counted, received } from '../../../support/events.ts';
import { act, correct, OTHER_STREAM, sheetStep } from '../../../support/judged.ts';

const other = (event: Event): Event => ({ ...event, stream: OTHER_STREAM });
const first = other(received());
const was = String((received().body.form as Record<string, string>)['child.fullName']);

test("a field that both set differs: what stood there, mine, the city's and whose it is", () => {
  const theirs = other(correct({ 'child.fullName': 'Trần Thị Của Máy Một' }));
  const { differing, isStep } = versionsOf(correct({ 'child.fullName': 'Trần Thị Của Máy Hai' }), [
    first,
    theirs,
  ]);
  expect(isStep).toBe(false);
  expect(differing).toEqual([
    {
      field: 'child.fullName',
      base: was,
      mine: 'Trần Thị Của Máy Hai',
      city: 'Trần Thị Của Máy Một',
      by: theirs,
      decided: false,
    },
  ]);
});

test("what only this machine set is asked as well, since nothing of its event was applied; nobody set the city's", () => {
  const theirs = other(correct({ 'child.fullName': 'Máy Một' }));
  const mine = correct({ 'child.fullName': 'Máy Hai', 'mother.fullName': 'Mẹ Mới' });
  const { differing } = versionsOf(mine, [first, theirs]);
  expect(differing.map((v) => [v.field, v.by?.id ?? null])).toEqual([
    ['child.fullName', theirs.id],
    ['mother.fullName', null],
  ]);
});

test('fields that stand alike, and those that only the city changed, stay as the city has them', () => {
  const theirs = other(correct({ 'child.fullName': 'Máy Một', 'father.fullName': 'Cha Mới' }));
  const { rest, differing } = versionsOf(correct({ 'child.fullName': 'Máy Hai' }), [first, theirs]);
  expect(rest).toContainEqual({ field: 'father.fullName', value: 'Cha Mới' });
  expect(rest.some((r) => differing.some((d) => d.field === r.field))).toBe(false);
  expect(rest.every((r) => r.value !== '')).toBe(true);
});

test('a field that a step set is decided: typing does not outrank it', () => {
  const theirs = other(act({ changes: { 'code.K1': 'KS-1' } }));
  const { differing } = versionsOf(correct({ 'code.K1': 'KS-2' }), [first, theirs]);
  expect(differing).toMatchObject([{ field: 'code.K1', mine: 'KS-2', city: 'KS-1', decided: true }]);
});

test('a step against a step: the component differs, is decided, and the whole is a step', () => {
  const theirs = other(act());
  const mine = act({ action: 'ask_supplement', items: ['Giấy chứng sinh'] });
  const { differing, isStep } = versionsOf(mine, [first, theirs]);
  expect(isStep).toBe(true);
  expect(differing).toContainEqual(
    expect.objectContaining({ field: 'component/K1', mine: 'supplement', city: 'done', decided: true }),
  );
});

test('figures of a sheet stand as text, 0 is not blank, and a locked sheet is decided', () => {
  const base = other(counted({ hoi_nong_dan: 5 }));
  const theirs = other({ ...counted({ hoi_nong_dan: 0 }), base: 1 });
  const mine = { ...counted({ hoi_nong_dan: 9 }), base: 1 };
  expect(versionsOf(mine, [base, theirs]).differing).toMatchObject([
    { field: 'hoi_nong_dan/tong', base: '5', mine: '9', city: '0', decided: false },
  ]);
  const lock = other(sheetStep('sheet.lock', 1));
  expect(versionsOf(mine, [base, lock]).differing).toMatchObject([{ mine: '9', city: '5', decided: true }]);
});

test('a reception that the city holds with another form differs where the forms differ', () => {
  const form = { ...(received().body.form as Record<string, string>), 'child.fullName': 'Tên Khác' };
  const theirs = other(received({ ...received().body, form }));
  const { differing } = versionsOf(received(), [theirs]);
  expect(differing).toMatchObject([
    { field: 'child.fullName', base: null, mine: was, city: 'Tên Khác', by: { id: theirs.id } },
  ]);
});
