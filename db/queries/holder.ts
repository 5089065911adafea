/** Dossiers that were handed over: who has them, as this office sees it. */
import { officesInCharge } from '../../shared/catalogue/successors.ts';
import { unitByKey } from '../../shared/catalogue/units.ts';
import { once, type ReadDb } from '../handle.ts';

/** Units that have dossiers of this store and where this office has nothing to do any more; [] = none was handed over. */
export function awayHolders(db: ReadDb, office: string): string[] {
  const statement = once(db, 'dossier.holders', () =>
    db.$client.prepare('SELECT DISTINCT holder FROM dossier WHERE holder IS NOT NULL').pluck(),
  );
  const holders = statement.all() as string[];
  return holders.filter((key) => {
    const unit = unitByKey(key);
    return !unit || !officesInCharge(key, unit.validFrom).includes(office);
  });
}

/** As SQL: the dossier of this alias is not at one of the units of the JSON list under this name. */
export function notAway(list: string, alias = ''): string {
  return `(${alias}holder IS NULL OR ${alias}holder NOT IN (SELECT value FROM json_each(${list})))`;
}
