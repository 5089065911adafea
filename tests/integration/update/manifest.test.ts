/** Which manifests count: by key and signature before anything in them is read, then by what they say, then by this machine. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readManifest } from '../../../electron/update/read-manifest.ts';
import {
  compareVersions,
  INSTALLER_MAX_BYTES,
  installerFor,
  type OwnBuild,
  type UpdateManifest,
} from '../../../shared/domain/update.ts';
import { problemOf } from '../../support/problem-of.ts';
import {
  installerOf,
  manifestOf,
  PLATFORM,
  type ReleaseKey,
  releaseKey,
  signManifest,
} from '../../support/release.ts';

const NOW = Date.parse('2026-11-20T02:00:00Z');
const good = manifestOf('0.5.0', installerOf('0.5.0', 100));
let [key, next, stranger, ended]: ReleaseKey[] = [];
const keyed = (found: ReleaseKey | undefined): ReleaseKey => {
  if (!found) throw new Error('no key');
  return found;
};
const trusted = () => [key, next, ended].map((one) => keyed(one).trusted);
beforeAll(async () => {
  [key, next, stranger, ended] = [
    await releaseKey(),
    await releaseKey('2027-06-01T00:00:00.000Z'),
    await releaseKey(),
    await releaseKey('2026-11-01T00:00:00.000Z'),
  ];
});
const read = (jws: string, now = NOW) => readManifest(jws, trusted(), now);

describe('by signature', () => {
  test('two keys stand beside each other', async () => {
    for (const one of [key, next]) expect(await read(await signManifest(good, keyed(one)))).toEqual(good);
  });
  test('a key that ended takes nothing, and a clock put back does not make it good again', async () => {
    const jws = await signManifest(good, keyed(ended));
    expect(await problemOf(read(jws))).toBe('UPDATE_KEY_EXPIRED');
    expect(await problemOf(read(jws, 0))).toBe('UPDATE_KEY_EXPIRED');
    const early = { ...good, at: '2026-10-01T00:00:00.000Z' };
    expect(
      await problemOf(read(await signManifest(early, keyed(ended)), Date.parse('2026-10-02T00:00:00Z'))),
    ).toBe('OK');
  });
  test('a strange key, and a strange key under the name of ours', async () => {
    expect(await problemOf(read(await signManifest(good, keyed(stranger))))).toBe('UPDATE_KEY_UNKNOWN');
    const { kid } = keyed(key).trusted;
    expect(await problemOf(read(await signManifest(good, keyed(stranger), { kid })))).toBe(
      'UPDATE_SIGNATURE',
    );
  });
  test.each([
    ['another purpose', { typ: 'smc-receipt+jws' }],
    ['no purpose', { typ: undefined }],
    ['no key name', { kid: undefined }],
    ['a key name that is none', { kid: 7 }],
    ['a header without end', { x: 'x'.repeat(600) }],
  ])('%s is none of ours', async (_name, header) => {
    expect(await problemOf(read(await signManifest(good, keyed(key), header)))).toBe('UPDATE_UNREADABLE');
  });
  test.each([
    '',
    '.',
    '..',
    '...',
    'x',
    '{}',
    '\u0000',
    'ey.ey.ey',
    '<html></html>',
    'a'.repeat(70_000),
    '.'.repeat(70_000),
  ])('what is no manifest at all: %j', async (text) => {
    expect(await problemOf(read(text))).toBe('UPDATE_UNREADABLE');
  });
  test('one without an algorithm, as forgers like it', async () => {
    const [, body] = (await signManifest(good, keyed(key))).split('.');
    const head = Buffer.from(
      JSON.stringify({ alg: 'none', typ: 'smc-update+jws', kid: keyed(key).trusted.kid }),
    );
    expect(await problemOf(read(`${head.toString('base64url')}.${body}.`))).toBe('UPDATE_UNREADABLE');
  });
  test('one character bent anywhere is never taken', async () => {
    const jws = await signManifest(good, keyed(key));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(jws.length - 1),
        fc.constantFrom('A', 'z', '_', '.', '0'),
        async (at, letter) => {
          const bent = jws.slice(0, at) + letter + jws.slice(at + 1);
          const answer = await problemOf(read(bent));
          // The last letter of the signature carries two bits that say nothing.
          if (
            Buffer.from(bent.split('.')[2] ?? '', 'base64url').equals(
              Buffer.from(jws.split('.')[2] ?? '', 'base64url'),
            ) &&
            bent.split('.').slice(0, 2).join() === jws.split('.').slice(0, 2).join()
          )
            expect(answer).toBe('OK');
          else expect(['UPDATE_SIGNATURE', 'UPDATE_UNREADABLE', 'UPDATE_KEY_UNKNOWN']).toContain(answer);
        },
      ),
      { numRuns: 300 },
    );
  });
  test('cut off after every byte it is never taken', async () => {
    const jws = await signManifest(good, keyed(key));
    for (let n = 0; n < jws.length; n++)
      expect(await problemOf(read(jws.slice(0, n))), String(n)).not.toBe('OK');
  });
});

describe('by content, though the signature is right', () => {
  const file = good.files[0];
  test.each<[string, unknown]>([
    ['no JSON', '{'],
    ['nested without end', '['.repeat(20_000)],
    ['another version of the manifest', { ...good, v: 2 }],
    ['an unknown field', { ...good, more: 1 }],
    ['no files', { ...good, files: [] }],
    ['a version with a letter', { ...good, version: '0.5.0-beta' }],
    ['a version that climbs', { ...good, version: '../../1.0.0' }],
    ['a name that climbs', { ...good, files: [{ ...file, name: '../../evil.deb' }] }],
    ['a name with a folder', { ...good, files: [{ ...file, name: 'a/b.deb' }] }],
    ['a name of Windows that climbs', { ...good, files: [{ ...file, name: '..\\evil.exe' }] }],
    ['an absolute name', { ...good, files: [{ ...file, name: '/etc/cron.d/x.deb' }] }],
    ['a name with a NUL', { ...good, files: [{ ...file, name: 'x\u0000.deb' }] }],
    ['a script', { ...good, files: [{ ...file, name: 'setup.sh' }] }],
    ['the manifest’s own name', { ...good, files: [{ ...file, name: 'so-mot-cua.ban-cap-nhat' }] }],
    ['an option for the installer', { ...good, files: [{ ...file, name: '-i.deb' }] }],
    ['a size of nothing', { ...good, files: [{ ...file, size: 0 }] }],
    ['a size below nothing', { ...good, files: [{ ...file, size: -5 }] }],
    ['a huge size', { ...good, files: [{ ...file, size: INSTALLER_MAX_BYTES + 1 }] }],
    ['half a byte', { ...good, files: [{ ...file, size: 1.5 }] }],
    ['a hash of another kind', { ...good, files: [{ ...file, sha256: 'abc' }] }],
    ['a hash in capitals', { ...good, files: [{ ...file, sha256: 'A'.repeat(64) }] }],
    ['notes without end', { ...good, notes: ['x'.repeat(301)] }],
    ['a day that is none', { ...good, at: 'hôm qua' }],
  ])('%s', async (_name, content) => {
    expect(await problemOf(read(await signManifest(content, keyed(key))))).toBe('UPDATE_UNREADABLE');
  });
});

describe('by this machine', () => {
  const own: OwnBuild = { version: '0.4.0', platform: PLATFORM, schema: 14, protocol: { min: 1, max: 1 } };
  const judged = (manifest: UpdateManifest) => problemOf((async () => installerFor(manifest, own))());
  test.each<[string, Partial<UpdateManifest>]>([
    ['UPDATE_NOT_NEWER', { version: '0.4.0' }],
    ['UPDATE_NOT_NEWER', { version: '0.3.9' }],
    ['UPDATE_NOT_NEWER', { version: '0.0.10' }],
    ['UPDATE_STEP_BETWEEN', { from: '0.4.1' }],
    ['UPDATE_OLD_TABLES', { schema: 13 }],
    ['UPDATE_PROTOCOL', { protocol: { min: 2, max: 3 } }],
    [
      'UPDATE_OTHER_PLATFORM',
      { files: [{ ...manifestOf('1.0.0', Buffer.from('x')).files[0], platform: 'win32-x64' } as never] },
    ],
    ['OK', {}],
    ['OK', { version: '0.10.0' }],
    ['OK', { schema: 14, from: '0.4.0', protocol: { min: 1, max: 2 } }],
  ])('%s: %j', async (answer, more) => {
    expect(await judged({ ...good, ...more })).toBe(answer);
  });
  test('versions are ordered by their numbers', () => {
    const part = fc.nat(30);
    const version = fc.tuple(part, part, part);
    fc.assert(
      fc.property(version, version, (a, b) => {
        const way = compareVersions(a.join('.'), b.join('.'));
        const [i = 2] = [0, 1, 2].filter((n) => a[n] !== b[n]);
        expect(Math.sign(way)).toBe(Math.sign((a[i] ?? 0) - (b[i] ?? 0)));
        expect(compareVersions(b.join('.'), a.join('.'))).toBe(way === 0 ? 0 : -way);
      }),
    );
    expect(compareVersions('0.0.0-test', '0.0.1')).toBeLessThan(0);
  });
});
