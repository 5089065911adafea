/** What the declarations are made of: a field with its kind, its rules and the condition under which it is asked. */
import type { ProblemCode } from '../problem.ts';
import type { Condition } from './condition.ts';

export type FieldKind =
  | 'name'
  | 'text'
  /** Text of several lines on the screen; stored as one line. */
  | 'long_text'
  | 'date'
  | 'partial_date'
  | 'time'
  | 'choice'
  | 'citizen_number'
  | 'phone'
  | 'email'
  /** A whole number without sign, stored as digits. */
  | 'number'
  /** Whole đồng, typed as 25.300.000 or 25300000, stored as digits. */
  | 'money'
  | 'flag';

/** Whose number a `citizen_number` is: the fields that hold this person's sex, birth and nationality. */
export interface PersonFields {
  readonly sex?: string;
  /** The sex that follows from the block itself (mother, father). */
  readonly sexIs?: 'nam' | 'nu';
  readonly birth?: string;
  readonly nationality?: string;
}

export interface FieldRule {
  readonly key: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** The field is part of the case only while this holds on its facts; null = always. */
  readonly when: Condition | null;
  /** Seldom needed: the screen keeps it behind one key until it is asked for or filled. */
  readonly rare: boolean;
  /** The flag asks for a component of the chain (`ComponentRule.onRequest`). */
  readonly component?: boolean;
  /** Allowed values of a `choice`. */
  readonly choices?: readonly string[];
  readonly person?: PersonFields;
  /** Shape of the number on the paper; a misfit is only warned about. */
  readonly shape?: (text: string) => ProblemCode | null;
  /** The date that this text says in words; a blank text stands for the usual words (`wordsOf`). */
  readonly words?: string;
  /** A date that may not lie after the reception day. */
  readonly past?: boolean;
  /** Dates before 1900 are refused for the living, only warned about for the dead. */
  readonly ancient?: 'refuse' | 'warn';
  /** Grid columns of twelve. */
  readonly span: number;
}
export interface SectionRule {
  readonly key: string;
  readonly when: Condition | null;
  readonly fields: readonly FieldRule[];
}

export const must = { required: true } as const;
export const component = { component: true } as const;
export const rare = { rare: true } as const;
export const livingDate = { past: true, ancient: 'refuse' } as const;
export const deadDate = { past: true, ancient: 'warn' } as const;

export function field(key: string, kind: FieldKind, span: number, more: Partial<FieldRule> = {}): FieldRule {
  return { key, kind, span, required: false, rare: false, when: null, ...more };
}

export function is(fact: string, ...values: readonly string[]): Condition {
  return { fact, is: values };
}

export function filled(fact: string): Condition {
  return { not: is(fact, '') };
}

/** Person, paper, relation: the same on both declarations but for who may file (DOMAIN 1.6). */
export function requester(relations: readonly string[]): SectionRule {
  return {
    key: 'requester',
    when: null,
    fields: [
      field('requester.fullName', 'name', 4, must),
      field('requester.citizenNumber', 'citizen_number', 2, {
        person: { sex: 'requester.sex', birth: 'requester.birth' },
      }),
      field('requester.birth', 'partial_date', 2, livingDate),
      field('requester.relation', 'choice', 2, { ...must, choices: relations }),
      field('requester.phone', 'phone', 2),
      field('requester.authorisedBy', 'choice', 4, {
        choices: ['than_thich', 'nguoi_khac'],
        when: is('requester.relation', 'uy_quyen'),
      }),
      field('requester.residence', 'text', 8),
      field('requester.sex', 'choice', 2, { choices: sexes }),
      field('requester.paperDate', 'date', 2, livingDate),
      field('requester.paperKind', 'choice', 3, { ...rare, choices: identityPapers }),
      field('requester.paperPlace', 'text', 5, rare),
      field('requester.email', 'email', 4, rare),
    ],
  };
}

export const sexes = ['nam', 'nu', 'khong_xac_dinh'] as const;
export const identityPapers = ['can_cuoc', 'cccd', 'cmnd', 'ho_chieu', 'giay_khac'] as const;

/** Trích lục, bản sao: asked on both declarations. */
export const copies: SectionRule = {
  key: 'result',
  when: null,
  fields: [
    field('request.copies', 'flag', 2),
    field('copies.count', 'number', 2, { when: is('request.copies', '1') }),
    field('result.way', 'choice', 3, { choices: ['nhan_tai_quay', 'buu_chinh', 'dien_tu'] }),
    field('result.address', 'text', 5, { when: is('result.way', 'buu_chinh') }),
  ],
};
