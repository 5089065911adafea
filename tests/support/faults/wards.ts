/** Desks of three wards at one hub that write by a script that follows from a seed: the same work, whatever goes wrong meanwhile. */
import { createHash } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { must } from '../../../shared/lib/must.ts';
import { testClock } from '../clock.ts';
import { form } from '../forms.ts';
import type { RestorableHub } from '../restorable-hub.ts';
import { openTestDesk, type TestDesk, tempFolder } from '../temp-desk.ts';

const WARDS = ['26743', '26740', '26737'] as const;
const CELLS = ['hoi_nong_dan', 'hoi_cuu_chien_binh', 'nguoi_co_cong', 'hoi_chu_thap_do'] as const;

export interface Wards {
  readonly desks: readonly TestDesk[];
  /** One more dossier, one figure and one correction at this desk; no two desks write the same cell of a sheet. */
  write(place: number, round: number): Promise<void>;
  sync(place: number): Promise<void>;
  /** Every desk in turn, so many times. */
  syncAll(times: number): Promise<void>;
  /** Keeps the folder of a desk as it stands. */
  keep(place: number): Promise<void>;
  /** Puts the kept store back, with the mark beside it or without. */
  putBack(place: number, mark: 'kept' | 'put back'): Promise<void>;
  /** One more desk that starts from a copy of this one's folder. */
  clone(place: number): Promise<void>;
  close(): Promise<void>;
}

const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export async function openWards(hub: RestorableHub, size: number): Promise<Wards> {
  let opened = 0;
  const open = (folder: string) =>
    openTestDesk({
      folder,
      enrolled: false,
      seed: `ward-desk-${++opened}`,
      clock: testClock('2026-11-20T02:00:00Z'),
    });
  const desks: TestDesk[] = [];
  const wards: string[] = [];
  const copies = new Map<number, string>();
  for (let i = 0; i < size; i++) {
    const desk = open(tempFolder('ward'));
    const ward = must(WARDS[i % WARDS.length], 'ward');
    const { url, createEnrolCode } = hub.now();
    const code = await createEnrolCode({ unit: ward });
    await desk.call('device.enrol', { url, code, deviceName: `Máy ${i}` });
    desks.push(desk);
    wards.push(ward);
  }
  const at = (place: number) => must(desks[place], 'desk');
  const copyOf = (place: number) => must(copies.get(place), 'copy');
  const reopened = async (place: number, change: () => void) => {
    const { folder } = at(place);
    await at(place).close();
    change();
    desks[place] = open(folder);
  };
  const sync = async (place: number) => {
    await at(place).call('sync.run', {});
  };
  return {
    desks,
    sync,
    async write(place, round) {
      const desk = at(place);
      const ward = must(wards[place], 'ward');
      await receive(desk, { id: idOf(`${place}/${round}`), ward, round });
      if (round > 0) await correct(desk, idOf(`${place}/${round - 1}`));
      const peers = Math.floor(place / WARDS.length);
      await desk.call('count.record', {
        ...{ asOf: '2026-11-02', form: null, from: null, source: 'typed' as const },
        units: [
          {
            unit: `${ward}@2025-07-01`,
            cells: [{ category: must(CELLS[peers], 'cell'), measure: 'tong', value: round + 1 }],
          },
        ],
      });
    },
    async syncAll(times) {
      for (let i = 0; i < times; i++) for (const place of desks.keys()) await sync(place);
    },
    async keep(place) {
      await reopened(place, () => {
        const copy = tempFolder('ward-copy');
        cpSync(at(place).folder, copy, { recursive: true });
        copies.set(place, copy);
      });
    },
    putBack: (place, mark) =>
      reopened(place, () => {
        const names = mark === 'kept' ? ['desk.db'] : ['desk.db', 'stream-mark.json'];
        for (const name of names) cpSync(path.join(copyOf(place), name), path.join(at(place).folder, name));
        // Its journal is lost with it, or the start would bring the store up to date.
        rmSync(path.join(at(place).folder, 'journal'), { recursive: true, force: true });
      }),
    async clone(place) {
      const folder = tempFolder('ward-clone');
      cpSync(copyOf(place), folder, { recursive: true });
      desks.push(open(folder));
      wards.push(must(wards[place], 'ward'));
    },
    async close() {
      for (const desk of desks) {
        await desk.close();
        rmSync(desk.folder, { recursive: true, force: true });
      }
      for (const copy of copies.values()) rmSync(copy, { recursive: true, force: true });
    },
  };
}

async function receive(
  desk: TestDesk,
  { id, ward, round }: { readonly id: string; readonly ward: string; readonly round: number },
): Promise<void> {
  await desk.call('dossier.receive', {
    ...{ id, chain: 'birth', channel: 'truc_tiep', commune: `${ward}@2025-07-01` },
    ...{ values: form('birth', round + 1), received: null, atOnce: null },
  });
}

/** A store that was put back may not know its dossier of the last round. */
async function correct(desk: TestDesk, id: string): Promise<void> {
  const known = await desk.dispatch('dossier.get', { id });
  if (!known.ok) return;
  const { form: before, revision } = await desk.call('dossier.get', { id });
  await desk.call('dossier.correct', {
    ...{ id, base: revision, reason: 'Ghi lại' },
    values: { ...before, 'child.birthPlace': 'Trạm y tế' },
  });
}
