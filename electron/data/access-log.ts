/** The access log of an open desk: who acts is known here, and what could not be written is counted. */
import { type Deed, recordAccess } from '../../db/access.ts';
import type { Aside } from '../../db/access-aside.ts';
import { inTransaction } from '../../db/handle.ts';
import { readIdentity } from '../../db/queries/device.ts';
import { named } from '../../db/sqlite-problem.ts';
import { OPENING_MS } from '../../shared/domain/access.ts';
import type { Actor } from '../../shared/domain/event.ts';
import { takesNotes } from '../../shared/domain/read-only.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { Problem } from '../../shared/problem.ts';
import { type AccessLog, actingIdentity, type Desk } from '../context.ts';

/** Where the disk takes nothing more, people must still be able to read and to sign in; what was missed is said as soon as it takes again. */
const diskRefuses = ['DB_FULL', 'DB_READ_ONLY'];
/** Openings that are remembered; beyond it the oldest are forgotten, and would be noted once more. */
const MOST_OPENINGS = 2_000;

type Around = Pick<Desk, 'db' | 'clock' | 'who' | 'readOnly'> & {
  /** Beside the store, while it may not be written. */
  readonly aside: Aside;
  /** Whether entries wait in memory has changed. */
  changed(): void;
};

export function makeAccessLog(desk: Around): AccessLog {
  const { db, clock, aside } = desk;
  const openings = new Map<string, number>();
  let missed = 0;
  const actor = () => actingIdentity(desk)?.account ?? null;

  const log: AccessLog = {
    within(tx, deed, by = actor()) {
      recordAccess(tx, { clock, actor: by }, deed);
    },
    kept: () => takesNotes(desk.readOnly()) || told(desk, aside.ready),
    waiting: aside.waiting,
    note(deed, by = actor()) {
      if (!takesNotes(desk.readOnly())) {
        keepAside(desk, deed, by);
        return;
      }
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

/** Before enrolment there is nobody to name, as in the log itself. */
function keepAside(around: Around, deed: Deed, by: Actor | null): void {
  const { db, clock, aside } = around;
  if (readIdentity(db) === null) return;
  const { action, subject = null, outcome = 'done', why = null, facts = {} } = deed;
  const entry = {
    actor: by && { id: by.id, name: by.name, role: by.role },
    at: new Date(clock.now()).toISOString(),
    boot: clock.boot,
    mono: Math.max(0, Math.round(clock.mono())),
    ...{ action, subject, outcome, why, facts },
  };
  told(around, () => aside.keep(entry));
}

function told(around: Around, work: () => boolean): boolean {
  const { aside, changed } = around;
  const before = aside.waiting();
  const kept = work();
  if (aside.waiting() !== before) changed();
  return kept;
}

const keyOf = (actor: string | undefined, { action, subject, facts }: Deed) =>
  canonicalJson([actor ?? '', action, subject ?? null, facts ?? {}]);
