/** Units of an earlier tree whose territory a unit holds today, wholly or in part. */
import { type Extent, successorsOn } from '../../../shared/catalogue/successors.ts';
import { inForce, isCommune, unitByKey, units } from '../../../shared/catalogue/units.ts';
import { addDays, type LocalDate } from '../../../shared/lib/local-date.ts';

export interface EarlierUnit {
  readonly name: string;
  readonly extent: Extent;
}

export function tookOverFrom(key: string, on: LocalDate): readonly EarlierUnit[] {
  const unit = unitByKey(key);
  if (!unit || !isCommune(unit)) return [];
  const eve = addDays(unit.validFrom, -1);
  return units
    .filter((u) => isCommune(u) && inForce(u, eve))
    .flatMap((u) => {
      const heir = successorsOn(u.key, on).find((s) => s.key === key);
      return heir ? [{ name: u.name, extent: heir.extent }] : [];
    });
}
