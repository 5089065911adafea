/** What stood on a lost machine as far as the city knows: figures and names of fields, never a person. */
import type { LossFacts } from '../../shared/contract/sync/machines.ts';
import { chainOutcome } from '../../shared/domain/dossier.ts';
import { filledFields, peopleOf, personKey } from '../../shared/domain/form-people.ts';
import { readable } from '../../shared/domain/scope.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import { iso } from '../clock.ts';
import type { CityDb, CityTx } from '../db/handle.ts';
import { eachHeldPage, type HeldDossier } from '../db/queries/loss.ts';
import { busiestDay, type Machine, readMachines, unsentOf } from '../db/queries/machine.ts';
import { LIFE_MS } from '../http/challenge.ts';
import type { Hub } from '../hub.ts';

export async function machineOf(db: CityDb | CityTx, no: number): Promise<Machine> {
  const [machine] = await readMachines(db, no);
  return machine ?? fail('MACHINE_UNKNOWN', { no });
}

/** One moment of the log. */
export function countLoss(hub: Pick<Hub, 'db' | 'clock'>, no: number): Promise<LossFacts> {
  return hub.db.transaction((tx) => countIn(tx, no, hub.clock.now()), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

async function countIn(tx: CityTx, no: number, now: number): Promise<LossFacts> {
  const { id, demo: _, ...machine } = await machineOf(tx, no);
  const tally = newTally();
  const offices = readable(machine.unit, localTime(now).date);
  // It may have read on after its last greeting; where none is noted, until now: rather too much than too little.
  const until = machine.contactAt === null ? now : Math.min(now, Date.parse(machine.contactAt) + LIFE_MS);
  await eachHeldPage(tx, { device: id, offices, until: iso(until) }, tally.add);
  return {
    ...machine,
    ...tally.figures(),
    unsent: await unsentOf(tx, id),
    busiest: await busiestDay(tx, id),
  };
}

function newTally() {
  const dossiers = { open: 0, closed: 0, own: 0 };
  const people = new Set<string>();
  const scans = new Set<string>();
  const fields = new Map<string, LossFacts['fields'][number]>();
  const addOne = ({ id, chain, form, scans: shown, states, own }: HeldDossier) => {
    // One that the city refused has no components there, and waits to be mended.
    const open = states.length === 0 || chainOutcome(states.map((state) => ({ state }))) === 'under_way';
    dossiers[open ? 'open' : 'closed']++;
    if (own) dossiers.own++;
    for (const sha256 of shown) scans.add(sha256);
    for (const person of peopleOf(chain, form)) people.add(personKey(person, id));
    for (const key of filledFields(chain, form)) {
      const before = fields.get(`${chain} ${key}`)?.dossiers ?? 0;
      fields.set(`${chain} ${key}`, { chain, key, dossiers: before + 1 });
    }
  };
  return {
    add: (page: readonly HeldDossier[]) => page.forEach(addOne),
    figures: () => ({ dossiers, people: people.size, scans: scans.size, fields: [...fields.values()] }),
  };
}
