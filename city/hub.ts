/** What every part of the hub needs: one record, made once in `startHub` and handed down. */
import type { Clock } from './clock.ts';
import type { CityDb } from './db/handle.ts';
import type { HubKeys } from './keys.ts';

export interface Hub {
  readonly db: CityDb;
  readonly keys: HubKeys;
  readonly clock: Clock;
  readonly epoch: string;
  /** Must be awaited between a commit and the answer that promises it. */
  readonly settle: () => Promise<void>;
}
