/** Signs what a person may do at a device, and until when without another contact. */
import type { RolePaper } from '../shared/contract/sync/messages.ts';
import { TYP } from '../shared/contract/sync/version.ts';
import { ROLE_LIFE_MS } from '../shared/domain/role-paper.ts';
import { iso } from './clock.ts';
import type { Hub } from './hub.ts';
import { signAsCity } from './jws.ts';

type Holder = Pick<RolePaper, 'device' | 'office' | 'account'>;

export function signRolePaper(hub: Hub, { device, office, account }: Holder): Promise<string> {
  const now = hub.clock.now();
  const { id, name, role } = account;
  const paper: RolePaper = {
    ...{ v: 1, device, office, account: { id, name, role } },
    ...{ from: iso(now), until: iso(now + ROLE_LIFE_MS) },
  };
  return signAsCity(hub.keys, TYP.role, paper);
}
