/** The tables that hold what cannot be worked out again: all but those that follow from the events. */
import type { Database } from 'better-sqlite3';
import { PROJECTED } from '../rebuild.ts';

export interface TruthTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

export function truthTables(client: Database): readonly TruthTable[] {
  const names = client
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all() as string[];
  const left = new Set<string>([...PROJECTED, 'journal_state', 'rebuild_due']);
  return names
    .filter((name) => !left.has(name) && !name.startsWith('dossier_search'))
    .map((name) => {
      const columns = client.prepare('SELECT name, pk FROM pragma_table_info(?) ORDER BY cid').all(name) as {
        name: string;
        pk: number;
      }[];
      const key = columns.filter((c) => c.pk > 0).sort((a, b) => a.pk - b.pk);
      return { name, columns: columns.map((c) => c.name), key: key.map((c) => c.name) };
    });
}

const quoted = (name: string) => `"${name}"`;
export const putSql = ({ name, columns }: TruthTable) =>
  `INSERT OR REPLACE INTO ${quoted(name)} VALUES (${columns.map(() => '?').join(', ')})`;
export const deleteSql = ({ name, key }: TruthTable) =>
  `DELETE FROM ${quoted(name)} WHERE ${key.map((c) => `${quoted(c)} = ?`).join(' AND ')}`;

/** Three triggers for each table, of this connection alone, which call `note(table, what, …values)`. */
export function triggerSql({ name, columns, key }: TruthTable, note: string): string {
  const values = (row: string, names: readonly string[]) =>
    names.map((c) => `${row}.${quoted(c)}`).join(', ');
  const trigger = (event: string, call: string) =>
    `CREATE TEMP TRIGGER journal_${name}_${event} AFTER ${event} ON main.${quoted(name)} BEGIN SELECT ${note}('${name}', ${call}); END;`;
  const put = `'put', ${values('NEW', columns)}`;
  return trigger('INSERT', put) + trigger('UPDATE', put) + trigger('DELETE', `'del', ${values('OLD', key)}`);
}
