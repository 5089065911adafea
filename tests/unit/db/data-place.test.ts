/** Where the data must not lie, told from the mount table and the paths of both systems. */
import { expect, test } from 'vitest';
import { placeTrouble } from '../../../db/data-place.ts';

const mounts = [
  '/dev/sda2 / ext4 rw 0 0',
  '//may-chu/chung /mnt/chung cifs rw 0 0',
  'may:/xuat /srv/d\\040lieu nfs4 rw 0 0',
  'onedriver /home/an/Cloud fuse.onedriver rw 0 0',
  '/dev/sdb1 /mnt/chung/usb vfat rw 0 0',
].join('\n');
const linux = (folder: string) => placeTrouble(folder, { platform: 'linux', env: {}, mounts })?.code ?? null;
const windows = (folder: string, env = {}) =>
  placeTrouble(folder, { platform: 'win32', env, mounts: '' })?.code ?? null;

test.each([
  ['/home/an/.config/so-mot-cua', null],
  ['/mnt/chungcu', null],
  ['/mnt/chung', 'DB_PLACE_NETWORK'],
  ['/mnt/chung/so', 'DB_PLACE_NETWORK'],
  ['/mnt/chung/usb/so', null],
  ['/srv/d lieu/so', 'DB_PLACE_NETWORK'],
  ['/home/an/Cloud/so', 'DB_PLACE_NETWORK'],
  ['/home/an/Dropbox/so', 'DB_PLACE_SYNCED'],
  ['/home/an/Dropbox (Phường)/so', 'DB_PLACE_SYNCED'],
  ['/home/an/Google Drive/so', 'DB_PLACE_SYNCED'],
  ['/home/an/OneDrive - UBND/so', 'DB_PLACE_SYNCED'],
  ['/home/an/khong-dropbox/so', null],
])('Linux: %s', (folder, code) => {
  expect(linux(folder)).toBe(code);
});

test.each<[string, Record<string, string>, string | null]>([
  ['C:\\Users\\an\\AppData\\Roaming\\so-mot-cua', {}, null],
  ['\\\\?\\C:\\so', {}, null],
  ['\\\\may-chu\\chung\\so', {}, 'DB_PLACE_NETWORK'],
  ['C:\\Users\\an\\OneDrive\\so', {}, 'DB_PLACE_SYNCED'],
  ['C:\\Users\\an\\onedrive - ubnd\\so', {}, 'DB_PLACE_SYNCED'],
  ['D:\\Dong bo\\so', { OneDriveCommercial: 'd:\\dong bo' }, 'DB_PLACE_SYNCED'],
  ['D:\\Dong bo khac\\so', { OneDrive: 'D:\\Dong bo' }, null],
])('Windows: %s', (folder, env, code) => {
  expect(windows(folder, env)).toBe(code);
});
