/** The catalogue as this build ships it; an office's corrections are laid over it by `corrected()`. */
import { facts } from './facts.ts';
import { funeralGroups } from './funeral-groups.ts';
import { CATALOGUE_VERSION, specialDays } from './holidays.ts';
import type { Catalogue } from './law.ts';
import { obstacles } from './obstacles.ts';
import { outsideSystems } from './outside-systems.ts';
import { reasons } from './reasons.ts';
import { regimes } from './regimes.ts';
import { requirements } from './requirements.ts';

export const catalogue: Catalogue = {
  version: CATALOGUE_VERSION,
  regimes,
  facts,
  requirements,
  reasons,
  obstacles,
  funeralGroups,
  outsideSystems,
  days: [...specialDays.values()],
};
