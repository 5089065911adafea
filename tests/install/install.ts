/**
 * `npm run faults -- install`: on a Debian machine of one's own, as root. The .deb is really installed, enrols, works, takes a signed
 * update from a hub through dpkg, goes on under the new version with the same data, is removed, and the data are still there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import product from '../../package.json' with { type: 'json' };
import { assert } from '../../shared/lib/must.ts';
import { startHubProcess } from '../demo/hub-process.ts';
import { choosePassword } from '../support/choose-password.ts';
import { callDesk } from '../support/desk-app.ts';
import { COMMUNE, form } from '../support/forms.ts';

const root = path.resolve(import.meta.dirname, '../..');
const PROGRAM = '/opt/so-mot-cua/so-mot-cua';
const PASSWORD = 'mây trắng trên đồi chè';
const PORT = 19_222;
const NEXT = product.version.replace(/\d+$/, (n) => String((Number(n) + 1) % 10));
const debOf = (version: string) => `so-mot-cua_${version}_amd64.deb`;

const here = mkdtempSync(path.join(tmpdir(), 'smc-install-'));
const at = (name: string) => path.join(here, name);
const dataDir = at('desk');
const step = (words: string) => process.stdout.write(`  ${words}\n`);
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { encoding: 'utf8', cwd: root });
const runner = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  execFileSync(process.execPath, ['build/run.mjs', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'pipe',
  });

/** The same program under the next number: same length, so the archive stays whole. */
function nextVersion(deb: string, to: string): void {
  const tree = at('next');
  run('dpkg-deb', '-R', deb, tree);
  const control = path.join(tree, 'DEBIAN/control');
  writeFileSync(
    control,
    readFileSync(control, 'utf8').replace(`Version: ${product.version}`, `Version: ${NEXT}`),
  );
  const archive = path.join(tree, 'opt/so-mot-cua/resources/app.asar');
  const bytes = readFileSync(archive);
  const place = bytes.indexOf(`"version": "${product.version}"`);
  assert(place > 0, 'the archive does not say its version');
  bytes.write(`"version": "${NEXT}"`, place);
  writeFileSync(archive, bytes);
  run('dpkg-deb', '--root-owner-group', '-Zgzip', '-z1', '--build', tree, to);
  rmSync(tree, { recursive: true });
}

