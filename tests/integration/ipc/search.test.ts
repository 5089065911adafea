/** Names, codes and numbers answer first; addresses only where those find nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everybody, reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
const people = [
  { id: '00000000-0000-4000-8000-000000000001', name: 'Nguyễn Thị Bé', home: '12 Lê Lợi, Phường Tân Định' },
  {
    id: '00000000-0000-4000-8000-000000000002',
    name: 'Trần Văn Sông',
    home: '7 Nguyễn Trãi, Phường Bến Thành',
  },
  { id: '00000000-0000-4000-8000-000000000003', name: 'Lê Thành', home: '9 Võ Văn Tần, Phường Xuân Hòa' },
];

beforeAll(async () => {
  desk = openTestDesk();
  for (const { id, name, home } of people) {
    const values = {
      'requester.fullName': 'Hồ A Păng',
      'requester.relation': 'nguoi_than',
      'requester.residence': home,
      'child.fullName': name,
      'child.birth': '01112026',
      'child.sex': 'nu',
      'child.birthPlace': 'Tại nhà',
    };
    await desk.call('dossier.receive', { ...reception(id, 'birth'), values });
  }
});
afterAll(() => dropTestDesk(desk));

const found = async (q: string) => {
  const ns = [...(await desk.call('dossier.index', { ...everybody, q }))];
  return (await desk.call('dossier.rows', { ns })).map((r) => r.subjectName);
};

test.each([
  ['nguyen thi be', ['Nguyễn Thị Bé']],
  ['nguyen', ['Nguyễn Thị Bé']],
  ['thanh', ['Lê Thành']],
  ['nguyen trai', ['Trần Văn Sông']],
  ['ben thanh', ['Trần Văn Sông']],
  ['tran ben thanh', ['Trần Văn Sông']],
  ['xuan hoà', ['Lê Thành']],
  ['không có ai', []],
])('"%s" finds %j', async (q, names) => {
  expect(await found(q)).toEqual(names);
});

test('an empty search finds everybody, newest first', async () => {
  expect(await found('')).toEqual(people.map((p) => p.name).reverse());
});
