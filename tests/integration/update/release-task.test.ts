/** Making a release and packing a program for offices: what must be there, and that the desk takes what the task signs. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseCheck } from '../../../build/tasks/release-check.ts';
import { type HandOver, handOver } from '../../../electron/update/hand-over.ts';
import { readManifest } from '../../../electron/update/read-manifest.ts';
import product from '../../../package.json' with { type: 'json' };
import { UPDATE_FILE, updateKeys } from '../../../shared/domain/update.ts';
import { tempFolder } from '../../support/temp-desk.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const { version } = product;
const folder = tempFolder('release-task');
const at = (name: string) => path.join(folder, name);
const run = (...args: string[]) =>
  execFileSync(process.execPath, ['build/run.mjs', 'release', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
  });
const refusal = (...args: string[]) => {
  try {
    return run(...args);
  } catch (error) {
    return String((error as { stderr: string }).stderr);
  }
};
beforeAll(() => {
  run('--new-key', at('key.json'));
  writeFileSync(at('keys.json'), `[${readFileSync(at('key.json.pub.json'), 'utf8')}]`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the release task', () => {
  test('makes a key whose private half only its owner reads, and never over another one', () => {
    expect(statSync(at('key.json')).mode & 0o077).toBe(0);
    expect(readFileSync(at('key.json.pub.json'), 'utf8')).not.toContain('"d"');
    expect(refusal('--new-key', at('key.json'))).toContain('exists already');
  });
  test('signs what lies there, under plain names, and the desk takes it', async () => {
    mkdirSync(at('package'));
    const deb = `so-mot-cua_${version}_amd64.deb`;
    const contents = {
      [deb]: 'linux',
      [`So Mot Cua Setup ${version}.exe`]: 'windows',
      'so-mot-cua_0.0.1_amd64.deb': 'old',
    };
    for (const [name, text] of Object.entries(contents)) writeFileSync(at(`package/${name}`), text);
    writeFileSync(at('notes.txt'), 'Sửa lỗi in.\n\nTìm nhanh hơn.\n');
    run('--key', at('key.json'), '--packages', at('package'), '--notes', at('notes.txt'), '--out', at('out'));
    const exe = `so-mot-cua-${version}-win32-x64.exe`;
    expect(readdirSync(at('out')).sort()).toEqual([UPDATE_FILE, exe, deb].sort());
    const keys = updateKeys.parse(JSON.parse(readFileSync(at('keys.json'), 'utf8')));
    const manifest = await readManifest(readFileSync(at(`out/${UPDATE_FILE}`), 'utf8'), keys, Date.now());
    expect(manifest).toMatchObject({
      version,
      notes: ['Sửa lỗi in.', 'Tìm nhanh hơn.'],
      schema: readdirSync(path.join(root, 'db/migrations')).length,
    });
    for (const { name, size, sha256 } of manifest.files) {
      const bytes = readFileSync(at(`out/${name}`));
      expect([size, sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')]);
    }
    expect(manifest.files.map((file) => file.platform).sort()).toEqual(['linux-x64', 'win32-x64']);
  });
  test('without a key, or without an installer of this version, makes nothing', () => {
    expect(refusal('--packages', at('package'))).toContain('Which key?');
    expect(refusal('--key', at('key.json'), '--packages', at('nowhere'), '--out', at('none'))).toContain(
      'No installer',
    );
    expect(existsSync(at('none'))).toBe(false);
  });
});

describe('the check before packing', () => {
  const config = readFileSync(path.join(root, 'build/electron-builder.yml'), 'utf8');
  const keys = () => ({ SMC_UPDATE_KEYS: at('keys.json') });
  const signed = { CSC_LINK: 'file.pfx' };
  const check = (platform: string, env: object, text = config) => {
    const { fault, told } = releaseCheck({ platform, env: { ...env }, config: text });
    return fault ?? told;
  };
  test('a development build is made, and says what it is', () => {
    expect(check('linux', {})).toEqual([expect.stringContaining('takes no updates')]);
    expect(check('win32', {})).toEqual([
      expect.stringContaining('takes no updates'),
      expect.stringContaining('not signed'),
    ]);
  });
  test.each<[string, string, () => object, string]>([
    ['a release without update keys', 'linux', () => ({ SMC_RELEASE: '1' }), 'public update keys'],
    ['a signed Windows build without a publisher', 'win32', () => signed, 'publisherName'],
    [
      'a Windows release without a signature',
      'win32',
      () => ({ ...keys(), SMC_RELEASE: '1' }),
      'must be signed',
    ],
    [
      'a list of keys that is none',
      'linux',
      () => ({ SMC_UPDATE_KEYS: at('key.json') }),
      'no list of update keys',
    ],
  ])('%s is not packed', (_name, platform, env, words) => {
    expect(check(platform, env())).toContain(words);
  });
  test('what has all of it is packed without a word', () => {
    expect(check('linux', { ...keys(), SMC_RELEASE: '1' })).toEqual([]);
    const whole = { ...keys(), ...signed, SMC_RELEASE: '1' };
    expect(check('win32', { ...whole, SMC_PUBLISHER_NAME: 'Thành phố' })).toEqual([]);
    expect(
      check('win32', whole, `${config}\n  signtoolOptions: { x: 1 }\n  publisherName: "Thành phố"\n`),
    ).toEqual([]);
  });
});

describe('the hand-over to the installer', () => {
  const file = '/home/lan/.config/so-mot-cua/desk-updates/0.5.0/so-mot-cua_0.5.0_amd64.deb';
  const linux = {
    platform: 'linux',
    uid: 1000,
    program: '/opt/so-mot-cua/so-mot-cua',
    has: () => true,
  } as const;
  test.each<[string, HandOver, Parameters<typeof handOver>[0], string]>([
    [
      'pkexec asks for the administrator',
      { kind: 'wait', command: '/usr/bin/pkexec', args: ['/usr/bin/dpkg', '-i', file] },
      linux,
      file,
    ],
    [
      'root needs nobody',
      { kind: 'wait', command: '/usr/bin/dpkg', args: ['-i', file] },
      { ...linux, uid: 0 },
      file,
    ],
    [
      'no pkexec',
      { kind: 'by_hand', line: `sudo apt install ${file}` },
      { ...linux, has: (tool) => !tool.endsWith('pkexec') },
      file,
    ],
    ['no dpkg', { kind: 'by_hand', line: `sudo apt install ${file}` }, { ...linux, has: () => false }, file],
    [
      'not put there by dpkg',
      { kind: 'by_hand', line: `sudo apt install ${file}` },
      { ...linux, program: '/tmp/so-mot-cua' },
      file,
    ],
    [
      'a name that a shell would read',
      { kind: 'by_hand', line: "sudo apt install '/a b/x'\\''; rm y.deb'" },
      { ...linux, has: () => false },
      "/a b/x'; rm y.deb",
    ],
  ])('%s', (_name, expected, system, installer) => {
    expect(handOver(system, installer)).toEqual(expected);
  });
  test('Windows asks by itself, and a quote in a folder stays a quote', () => {
    const windows = { platform: 'win32', uid: null, program: 'C:\\x.exe', has: () => true } as const;
    const plan = handOver(windows, "C:\\Users\\O'Lan\\x.exe");
    expect(plan).toMatchObject({ kind: 'leave' });
    expect(plan.kind === 'leave' && plan.args.at(-1)).toBe(
      "Start-Process -FilePath 'C:\\Users\\O''Lan\\x.exe' -ArgumentList '/S','--force-run' -Verb RunAs",
    );
    expect(handOver({ ...windows, has: () => false }, 'C:\\x.exe')).toEqual({
      kind: 'by_hand',
      line: '"C:\\x.exe" /S',
    });
  });
});
