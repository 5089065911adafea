/**
 * Whether this store lies on the machine that it was written on. Read beside the work: until the answer is there the newest one holds, so
 * no start waits for it. Before enrolment nothing is judged: a disk that is copied to many machines then is no twin of anybody.
 */
import type { Clock } from '../../db/clock.ts';
import type { ReadDb } from '../../db/handle.ts';
import { isElsewhere, judgeHere } from '../../db/hardware.ts';
import { readIdentity } from '../../db/queries/device.ts';
import type { HardwareParts } from '../../shared/domain/hardware.ts';

interface Around {
  readonly db: ReadDb;
  readonly clock: Clock;
  /** Absent in tools: the newest judgement holds. */
  readonly hardware: (() => Promise<HardwareParts>) | undefined;
  /** Whoever put the store here stands for this machine. */
  readonly anew: boolean;
  readonly report: (error: unknown) => void;
}
export interface MachineWatch {
  isElsewhere(): boolean;
  /** `changed` is told where the answer is another one than before. */
  judge(changed: (elsewhere: boolean) => void): Promise<void>;
  /** Nothing is judged from here on. */
  close(): void;
}

export function watchMachine({ db, clock, hardware, anew, report }: Around): MachineWatch {
  let elsewhere = !anew && isElsewhere(db);
  let closed = false;
  return {
    isElsewhere: () => elsewhere,
    async judge(changed) {
      if (!hardware) return;
      try {
        const parts = await hardware();
        if (closed || !readIdentity(db)) return;
        const verdict = judgeHere(db, parts, { clock, anew });
        // What cannot be told changes nothing.
        if (verdict === 'unknown' || (verdict === 'another') === elsewhere) return;
        elsewhere = !elsewhere;
        changed(elsewhere);
      } catch (error) {
        report(error);
      }
    },
    close() {
      closed = true;
    },
  };
}
