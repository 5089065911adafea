// The installable app in out/package: a folder on every platform; on Linux a .deb of it, on Windows the NSIS installer.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { appBuild } from '../bootstrap/app-build.mjs';
import { runtime } from '../bootstrap/desk.mjs';
import { isLinux, root } from '../bootstrap/paths.mjs';
import { Failure, say, timed } from '../bootstrap/say.mjs';
import { must, tool, which } from '../bootstrap/shell.mjs';
import { releaseCheck } from './release-check.ts';
import { writeSbom } from './sbom.mjs';

const out = path.join(root, 'out/package');
const nativeFile = `prebuilds/${process.platform}-${process.arch}.node`;
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** `electron-builder.yml` says what each fuse must be; what the finished program holds is read back and compared. */
const FUSES = {
  RunAsNode: 'off',
  EnableCookieEncryption: 'on',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
};

export async function pack(args) {
  const onlyFolder = args.includes('--dir');
  const config = readFileSync(path.join(root, 'build/electron-builder.yml'), 'utf8');
  const checked = releaseCheck({ env: process.env, platform: process.platform, config });
  if (checked.fault) throw new Failure(checked.fault);
  for (const line of checked.told) say(`  ${line}`);
  const electron = await runtime();
  await appBuild();
  sealNative();
  writeFileSync(path.join(root, 'out/main/update-keys.json'), JSON.stringify(checked.keys));
  rmSync(out, { recursive: true, force: true });
  await timed('The installable folder', () => builder(electron, { onlyFolder, ...checked }));
  const folder = unpacked();
  await requireFuses(programIn(folder));
  rmSync(path.join(out, 'builder-debug.yml'), { force: true });
  writeSbom(path.join(out, `so-mot-cua-${version}.cdx.json`), electronVersion(electron));
  if (isLinux && !onlyFolder) await timed('The .deb', () => deb(folder));
  for (const file of readdirSync(out))
    say(`  out/package/${file}  ${Math.round(sizeOf(path.join(out, file)) / 2 ** 20)} MB`);
  return 0;
}

/** The one file outside the archive: main compares it with this hash at each start. */
function sealNative() {
  const bytes = readFileSync(path.join(root, 'node_modules/better-sqlite3', nativeFile));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(path.join(root, 'out/main/native.json'), JSON.stringify({ file: nativeFile, sha256 }));
}

async function builder(electron, { onlyFolder, publisherName }) {
  const platform = { linux: '--linux', win32: '--win', darwin: '--mac' }[process.platform];
  // NSIS is fetched by the builder itself; the Linux installer is made below from the same folder.
  const target = process.platform === 'win32' && !onlyFolder ? ['nsis'] : ['dir'];
  await must(
    process.execPath,
    [
      tool('electron-builder', 'cli.js'),
      platform,
      ...target,
      ...['--config', 'build/electron-builder.yml', '--publish', 'never'],
      `-c.electronDist=${emptyRuntime(electron)}`,
      `-c.electronVersion=${electronVersion(electron)}`,
      ...(publisherName ? [`-c.win.signtoolOptions.publisherName=${publisherName}`] : []),
    ],
    // A hard link would write the fuses into the runtime that all clones share.
    { env: { ...process.env, USE_HARD_LINKS: 'false' } },
  );
}

/** A copy of the runtime without an app of its own in resources/. */
function emptyRuntime(electron) {
  const copy = path.join(root, 'out/electron-dist');
  rmSync(copy, { recursive: true, force: true });
  cpSync(path.dirname(electron), copy, { recursive: true });
  rmSync(path.join(copy, 'resources'), { recursive: true, force: true });
  mkdirSync(path.join(copy, 'resources'));
  return copy;
}

function electronVersion(electron) {
  const file = path.join(path.dirname(electron), 'version');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim().replace(/^v/, '');
  const named = /electron-(\d+\.\d+\.\d+)/.exec(electron);
  if (!named) throw new Failure(`${electron} does not say its version.`);
  return named[1];
}

function unpacked() {
  const name = readdirSync(out).find((entry) => /-unpacked$|^mac/.test(entry));
  if (!name) throw new Failure('electron-builder left no folder.');
  return path.join(out, name);
}

const programIn = (folder) =>
  path.join(folder, process.platform === 'win32' ? 'so-mot-cua.exe' : 'so-mot-cua');

async function requireFuses(program) {
  const wire = await getCurrentFuseWire(program);
  for (const [name, wanted] of Object.entries(FUSES)) {
    const state = wire[FuseV1Options[name]] === 0x31 ? 'on' : 'off';
    if (state !== wanted) throw new Failure(`Fuse ${name} is ${state}, it must be ${wanted}.`);
  }
}

/** What Electron needs of the system, as Debian names it; newer releases end some names in t64. */
const DEPENDS = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libasound2 | libasound2t64',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatspi2.0-0 | libatspi2.0-0t64',
];

const DESKTOP = `[Desktop Entry]
Name=Sổ Một Cửa
Comment=Sổ tiếp nhận hồ sơ liên thông và số liệu ngoại ngành
Exec=/opt/so-mot-cua/so-mot-cua %U
Icon=so-mot-cua
Type=Application
Categories=Office;
StartupWMClass=So Mot Cua
`;

/** dpkg runs this for both a removal and a purge: the offices' data is never its business. */
const POSTRM = `#!/bin/sh
set -e
if [ "$1" = remove ] || [ "$1" = purge ]; then
  echo "So Mot Cua: du lieu cua tung nguoi dung van con o ~/.config/so-mot-cua (khong bi xoa)."
fi
`;

async function deb(folder) {
  const dpkg = which('dpkg-deb');
  if (!dpkg) throw new Failure('dpkg-deb is not on this system: use --dir.');
  const tree = path.join(root, 'out/deb');
  rmSync(tree, { recursive: true, force: true });
  const put = (file, text, mode = 0o644) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text, { mode });
  };
  cpSync(folder, path.join(tree, 'opt/so-mot-cua'), { recursive: true });
  // Where the kernel gives users no namespaces, the sandbox needs its helper to belong to root with the s bit.
  chmodSync(path.join(tree, 'opt/so-mot-cua/chrome-sandbox'), 0o4755);
  put('usr/share/applications/so-mot-cua.desktop', DESKTOP);
  put(
    'usr/share/icons/hicolor/512x512/apps/so-mot-cua.png',
    readFileSync(path.join(root, 'build/icons/icon.png')),
  );
  put('DEBIAN/control', control(sizeOf(path.join(tree, 'opt'))));
  put('DEBIAN/postrm', POSTRM, 0o755);
  const file = path.join(out, `so-mot-cua_${version}_${debArch()}.deb`);
  await must(dpkg, ['--root-owner-group', '-Zxz', '--build', tree, file]);
  rmSync(tree, { recursive: true });
}

const debArch = () => ({ x64: 'amd64', arm64: 'arm64' })[process.arch] ?? process.arch;

const control = (bytes) => `Package: so-mot-cua
Version: ${version}
Architecture: ${debArch()}
Maintainer: So Mot Cua <team@so-mot-cua.invalid>
Installed-Size: ${Math.ceil(bytes / 1024)}
Depends: ${DEPENDS.join(', ')}
Section: misc
Priority: optional
Description: So Mot Cua, the register of a one-stop desk
 Dossiers of the linked procedures and ngoai nganh counts, recorded without a network and sent to the city.
`;

function sizeOf(entry) {
  if (!statSync(entry).isDirectory()) return statSync(entry).size;
  return readdirSync(entry).reduce((sum, name) => sum + sizeOf(path.join(entry, name)), 0);
}
