/** What `bench save` does to dossiers that are there already: one step, one correction. */
import { must } from '../../shared/lib/must.ts';
import type { TestDesk } from '../support/temp-desk.ts';

export interface Change {
  readonly name: 'dossier.act' | 'dossier.correct';
  /** Reads the dossier as the window has done before; what it answers is the call that is timed. */
  ready(desk: TestDesk, id: string): Promise<() => Promise<unknown>>;
}

/** A step that a dossier can take any number of times, and a phone number that is never the one before. */
export const changes: readonly Change[] = [
  {
    name: 'dossier.act',
    async ready(desk, id) {
      const dossier = await desk.call('dossier.get', { id });
      const components = [must(dossier.components[0], 'component').code];
      const step = { action: 'hand_over', components, on: null, time: null, to: 'Công an phường' } as const;
      return () => desk.call('dossier.act', { id, base: dossier.revision, step });
    },
  },
  {
    name: 'dossier.correct',
    async ready(desk, id) {
      const { revision, form } = await desk.call('dossier.get', { id });
      const phone = `0903${String(100_000 + revision)}`;
      const values = { ...form, 'requester.phone': phone };
      return () =>
        desk.call('dossier.correct', { id, base: revision, values, reason: 'Ghi nhầm số điện thoại' });
    },
  },
];

/** Ids of the first `n` dossiers of the store. */
export function storedIds(desk: TestDesk, n: number): string[] {
  return desk.desk.db.$client.prepare('SELECT id FROM dossier ORDER BY n LIMIT ?').pluck().all(n) as string[];
}
