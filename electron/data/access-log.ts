/** The access log of an open desk: who acts is known here, and what could not be written is counted. */
import { type Deed, recordAccess } from '../../db/access.ts';
import { inTransaction } from '../../db/handle.ts';
import { named } from '../../db/sqlite-problem.ts';
import { OPENING_MS } from '../../shared/domain/access.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { Problem } from '../../shared/problem.ts';
import { type AccessLog, actingIdentity, type Desk } from '../context.ts';

/** Where the disk takes nothing more, people must still be able to read and to sign in; what was missed is said as soon as it takes again. */
const diskRefuses = ['DB_FULL', 'DB_READ_ONLY'];
/** Openings that are remembered; beyond it the oldest are forgotten, and would be noted once more. */
const MOST_OPENINGS = 2_000;

export function makeAccessLog(desk: Pick<Desk, 'db' | 'clock' | 'who'>): AccessLog {
  const { db, clock } = desk;
  const openings = new Map<string, number>();
  let missed = 0;
  const actor = () => actingIdentity(desk)?.account ?? null;

  const log: AccessLog = {
    within(tx, deed, by = actor()) {
      recordAccess(tx, { clock, actor: by }, deed);
    },
    note(deed, by = actor()) {
      const count = missed;
      try {
        named(() =>
          inTransaction(db, (tx) => {
            if (count > 0)
              recordAccess(tx, { clock, actor: null }, { action: 'log.missed', facts: { count } });
            recordAccess(tx, { clock, actor: by }, deed);
          }),
        );
        missed = 0;
      } catch (error) {
        if (!(error instanceof Problem && diskRefuses.includes(error.code))) throw error;
        missed = count + 1;
      }
    },
    opening(deed) {
      const by = actor();
      const key = keyOf(by?.id, deed);
      const now = clock.mono();
      const before = openings.get(key);
      openings.delete(key);
      openings.set(key, now);
      if (openings.size > MOST_OPENINGS) openings.delete(openings.keys().next().value ?? '');
      if (before === undefined || now - before >= OPENING_MS) log.note(deed, by);
    },
  };
  return log;
}

const keyOf = (actor: string | undefined, { action, subject, facts }: Deed) =>
  canonicalJson([actor ?? '', action, subject ?? null, facts ?? {}]);
