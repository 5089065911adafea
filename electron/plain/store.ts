/** Plain copies of what a desk keeps sealed, for the day when the program is gone: docs/formats.md says the same in words. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { asideFiles, readAside } from '../../db/access-aside.ts';
import { backupFolder, listBackups } from '../../db/backup/folder.ts';
import { type FileStore, unsealed } from '../../db/file-seal.ts';
import { readSegment, segmentNumbers } from '../../db/journal/segment.ts';
import type { DataKey } from '../../db/key-store.ts';
import { connect, DATA_FILE } from '../../db/open.ts';
import { fail } from '../../shared/problem.ts';

const PLAIN = 'SQLite format 3\0';

/**
 * A plain SQLite file `to` with all that `from` holds; `from` is not touched. Answers the key of the scans, which stands in the store; null
 * in one that has none. Fails with DB_DAMAGED, also where the key is another.
 */
export function plainDatabase(from: string, key: DataKey, to: string): Buffer | null {
  for (const end of ['', '-wal']) {
    rmSync(to + end, { force: true });
    if (existsSync(from + end)) copyFileSync(from + end, to + end);
  }
  try {
    const client = connect(to, key);
    try {
      // What stands in the log goes into the file; a log cannot be given another key.
      client.pragma('journal_mode = DELETE');
      client.pragma("rekey = ''");
      if (client.pragma('integrity_check', { simple: true }) !== 'ok') fail('DB_DAMAGED');
      if (headOf(to, PLAIN.length) !== PLAIN) fail('DB_DAMAGED');
      return fileKeyIn(client);
    } finally {
      client.close();
    }
  } catch (error) {
    // Half of it, or a copy that is sealed still, would be taken for the real thing.
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(to + end, { force: true });
    throw error;
  }
}

function headOf(file: string, length: number): string {
  const handle = openSync(file, 'r');
  const head = Buffer.alloc(length);
  readSync(handle, head);
  closeSync(handle);
  return head.toString('latin1');
}

export interface Opened {
  readonly databases: readonly string[];
  readonly journals: readonly string[];
  /** Accesses of a time in which the store could not be written. */
  readonly accesses: readonly string[];
  readonly scans: readonly string[];
  /** What could not be opened, by name. */
  readonly damaged: readonly string[];
}

/** Everything in a data folder, plain, in the folder `to`: the store, its backups, the journal, accesses beside it, the scans. */
export async function plainFolder(folder: string, key: DataKey, to: string): Promise<Opened> {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const found = {
    databases: [] as string[],
    journals: [] as string[],
    accesses: [] as string[],
    scans: [] as string[],
    damaged: [] as string[],
  };
  const sources = [
    { from: path.join(folder, DATA_FILE), name: 'desk.sqlite' },
    ...listBackups(backupFolder(folder)).map(({ file, name }) => ({
      from: file,
      name: `${path.basename(name, '.db')}.sqlite`,
    })),
  ];
  let fileKey: Buffer | null = null;
  for (const { from, name } of sources.filter((one) => existsSync(one.from)))
    note(name, found.databases, found.damaged, () => {
      // Of the newest that opens: the key of the scans is made once.
      fileKey = plainDatabase(from, key, path.join(to, name)) ?? fileKey;
    });
  for (const number of segmentNumbers(folder)) {
    const name = `journal-${number}.jsonl`;
    note(name, found.journals, found.damaged, () => writeJournal(folder, number, key, path.join(to, name)));
  }
  for (const [i, file] of asideFiles(folder).entries()) {
    const name = `access-${i + 1}.jsonl`;
    note(name, found.accesses, found.damaged, () => {
      const { entries, lost } = readAside(file, key);
      if (entries.length > 0) writeLines(path.join(to, name), entries);
      if (lost > 0 || entries.length === 0) fail('DB_DAMAGED');
    });
  }
  for (const { file, name } of sealedScans(folder)) {
    const content = fileKey && (await contentOf({ folder, key: fileKey }, file));
    if (content) {
      writeFileSync(path.join(to, `${name}${endOf(content)}`), content, { mode: 0o600 });
      found.scans.push(`${name}${endOf(content)}`);
    } else found.damaged.push(name);
  }
  return found;
}

function note(name: string, good: string[], damaged: string[], work: () => void): void {
  try {
    work();
    good.push(name);
  } catch {
    damaged.push(name);
  }
}

function writeJournal(folder: string, number: number, key: DataKey, to: string): void {
  const segment = readSegment(folder, number, key) ?? fail('DB_DAMAGED');
  writeLines(to, [segment.header, ...segment.entries()]);
}

function writeLines(to: string, entries: readonly unknown[]): void {
  writeFileSync(to, entries.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 });
}

function fileKeyIn(client: Database): Buffer | null {
  const known = client.prepare("SELECT 1 FROM sqlite_master WHERE name = 'file_key'").get();
  const hex = known && client.prepare('SELECT key FROM file_key').pluck().get();
  return typeof hex === 'string' ? Buffer.from(hex, 'hex') : null;
}

function sealedScans(folder: string): { file: string; name: string }[] {
  const root = path.join(folder, 'files');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name))
    .map((entry) => ({ file: path.join(entry.parentPath, entry.name), name: entry.name }));
}

async function contentOf(store: FileStore, file: string): Promise<Buffer | null> {
  const handle = await open(file, 'r');
  try {
    const parts: Buffer[] = [];
    for await (const part of unsealed(store, handle)) parts.push(part);
    return Buffer.concat(parts);
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

function endOf(content: Buffer): string {
  const head = content.subarray(0, 4).toString('latin1');
  if (head === '%PDF') return '.pdf';
  return head.startsWith('\u00ff\u00d8') ? '.jpg' : '.png';
}
