/** The verbs of scans as the test of all write verbs asks for them: a good input, and bad ones with their codes. */
import { reception } from './forms.ts';
import { hashOf, scan } from './scans.ts';
import type { TestDesk } from './temp-desk.ts';

export const ID = '11111111-1111-4111-8111-111111111111';
export const STRANGER = '22222222-2222-4222-8222-222222222222';

const received = (desk: TestDesk) => desk.call('dossier.receive', reception(ID, 'birth'));
const taken = async (desk: TestDesk) => {
  await received(desk);
  await desk.call('file.take', { name: 'giay.png', bytes: scan(2_000) });
};
const attached = async (desk: TestDesk) => {
  await taken(desk);
  await desk.call('dossier.attach', attaching());
};
const attaching = (more: object = {}) => ({
  ...{ id: ID, sha256: hashOf(scan(2_000)), name: 'giay.png', paper: 'ks_giay_chung_sinh', note: '' },
  ...more,
});
const detaching = (more: object = {}) => ({
  ...{ id: ID, sha256: hashOf(scan(2_000)), reason: 'nhầm hồ sơ' },
  ...more,
});
export const scanVerbs = [
  {
    method: 'dossier.attach',
    prepare: taken,
    input: attaching(),
    bad: [
      [attaching({ sha256: 'x' }), 'INPUT_INVALID'],
      [attaching({ sha256: 'f'.repeat(64) }), 'SCAN_NOT_KEPT'],
      [attaching({ paper: 'none' }), 'CHOICE_UNKNOWN'],
      [attaching({ paper: '' }), 'INPUT_INVALID'],
      [attaching({ note: 'x'.repeat(301) }), 'INPUT_INVALID'],
      [attaching({ place: '/etc/passwd' }), 'INPUT_INVALID'],
      [attaching({ id: STRANGER }), 'DOSSIER_NOT_FOUND'],
    ],
  },
  {
    method: 'dossier.detach',
    prepare: attached,
    input: detaching(),
    bad: [
      [detaching({ reason: ' ' }), 'REASON_REQUIRED'],
      [detaching({ reason: 'x'.repeat(301) }), 'INPUT_INVALID'],
      [detaching({ sha256: 'f'.repeat(64) }), 'SCAN_NOT_ATTACHED'],
      [detaching({ id: STRANGER }), 'DOSSIER_NOT_FOUND'],
    ],
  },
] as const;
