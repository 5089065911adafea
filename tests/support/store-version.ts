/** The version number in a closed store, as a program of another version would have left it. */
import path from 'node:path';
import type { DataKey } from '../../db/key-store.ts';
import { connect, DATA_FILE } from '../../db/open.ts';

export function setStoreVersion(folder: string, key: DataKey, version: number): void {
  const client = connect(path.join(folder, DATA_FILE), key);
  client.pragma(`user_version = ${version}`);
  client.pragma('wal_checkpoint(TRUNCATE)');
  client.close();
}
