/** What the papers say of a stored dossier: in words of the desk, and only of what was asked for. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

const words = async (kind: 'receipt' | 'control' | 'summary') =>
  (await desk.call('slip.get', { id: ID, kind })).input;

test.each([
  ['birth', { 'request.idCard': '' }, 'Khai sinh - Thường trú - Thẻ BHYT'],
  ['birth', { 'request.idCard': '1' }, 'Khai sinh - Thường trú - Thẻ BHYT - Căn cước'],
  ['death', { 'request.funeral': '', 'request.survivor': '' }, 'Khai tử - Xóa thường trú'],
  ['death', { 'request.funeral': '1', 'request.survivor': '' }, 'Khai tử - Xóa thường trú - Mai táng'],
] as const)('Mẫu 01 of a %s dossier with %o promises only %s', async (chain, asked, promised) => {
  const subject = chain === 'birth' ? 'child.fullName' : 'deceased.fullName';
  await desk.call('dossier.receive', reception(ID, chain, { ...asked, [subject]: 'Hồ Thị Sông' }));
  expect((await words('receipt')).content).toBe(`${promised}: Hồ Thị Sông`);
});

test('Phiếu kiểm soát and the summary name components, not their codes', async () => {
  await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '' }));
  await desk.call('dossier.act', {
    id: ID,
    base: 1,
    step: { action: 'result_received', components: ['K1'], on: null, time: null },
  });
  expect((await words('control')).handOvers.at(-1)?.note).toBe('Khai sinh');
  const { history } = await words('summary');
  expect(history.map((h) => h.what).join('; ')).toMatch(/\(Khai sinh\)/);
});
