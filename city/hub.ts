/** What every part of the hub needs: one record, made once in `startHub` and handed down. */
import type { Clock } from './clock.ts';
import type { CityDb } from './db/handle.ts';
import type { FileFolder } from './files/file-folder.ts';
import type { HubMark } from './hub-mark.ts';
import type { HubKeys } from './keys.ts';
import type { Metrics } from './metrics.ts';
import type { Lanes } from './pace/lanes.ts';
import type { Pace } from './pace/pace.ts';
import type { FigureCache } from './report/figure-cache.ts';
import type { ReleaseFolder } from './updates/release-folder.ts';

export interface Hub {
  readonly db: CityDb;
  readonly keys: HubKeys;
  readonly clock: Clock;
  readonly mark: HubMark;
  readonly files: FileFolder;
  /** Versions of the desk app that this hub hands out. */
  readonly updates: ReleaseFolder;
  readonly metrics: Metrics;
  readonly pace: Pace;
  /** Turns of those who write, and of those who read. */
  readonly lanes: Lanes;
  readonly reads: Lanes;
  /** Of those whose reading takes seconds: one at a time. */
  readonly slow: Lanes;
  readonly figures: FigureCache;
  /** Public half of the key in the city's safe; null = none made yet. */
  readonly recoveryKey: string | null;
  /** Must be awaited between a commit and the answer that promises it. */
  readonly settle: () => Promise<void>;
}
