/** What the reader takes of a system, and what it leaves. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { partsOfLinux, partsOfWindows, readHardware } from '../../../electron/data/hardware.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'smc-hardware-'));
});
afterEach(() => rmSync(root, { recursive: true }));
function put(file: string, text: string): void {
  const place = path.join(root, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}
function adapter(name: string, address: string, vendor: string | null): void {
  put(`sys/class/net/${name}/address`, `${address}\n`);
  if (vendor !== null) put(`sys/class/net/${name}/device/vendor`, vendor);
}

describe('Linux', () => {
  test('numbers of the board where they can be read, built-in adapters, built-in disks', () => {
    put('sys/class/dmi/id/product_uuid', '4c4c4544-0046-5a10-8054-b7c04f4e3532\n');
    put('sys/class/dmi/id/board_serial', 'Default string\n');
    adapter('enp3s0', 'd8:5e:d3:01:02:0a', '0x8086');
    // A USB dock, a bridge, and an address that was made up.
    adapter('enx00e04c680001', '00:e0:4c:68:00:01', null);
    adapter('docker0', '02:42:ac:11:00:02', null);
    adapter('wlp2s0', 'ce:11:22:33:44:55', '0x8086');
    for (const name of [
      'ata-Samsung_SSD_870_EVO_500GB_S62BNJ0R123456X',
      'ata-Samsung_SSD_870_EVO_500GB_S62BNJ0R123456X-part1',
      'usb-Kingston_DataTraveler_E0D55EA5-0:0',
      'dm-name-ubuntu--vg-root',
      'wwn-0x5002538f31234567',
    ])
      put(`dev/disk/by-id/${name}`, '');
    expect(partsOfLinux(root)).toEqual({
      board: ['4C4C454400465A108054B7C04F4E3532', 'MACD85ED301020A'],
      disk: ['SAMSUNGSSD870EVO500GBS62BNJ0R123456X'],
    });
  });
  test('a system that shows nothing says nothing', () => {
    expect(partsOfLinux(root)).toEqual({ board: [], disk: [] });
  });
});

describe('Windows', () => {
  test('the answer of the query', () => {
    const answer = JSON.stringify({
      uuid: ['4C4C4544-0046-5A10-8054-B7C04F4E3532'],
      board: ['/FZT8N53/CNWSC0024R00AB/'],
      mac: ['D8:5E:D3:01:02:0A', null],
      disk: ['S62BNJ0R123456X     ', null],
    });
    expect(partsOfWindows(answer)).toEqual({
      board: ['4C4C454400465A108054B7C04F4E3532', 'FZT8N53CNWSC0024R00AB', 'MACD85ED301020A'],
      disk: ['S62BNJ0R123456X'],
    });
  });
  test.each([
    ['one that knows nothing', '{"uuid":[null],"board":[],"mac":[],"disk":[]}'],
    ['one of another shape', '{"uuid":"4C4C4544-0046-5A10-8054-B7C04F4E3532","disk":7}'],
  ])('%s says nothing', (_, answer) => {
    expect(partsOfWindows(answer)).toEqual({ board: [], disk: [] });
  });
  test.each(['', 'Access denied', '[1'])(
    'what is no answer ("%s") fails, and the reader takes that for silence',
    (answer) => {
      expect(() => partsOfWindows(answer)).toThrow();
    },
  );
});

test('on whatever machine this runs, reading never fails', async () => {
  const { board, disk } = await readHardware();
  for (const part of [...board, ...disk]) expect(part).toMatch(/^[0-9A-Z]{5,}$/);
});