/** The window of whatever version runs behind the port now. */
async function windowOf(): Promise<{ browser: Browser; page: Page }> {
  for (;;) {
    const pages = await fetch(`http://127.0.0.1:${PORT}/json/list`)
      .then((answer) => answer.json() as Promise<{ url: string; title: string }[]>)
      .catch(() => []);
    if (pages.some(({ url, title }) => url.startsWith('app://') && title !== '' && title !== url)) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${PORT}`);
  const page = browser.contexts()[0]?.pages()[0];
  assert(page !== undefined, 'no window');
  await page.locator('body[data-ready="1"]').waitFor({ timeout: 60_000 });
  return { browser, page };
}

async function signedIn(page: Page): Promise<void> {
  await page.locator('dialog.gate input[name="password"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('dialog.gate').waitFor({ state: 'detached', timeout: 60_000 });
}

function release(): void {
  runner({}, 'release', '--new-key', at('key.json'));
  writeFileSync(at('keys.json'), `[${readFileSync(at('key.json.pub.json'), 'utf8')}]`);
  step('packing (a light .deb, with the update key inside)');
  runner({ SMC_UPDATE_KEYS: at('keys.json') }, 'package', '--light');
  mkdirSync(at('packages'));
  cpSync(path.join(root, 'out/package', debOf(product.version)), at(debOf(product.version)));
  nextVersion(at(debOf(product.version)), at(`packages/${debOf(NEXT)}`));
  runner(
    {},
    'release',
    '--key',
    at('key.json'),
    '--packages',
    at('packages'),
    '--out',
    at('shelf'),
    '--as',
    NEXT,
  );
}

async function main(): Promise<void> {
  assert(process.getuid?.() === 0 && existsSync('/usr/bin/dpkg'), 'this needs root on Debian or Ubuntu');
  assert(!existsSync('/opt/so-mot-cua'), '/opt/so-mot-cua is there already');
  release();
  const hub = await startHubProcess(
    at('city'),
    ['--enrol-code', '26743', '--role', 'head', '--name', 'Lê Thị Hạnh'],
    { SMC_CITY_UPDATES: at('shelf') },
  );
  try {
    run('dpkg', '-i', at(debOf(product.version)));
    const sandbox = statSync('/opt/so-mot-cua/chrome-sandbox');
    assert((sandbox.mode & 0o4755) === 0o4755 && sandbox.uid === 0, 'the sandbox helper has not its rights');
    step(`installed ${product.version} in /opt/so-mot-cua`);
    await updateByHub(hub);
    const told = run('dpkg', '-r', 'so-mot-cua') + run('dpkg', '-P', 'so-mot-cua');
    assert(told.includes('~/.config/so-mot-cua'), `removing says nothing of the data: ${told}`);
    assert(!existsSync('/opt/so-mot-cua'), 'the program is still there');
    assert(existsSync(path.join(dataDir, 'desk.db')), 'the data are gone');
    step('removed; the data are still there, and it said where');
  } finally {
    await hub.stop();
    if (existsSync('/opt/so-mot-cua')) run('dpkg', '-P', 'so-mot-cua');
    rmSync(here, { recursive: true, force: true });
  }
}

async function updateByHub(hub: { url: string; enrolCode: string }): Promise<void> {
  const args = ['--no-sandbox', `--remote-debugging-port=${PORT}`, '--lang=vi'];
  const env = { ...process.env, SMC_DATA_DIR: dataDir, SMC_CITY_URL: hub.url, SMC_ENROL_CODE: hub.enrolCode };
  const child = spawn(PROGRAM, args, { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const old = await windowOf();
  await choosePassword(old.page, PASSWORD);
  const id = crypto.randomUUID();
  const dossier = {
    id,
    chain: 'birth',
    channel: 'truc_tiep',
    commune: COMMUNE,
    received: null,
    atOnce: null,
  } as const;
  await callDesk(old.page, 'dossier.receive', { ...dossier, values: form('birth', 3) });
  await callDesk(old.page, 'sync.run', {});
  const { offered } = await callDesk(old.page, 'update.check', {});
  assert(offered?.version === NEXT, 'the new version is not offered');
  await callDesk(old.page, 'update.load', {});
  step(`${NEXT} came from the hub, signature and hash are right`);
  await old.page.keyboard.press('Control+6');
  await old.page.getByRole('button', { name: 'Cập nhật ngay' }).click();
  await old.page.getByRole('dialog').getByRole('button', { name: 'Cập nhật ngay' }).click();
  await ended;
  await old.browser.close().catch(() => undefined);
  step('the old version has given way to dpkg');
  const { browser, page } = await windowOf();
  await signedIn(page);
  const state = await callDesk(page, 'update.state', {});
  assert(state.version === NEXT && state.outcome?.ok === true, `it runs ${JSON.stringify(state)}`);
  await page.getByText(`Đã cập nhật lên bản ${NEXT}`).waitFor();
  assert((await callDesk(page, 'dossier.get', { id })).id === id, 'the dossier is gone');
  const backups = await callDesk(page, 'backup.list', {});
  assert(
    backups.some((one) => one.reason === 'update'),
    'there is no backup of before',
  );
  assert((await callDesk(page, 'data.verify', {})).ok, 'the data are not whole');
  step(`${NEXT} started by itself; the dossier, the backup and the words are there`);
  await page.close();
  await browser.close().catch(() => undefined);
  while (
    await fetch(`http://127.0.0.1:${PORT}/json/version`).then(
      () => true,
      () => false,
    )
  )
    await new Promise((done) => setTimeout(done, 200));
}

await main();
