/** Shorthand for rows of facts: one key with its versions by date. */
import type { LocalDate } from '../lib/local-date.ts';
import type { Fact } from './law.ts';

export type Kind = Pick<Fact, 'key' | 'group' | 'name' | 'unit'>;
export type Version = readonly [
  from: LocalDate,
  to: LocalDate | null,
  value: string,
  verified: boolean,
  source: string,
];

export const UNREAD = 'chưa đọc được văn bản gốc; giá trị mặc định, cần xác nhận';

export function fact(kind: Kind, ...versions: readonly Version[]): readonly Fact[] {
  return versions.map(([from, to, value, verified, source]) => ({
    ...kind,
    from,
    to,
    value,
    verified,
    source,
  }));
}
