/** "Có thể trùng": a warning among the dossiers and drafts of this machine, never a bar (DOMAIN section 9 point 18). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everybody, reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const NEW = '33333333-3333-4333-8333-333333333333';
const child = {
  ...{ 'child.fullName': 'Nguyễn Thị Hương Đan', 'child.birth': '2026-11-10' },
  'mother.fullName': 'Trần Thị Bích Ngọc',
};
let desk: TestDesk;
beforeEach(async () => {
  desk = openTestDesk();
  await desk.call('dossier.receive', reception(ID, 'birth', child));
});
afterEach(() => dropTestDesk(desk));

const like = (more: Record<string, string> = {}, id = NEW) =>
  desk.call('dossier.duplicates', { id, chain: 'birth', values: { ...child, ...more } });

test.each<[string, Record<string, string>]>([
  ['the same', {}],
  ['another case and spacing', { 'child.fullName': '  nguyễn thị  HƯƠNG đan' }],
  ['no marks', { 'child.fullName': 'Nguyen Thi Huong Dan' }],
  ['one slip', { 'child.fullName': 'Nguyễn Thị Hưng Đan' }],
  ['raw Telex', { 'child.fullName': 'Nguyeenx Thị Hương Đan' }],
  ['day as typed', { 'child.birth': '10/11/2026' }],
  ['day and month swapped', { 'child.birth': '2026-10-11' }],
])('%s is found', async (_, more) => {
  const found = await like(more);
  expect(found).toMatchObject([
    { id: ID, kind: 'dossier', code: 'T-7-261120-001', why: 'same', receivedOn: '2026-11-20' },
  ]);
  expect(found[0]).toMatchObject({ name: child['child.fullName'], other: child['mother.fullName'] });
});
test.each<[string, Record<string, string>]>([
  ['another child', { 'child.fullName': 'Lê Văn Tám', 'mother.fullName': 'Phạm Thị Hai' }],
  ['another year', { 'child.birth': '2024-11-10' }],
  ['no name yet', { 'child.fullName': '' }],
  ['no date yet', { 'child.birth': '' }],
])('%s is not', async (_, more) => {
  expect(await like(more)).toEqual([]);
});
test('twins are told apart, and taken in', async () => {
  const twin = { ...child, 'child.fullName': 'Nguyễn Minh Khôi' };
  expect(await like(twin)).toMatchObject([{ id: ID, why: 'twin' }]);
  await desk.call('dossier.receive', reception(NEW, 'birth', twin));
  expect([...(await desk.call('dossier.index', everybody))]).toHaveLength(2);
});
test('the same case is taken in too where the clerk says so', async () => {
  await desk.call('dossier.receive', reception(NEW, 'birth', child));
  expect([...(await desk.call('dossier.index', everybody))]).toHaveLength(2);
});
test('a dossier is no duplicate of itself', async () => {
  expect(await like({}, ID)).toEqual([]);
});

describe('drafts', () => {
  const save = (id: string, values: Record<string, string>) =>
    desk.call('draft.save', { id, chain: 'birth', values });
  test('are compared too, but not with themselves', async () => {
    await save(OTHER, child);
    expect((await like()).map((f) => [f.id, f.kind])).toEqual([
      [ID, 'dossier'],
      [OTHER, 'draft'],
    ]);
    expect((await like({}, OTHER)).map((f) => f.id)).toEqual([ID]);
  });
  test('that are the correction of a dossier are not listed beside it', async () => {
    const { form } = await desk.call('dossier.get', { id: ID });
    await save(ID, { ...form, $dossier: ID, $base: '1' });
    expect((await like()).map((f) => [f.id, f.kind])).toEqual([[ID, 'dossier']]);
  });
  test('of the other chain are left alone', async () => {
    await desk.call('draft.save', {
      id: OTHER,
      chain: 'death',
      values: { 'deceased.fullName': child['child.fullName'] },
    });
    expect((await like()).map((f) => f.kind)).toEqual(['dossier']);
  });
});

test('after a correction the new name is found and the old one is not', async () => {
  const { form } = await desk.call('dossier.get', { id: ID });
  const values = { ...form, 'child.fullName': 'Hồ Thị Sông' };
  await desk.call('dossier.correct', { id: ID, base: 1, values, reason: 'đọc nhầm' });
  expect((await like({ 'child.fullName': 'Hồ Thị Sông' })).map((f) => f.why)).toEqual(['same']);
  expect((await like()).map((f) => f.why)).toEqual(['twin']);
});
