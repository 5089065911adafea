import { expect, it } from 'vitest';
import { whyReturned } from '../../../renderer/ui/came-back.ts';

it.each([
  ['component/K2', 'Thường trú'],
  ['due/K3', 'Thẻ BHYT'],
  ['mother.birth', 'Ngày sinh'],
  ['hoi_nong_dan/tong', 'Hội Nông dân'],
])('tells of %s in the words of the desk: %s', (field, words) => {
  const delivery = { state: 'conflict', receipt: null, at: null, code: 'CONFLICT', field } as const;
  expect(whyReturned({ verb: 'dossier.act', delivery, role: 'clerk' })).toContain(words);
});
