/** A desk on a real encrypted file in a temporary folder, enrolled without a network, driven through dispatch as the window does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inTransaction } from '../../db/handle.ts';
import { type Identity, writeIdentity } from '../../db/queries/device.ts';
import { type StartedDesk, startDesk } from '../../electron/data/start-desk.ts';
import type { UpdateOptions } from '../../electron/update/updates.ts';
import type { Input, Method, Output } from '../../shared/contract/ipc/registry.ts';
import type { HardwareParts } from '../../shared/domain/hardware.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { type TestClock, testClock, testIds } from './clock.ts';
import { makeKeys, rolePaperOf, testCity } from './role-papers.ts';

export const MIGRATIONS = path.resolve(import.meta.dirname, '../../db/migrations');
/** Phường Bến Thành (from 2025-07-01), and the city itself. */
export const WARD = '26743';
export const CITY = '79';

export interface TestDesk extends StartedDesk {
  readonly folder: string;
  readonly clock: TestClock;
  readonly announced: { announcement: string; body: unknown }[];
  readonly reports: unknown[];
  /** The value, or throws an error whose message is the problem code. */
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  /** The problem code of a call that must fail. */
  refusal(method: Method, input: unknown): Promise<string>;
}

export function tempFolder(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `smc-${name}-`));
}

export interface TestDeskOptions {
  readonly folder?: string;
  readonly role?: Role;
  readonly office?: string;
  readonly clock?: TestClock;
  readonly cityUrl?: string;
  readonly enrolled?: boolean;
  readonly seed?: string;
  readonly cityCa?: string;
  readonly systemProxy?: (url: string) => Promise<string | null>;
  readonly version?: string;
  readonly updates?: UpdateOptions;
  readonly hardware?: () => Promise<HardwareParts>;
}

export function openTestDesk({
  folder = tempFolder('desk'),
  role = 'clerk',
  office = WARD,
  clock = testClock(),
  cityUrl = 'http://127.0.0.1:1',
  enrolled = true,
  seed = 'desk',
  cityCa,
  systemProxy,
  version = '0.0.0-test',
  updates,
  hardware,
}: TestDeskOptions = {}): TestDesk {
  const announced: TestDesk['announced'] = [];
  const reports: unknown[] = [];
  const started = startDesk({
    folder,
    migrationsFolder: MIGRATIONS,
    version,
    ...(updates && { updates }),
    ...(hardware && { hardware }),
    cityUrl,
    cityUrlForced: false,
    demo: false,
    program: ['so-mot-cua'],
    ...(cityCa !== undefined && { cityCa }),
    ...(systemProxy && { systemProxy }),
    clock,
    ids: testIds(seed),
    announce: (announcement, body) => announced.push({ announcement, body }),
    report: (_ref, error) => reports.push(error),
  });
  const known = started.desk.db.$client.prepare('SELECT count(*) FROM device_state').pluck().get() as number;
  if (enrolled && known === 0) {
    const ids = testIds(`${seed}/identity`);
    const identity: Identity = {
      device: ids.uuid(),
      no: 7,
      name: 'Máy thử',
      office,
      stream: ids.uuid(),
      privateKey: makeKeys().privateKey,
      cityUrl,
      cityKey: testCity.publicKey,
      epoch: ids.uuid(),
      account: { id: ids.uuid(), name: 'Lê Thị Thử', role },
      demo: false,
      clockOffsetMs: null,
      accountKnown: true,
    };
    const paper = rolePaperOf(identity, identity.account);
    inTransaction(started.desk.db, (tx) => writeIdentity(tx, identity, '2026-11-01T00:00:00.000Z', paper));
  }
  return {
    ...started,
    folder,
    clock,
    announced,
    reports,
    async call(method, input) {
      const reply = await started.dispatch(method, input);
      if (!reply.ok)
        throw new Error(`${reply.problem.code} ${JSON.stringify(reply.problem.details)}`, {
          cause: reports.at(-1),
        });
      return reply.value as Output<typeof method>;
    },
    async refusal(method, input) {
      const reply = await started.dispatch(method, input);
      return reply.ok ? 'OK' : reply.problem.code;
    },
  };
}

export async function dropTestDesk(desk: TestDesk): Promise<void> {
  await desk.close();
  rmSync(desk.folder, { recursive: true, force: true });
}
