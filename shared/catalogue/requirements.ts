/**
 * The papers of the two chains (thành phần hồ sơ) with the case in which each is needed. A line asks for a paper of the
 * component whose agency needs it. `because` and `todo` are read out to the citizen and printed on Mẫu 02.
 * Not here because abolished: sổ hộ khẩu (NĐ 104/2022/NĐ-CP).
 */

import type { Requirement } from './law.ts';
import { birthRequirements } from './requirements-birth.ts';
import { deathRequirements } from './requirements-death.ts';

export const requirements: readonly Requirement[] = [...birthRequirements, ...deathRequirements];
