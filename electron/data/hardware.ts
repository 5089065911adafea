/**
 * The numbers of this machine's own parts, read without rights of an administrator and without stopping anybody: files on Linux, one query in
 * a program of its own on Windows. Whatever cannot be read is left out; a machine that says nothing is never locked (shared/domain/hardware.ts).
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { adapterOf, type HardwareParts, partOf } from '../../shared/domain/hardware.ts';

const NOTHING: HardwareParts = { board: [], disk: [] };
const ANSWER_MS = 30_000;

/** Never fails. */
export async function readHardware(): Promise<HardwareParts> {
  try {
    if (process.platform === 'win32') return partsOfWindows(await askWindows());
    return process.platform === 'linux' ? partsOfLinux('/') : NOTHING;
  } catch {
    return NOTHING;
  }
}

const known = (parts: readonly (string | null)[]) => [...new Set(parts.filter((one) => one !== null))].sort();

/** `/dev/disk/by-id/<bus>-<model and number>`; sticks, parts of a disk and what is made of disks are left out. */
const DISK = /^(?:ata|nvme|scsi|mmc)-(?!.*-part\d+$)(?!.*virtual)(.+)$/i;

/** `root`: `/`, or a picture of it. The numbers of the board are for root alone; adapters and disks are for everybody. */
export function partsOfLinux(root: string): HardwareParts {
  const text = (...at: string[]) => partOf(textOf(path.join(root, ...at)));
  const dmi = ['product_uuid', 'board_serial', 'product_serial'].map((name) =>
    text('sys/class/dmi/id', name),
  );
  const adapters = namesIn(root, 'sys/class/net')
    // One without a device is a bridge, a tunnel, a loop; one behind USB is carried from machine to machine.
    .filter((name) => existsSync(path.join(root, 'sys/class/net', name, 'device', 'vendor')))
    .map((name) => adapterOf(textOf(path.join(root, 'sys/class/net', name, 'address'))));
  const disks = namesIn(root, 'dev/disk/by-id').map((name) => partOf(DISK.exec(name)?.[1] ?? ''));
  return { board: known([...dmi, ...adapters]), disk: known(disks) };
}

function namesIn(root: string, folder: string): string[] {
  const place = path.join(root, folder);
  return existsSync(place) ? readdirSync(place) : [];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Fixed text: nothing from outside is put into it. PCI alone: what is plugged into USB is carried from machine to machine. */
const QUERY = [
  "$ErrorActionPreference = 'SilentlyContinue'",
  'ConvertTo-Json -Compress @{',
  'uuid = @((Get-CimInstance Win32_ComputerSystemProduct).UUID);',
  'board = @((Get-CimInstance Win32_BaseBoard).SerialNumber);',
  "mac = @(Get-CimInstance Win32_NetworkAdapter | Where-Object { $_.PNPDeviceID -like 'PCI\\*' } | ForEach-Object { $_.MACAddress });",
  "disk = @(Get-CimInstance Win32_DiskDrive | Where-Object { $_.InterfaceType -ne 'USB' -and $_.InterfaceType -ne '1394' } | ForEach-Object { $_.SerialNumber })",
  '}',
].join('\n');

function askWindows(): Promise<string> {
  const shell = path.join(
    process.env['SystemRoot'] ?? 'C:\\Windows',
    'System32/WindowsPowerShell/v1.0/powershell.exe',
  );
  const args = ['-NoProfile', '-NonInteractive', '-Command', QUERY];
  return new Promise((done, failed) => {
    execFile(shell, args, { timeout: ANSWER_MS, windowsHide: true }, (error, answer) =>
      error ? failed(error) : done(answer),
    );
  });
}

const list = z.array(z.string().nullable()).catch([]);
const answered = z.object({ uuid: list, board: list, mac: list, disk: list });

/** The answer of the query. Fails where it is none. */
export function partsOfWindows(answer: string): HardwareParts {
  const { uuid, board, mac, disk } = answered.parse(JSON.parse(answer));
  const parts = (texts: readonly (string | null)[]) => texts.map((text) => partOf(text ?? ''));
  return {
    board: known([...parts([...uuid, ...board]), ...mac.map((one) => adapterOf(one ?? ''))]),
    disk: known(parts(disk)),
  };
}
