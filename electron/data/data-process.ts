/** The data process: the only holder of the store and its key. It answers calls, sends to the city, and announces changes. */
import { existsSync, readFileSync } from 'node:fs';
import type { KeyStore } from '../../db/key-store.ts';
import { readIdentity } from '../../db/queries/device.ts';
import { type HardwareParts, hardwareParts } from '../../shared/domain/hardware.ts';
import { type UpdateKey, updateKeys } from '../../shared/domain/update.ts';
import { Problem } from '../../shared/problem.ts';
import { type Desk, problemValue } from '../context.ts';
import type { DataProcessOptions, FromData, ToData } from '../data-messages.ts';
import { seedDemo } from '../demo/seed.ts';
import { logBugs, openLog } from '../log.ts';
import { type Gate, makeGate } from './gate.ts';
import { readHardware } from './hardware.ts';
import { randomIds, type StartedDesk, startDesk, systemClock, thisPlatform } from './start-desk.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as DataProcessOptions;
const port = process.parentPort;
const PROXY_ANSWER_MS = 5_000;
const post = (message: FromData) => port.postMessage(message);

const log = openLog(options.folder, (line) => process.stderr.write(`${line}\n`));
const report = log.failed;

const proxies = new Map<string, (proxy: string | null) => void>();
/** Main knows the operating system; should it not answer, the road is straight. */
function systemProxy(url: string): Promise<string | null> {
  const soon = new Promise<null>((done) => setTimeout(() => done(null), PROXY_ANSWER_MS).unref());
  const answer = new Promise<string | null>((done) => proxies.set(url, done));
  post({ proxyOf: url });
  return Promise.race([answer, soon]);
}

let asked = 0;
const osAnswers = new Map<number, (text: string | null) => void>();
/** The layer of the operating system lives in main. */
function askOs(act: 'wrap' | 'unwrap', text: string): Promise<string | null> {
  const os = ++asked;
  const answer = new Promise<string | null>((done) => osAnswers.set(os, done));
  post({ os, act, text });
  return answer;
}

const clock = systemClock(options.now ?? undefined);
const announce: Desk['announce'] = (announcement, body) => post({ announcement, body });

/** Baked in when the program was packed. A list that cannot be read is none: then nothing is taken. */
function trustedKeys(file: string | null): readonly UpdateKey[] {
  if (file === null || !existsSync(file)) return [];
  return updateKeys.catch([]).parse(JSON.parse(readFileSync(file, 'utf8')));
}

const READ_HARDWARE_MS = 1_000;
let parts: Promise<HardwareParts> | null = null;
const later = () => new Promise<void>((done) => setTimeout(done, READ_HARDWARE_MS));
const given = async (text: string) => hardwareParts.parse(JSON.parse(text));
/** Once in a run, and not while the first screen is made ready. */
function hardware(): Promise<HardwareParts> {
  parts ??= options.hardware === null ? later().then(readHardware) : given(options.hardware);
  return parts;
}

function start(keys: KeyStore, who: Desk['who']): StartedDesk {
  const { cityCaFile, updates } = options;
  const started = startDesk({
    ...options,
    keys,
    who,
    updates: { keys: trustedKeys(updates.keysFile), folder: updates.folder, platform: thisPlatform },
    cityCa: cityCaFile === null ? null : readFileSync(cityCaFile, 'utf8'),
    systemProxy,
    hardware,
    clock,
    ids: randomIds,
    announce,
    report,
    // Main starts a data process anew whose end it did not ask for.
    restart: () => void stop(),
  });
  if (options.scheduled) {
    started.sync.schedule();
    started.backups.schedule();
    started.updates.schedule();
  }
  return started;
}

let gate: Gate | null = null;
async function stop(): Promise<void> {
  await gate?.close();
  process.exit(0);
}

async function enrolDemo({ desk, sync }: StartedDesk): Promise<void> {
  if (options.enrolCode === null || readIdentity(desk.db)) return;
  await sync.enrol({ url: options.cityUrl, code: options.enrolCode, deviceName: 'Máy dùng thử' });
  if (options.demo) seedDemo(desk);
}

async function main(): Promise<void> {
  const door = makeGate({
    ...{ folder: options.folder, clock, announce, report, start },
    os: { wrap: (text) => askOs('wrap', text), unwrap: (text) => askOs('unwrap', text) },
    headless: !options.scheduled,
    given: options.given,
  });
  gate = door;
  port.on('message', ({ data }: { data: ToData }) => {
    if ('stop' in data) void stop();
    else if ('online' in data) door.opened()?.sync.networkChanged(data.online);
    else if ('proxyFor' in data) proxies.get(data.proxyFor)?.(data.proxy);
    else if ('osFor' in data) osAnswers.get(data.osFor)?.(data.text);
    else void door.dispatch(data.method, data.input).then((reply) => post({ id: data.id, reply }));
  });
  const started = door.opened();
  // A machine that could not enrol still opens: the first-run screen says why and lets the clerk try again.
  if (started) await enrolDemo(started).catch((error: unknown) => report('enrol', error));
  // A password from outside that does not open is asked for at the window.
  await door.signInGiven().catch((error: unknown) => report('sign-in', error));
  if (options.scheduled) await door.chooseDemo();
  post({ ready: true });
  // Before somebody has typed a password it is known.
  void hardware();
}

// Electron 37 and later only warn of a rejection; a bug must end the process the same way everywhere, main starts it anew.
logBugs(log, () => process.exit(1));
main().catch((error: unknown) => {
  report('start', error);
  post({
    fatal: problemValue(
      error instanceof Problem ? error : new Problem('INTERNAL', { where: 'start', ref: '-' }),
    ),
  });
});
