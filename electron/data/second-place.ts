/** Keeps the second place a moment behind the journal, while somebody works; what fails there never stops the desk. */
import { existsSync } from 'node:fs';
import { carryAway, forgetCarried, secondFolder } from '../../db/backup/second.ts';
import type { Clock } from '../../db/clock.ts';
import type { DataKey } from '../../db/key-store.ts';
import { Problem } from '../../shared/problem.ts';

interface Around {
  readonly folder: string;
  readonly key: DataKey;
  readonly clock: Clock;
  /** The folder that a person chose. */
  readonly place: string | null;
  changed(): void;
  /** A copy of another machine must not write over that one's. */
  rests(): boolean;
  readonly report: (error: unknown) => void;
}
export interface SecondPlace {
  /** This store's own folder there; null where none was chosen. */
  folder(): string | null;
  /** Its disk is plugged in. */
  there(): boolean;
  /** When everything was last brought there, since the start. */
  carriedAt(): number | null;
  behind(): boolean;
  problem(): Problem | null;
  /** Something was written: it is brought there soon. */
  wrote(): void;
  /** Now. */
  bring(): Promise<void>;
  /** The newest backup lies there: what it replaces may go. */
  backedUp(): Promise<void>;
  /** Another place, or none. */
  choose(place: string | null): void;
  close(): Promise<void>;
}
const SOON_MS = 1_000;
/** A stick that hangs must not keep the program from ending. */
const LAST_MS = 5_000;

export function makeSecondPlace(around: Around): SecondPlace {
  const { folder, key, clock, place: first, changed, rests, report } = around;
  let chosen = first;
  let carriedAt: number | null = null;
  /** Entries written since the start, and how many of them lie there. The first carry brings what was there before. */
  let written = 0;
  let carried = -1;
  let problem: Problem | null = null;
  let soon: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  const behind = () => carried !== written;
  const own = () => (chosen === null || rests() ? null : secondFolder(chosen, key));
  const there = () => chosen !== null && !rests() && existsSync(chosen);

  async function carry(): Promise<void> {
    const to = own();
    if (to === null || !there()) return;
    const [before, code] = [behind(), problem?.code];
    const upTo = written;
    try {
      await carryAway(folder, to);
      if (to !== own()) return;
      carried = upTo;
      carriedAt = clock.now();
      problem = null;
    } catch (error) {
      problem = error instanceof Problem ? error : null;
      // Pulled out meanwhile: the state tells that it is not there.
      if (!(error instanceof Problem) && there()) report(error);
    }
    if (before !== behind() || problem?.code !== code) changed();
  }
  async function bring(): Promise<void> {
    await running;
    running ??= carry().finally(() => {
      running = null;
    });
    await running;
  }

  return {
    folder: own,
    there,
    carriedAt: () => carriedAt,
    behind,
    problem: () => problem,
    wrote() {
      written++;
      if (chosen === null) return;
      soon ??= setTimeout(() => {
        soon = null;
        void bring();
      }, SOON_MS);
    },
    bring,
    async backedUp() {
      const to = own();
      if (to === null || !there()) return;
      await bring();
      if (!behind()) await forgetCarried(folder, to).catch(report);
    },
    choose(place) {
      chosen = place;
      carriedAt = null;
      carried = -1;
      problem = null;
    },
    async close() {
      if (soon) clearTimeout(soon);
      if (chosen === null || !behind()) return;
      await Promise.race([bring(), new Promise((done) => setTimeout(done, LAST_MS).unref())]);
    },
  };
}
