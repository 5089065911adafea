// A release for the desks: the installers of out/package beside one signed manifest, a folder that is copied to the hub or onto a stick.
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CompactSign, calculateJwkThumbprint, importJWK } from 'jose';
import { ALG, PROTOCOL, TYP } from '../../shared/contract/sync/version.ts';
import { UPDATE_FILE, updateManifest } from '../../shared/domain/update.ts';
import { root } from '../bootstrap/paths.mjs';
import { Failure, say } from '../bootstrap/say.mjs';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

export const HELP = `release --key FILE [--from VERSION] [--notes FILE] [--packages DIR] [--out DIR]
release --new-key FILE

  --key FILE      private update key (SMC_UPDATE_KEY); it stays with whoever releases, never in the repository
  --from VERSION  the oldest version that this one may be installed over (default 0.1.0)
  --notes FILE    what changed, one Vietnamese sentence a line
  --packages DIR  where the installers lie (default out/package; bring those of other platforms there first)
  --out DIR       default out/release: copy it whole into the hub's SMC_CITY_UPDATES, or onto a stick
  --new-key FILE  makes a key: FILE keeps the private half, FILE.pub.json is one entry for SMC_UPDATE_KEYS at packing`;

export async function release(args) {
  const { values } = parseArgs({
    args,
    options: {
      key: { type: 'string' },
      from: { type: 'string', default: '0.1.0' },
      notes: { type: 'string' },
      packages: { type: 'string', default: path.join(root, 'out/package') },
      out: { type: 'string', default: path.join(root, 'out/release') },
      'new-key': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  if (values['new-key']) return newKey(values['new-key']);
  const keyFile = values.key ?? process.env.SMC_UPDATE_KEY;
  if (!keyFile) throw new Failure('Which key? --key FILE, or SMC_UPDATE_KEY. --new-key FILE makes one.');
  const files = installersIn(values.packages);
  if (files.length === 0)
    throw new Failure(`No installer of ${version} in ${values.packages}: npm run package.`);
  const manifest = updateManifest.parse({
    ...{ v: 1, version, at: new Date().toISOString(), from: values.from, protocol: PROTOCOL },
    notes: values.notes ? linesOf(values.notes) : [],
    schema: readdirSync(path.join(root, 'db/migrations')).filter((name) => name.endsWith('.sql')).length,
    files: files.map(({ source: _, ...file }) => file),
  });
  const jws = await sign(manifest, JSON.parse(readFileSync(keyFile, 'utf8')));
  mkdirSync(values.out, { recursive: true });
  // The installers first: whoever reads the folder meanwhile must not be promised what is not there.
  rmSync(path.join(values.out, UPDATE_FILE), { force: true });
  for (const { source, name } of files) copyFileSync(source, path.join(values.out, name));
  writeFileSync(path.join(values.out, `${UPDATE_FILE}.new`), jws);
  renameSync(path.join(values.out, `${UPDATE_FILE}.new`), path.join(values.out, UPDATE_FILE));
  say(
    `Release ${version} in ${values.out}: ${files.map((file) => `${file.platform} ${file.name}`).join(', ')}`,
  );
  return 0;
}

/** Installers of this version, by the names that the package task gives them. */
function installersIn(folder) {
  const known = [
    [/^so-mot-cua_(.+)_amd64\.deb$/, 'linux-x64', (v) => `so-mot-cua_${v}_amd64.deb`],
    [/^so-mot-cua_(.+)_arm64\.deb$/, 'linux-arm64', (v) => `so-mot-cua_${v}_arm64.deb`],
    [/^So Mot Cua Setup (.+)\.exe$/, 'win32-x64', (v) => `so-mot-cua-${v}-win32-x64.exe`],
  ];
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((entry) => {
    const found = known.find(([pattern]) => pattern.exec(entry)?.[1] === version);
    if (!found) return [];
    const [, platform, nameOf] = found;
    const source = path.join(folder, entry);
    const sha256 = createHash('sha256').update(readFileSync(source)).digest('hex');
    return [{ platform, name: nameOf(version), size: statSync(source).size, sha256, source }];
  });
}

const linesOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

async function sign(manifest, { kty, crv, x, d }) {
  const kid = await calculateJwkThumbprint({ kty, crv, x });
  return new CompactSign(new TextEncoder().encode(JSON.stringify(manifest)))
    .setProtectedHeader({ alg: ALG, typ: TYP.update, kid })
    .sign(await importJWK({ kty, crv, x, d }, ALG));
}

async function newKey(file) {
  if (existsSync(file)) throw new Failure(`${file} exists already.`);
  const { kty, crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint({ kty, crv, x });
  writeFileSync(file, JSON.stringify({ kty, crv, x, d }), { mode: 0o600, flag: 'wx' });
  writeFileSync(`${file}.pub.json`, `${JSON.stringify({ kid, x, until: null }, null, 2)}\n`);
  say(`Private key: ${file} (keep it off the network). Public entry: ${file}.pub.json`);
  return 0;
}
