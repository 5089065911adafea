/** Whose password somebody else has chosen, as after a reset: that person chooses his own before anything else. */
import { z } from 'zod';
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import { readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';

const ids = z.array(z.string());

function givenIn(db: ReadDb): readonly string[] {
  const text = readMachineSetting(db, 'given_passwords');
  return text === null ? [] : ids.parse(JSON.parse(text));
}

export const isGiven = (db: ReadDb, id: string): boolean => givenIn(db).includes(id);

export function markGiven(db: ReadDb, id: string, given: boolean): void {
  if (isGiven(db, id) === given) return;
  const others = givenIn(db).filter((one) => one !== id);
  const next = given ? [...others, id] : others;
  inTransaction(db, (tx) =>
    writeMachineSetting(tx, 'given_passwords', next.length === 0 ? null : JSON.stringify(next)),
  );
}
