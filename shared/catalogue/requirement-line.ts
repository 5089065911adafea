/** Shorthand for rows of requirements: a required paper of one chain, missing until handed in, asked since the roll-out. */
import type { Condition } from '../domain/condition.ts';
import type { ChainCode, Requirement } from './law.ts';

type Line = Omit<Requirement, 'chain' | 'from' | 'to' | 'weight' | 'initial'> & Partial<Requirement>;

export const lineOf =
  (chain: ChainCode) =>
  (line: Line): Requirement => ({
    chain,
    from: '2023-07-10',
    to: null,
    weight: 'required',
    initial: 'missing',
    ...line,
  });

export const is = (fact: string, ...values: readonly string[]): Condition => ({ fact, is: values });
export const not = (condition: Condition): Condition => ({ not: condition });
export const all = (...conditions: readonly Condition[]): Condition => ({ all: conditions });
export const any = (...conditions: readonly Condition[]): Condition => ({ any: conditions });

export const UNREAD = 'chưa đọc được văn bản gốc; cần xác nhận';
export const QD296 = 'QĐ 296/QĐ-VPCP ngày 12/06/2024';
