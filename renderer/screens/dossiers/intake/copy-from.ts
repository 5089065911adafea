/** What an earlier dossier gives to a form: people and household, into blanks only, and never one person's data under another's name. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import { searchKey } from '../../../../shared/lib/vietnamese-text.ts';
import { asTyped, type Values } from './form-values.ts';

type Source = Pick<DossierDetail, 'id' | 'chain' | 'code' | 'form'>;

interface Block {
  readonly key: string;
  /** Beginnings of the keys that belong to it. */
  readonly prefixes: readonly string[];
  /** Who or what the block is about: another one there, and nothing is copied. */
  readonly about: string;
}
const requesterBlock: Block = { key: 'requester', prefixes: ['requester.'], about: 'requester.fullName' };
const household: readonly Block[] = [
  requesterBlock,
  { key: 'mother', prefixes: ['mother.'], about: 'mother.fullName' },
  { key: 'father', prefixes: ['father.'], about: 'father.fullName' },
  { key: 'parents', prefixes: ['parents.', 'marriage.'], about: 'marriage.number' },
  { key: 'residence', prefixes: ['residence.'], about: 'residence.headOfHousehold' },
  {
    key: 'insurance',
    prefixes: ['insurance.facility', 'insurance.householdCode'],
    about: 'insurance.facility',
  },
];

export interface CopiedBlock {
  readonly key: string;
  readonly patch: Values;
}

/** Blocks that have something to give, in the order of the form. */
export function copiedFrom(chain: ChainCode, values: Values, source: Source): readonly CopiedBlock[] {
  const typed = asTyped(source.chain, source.form);
  const blocks = chain === 'birth' && source.chain === 'birth' ? household : [requesterBlock];
  return blocks
    .filter(({ about }) => sameOrBlank(values[about], typed[about]))
    .map(({ key, prefixes }) => ({
      key,
      patch: blanks(chain, values, pick(typed, prefixes)),
    }))
    .filter(({ patch }) => Object.keys(patch).length > 0);
}

function sameOrBlank(mine = '', theirs = ''): boolean {
  return mine.trim() === '' || searchKey(mine) === searchKey(theirs);
}

function pick(typed: Values, prefixes: readonly string[]): Values {
  return Object.fromEntries(Object.entries(typed).filter(([key]) => prefixes.some((p) => key.startsWith(p))));
}

/** Only fields that this form has, that are blank, and whose choices know the value. */
function blanks(chain: ChainCode, values: Values, from: Values): Values {
  return Object.fromEntries(
    Object.entries(from).filter(([key, value]) => {
      const rule = fieldRule(chain, key);
      return rule && !values[key]?.trim() && (!rule.choices || rule.choices.includes(value));
    }),
  );
}

/** The same relation as the other declaration names it; the rest are the same words. */
const relationAtDeath: Readonly<Record<string, string>> = { ong_ba: 'nguoi_than' };

/** The death declaration of a newborn from its birth dossier: who it was, who files, and the link between the two. */
export function newbornFrom({ id, code, form }: Source, values: Values): Values {
  const typed = asTyped('birth', form);
  const relation = typed['requester.relation'] ?? '';
  const known: Values = {
    ...pick(typed, ['requester.']),
    'requester.relation': relationAtDeath[relation] ?? relation,
    'deceased.fullName': typed['child.fullName'] ?? '',
    'deceased.birth': typed['child.birth'] ?? '',
    'deceased.sex': typed['child.sex'] ?? '',
    'deceased.citizenNumber': typed['child.citizenNumber'] ?? '',
    'deceased.ethnicity': typed['child.ethnicity'] ?? '',
    'deceased.nationality': typed['child.nationality'] ?? '',
    'deceased.residence': typed['residence.address'] ?? typed['mother.residence'] ?? '',
    'newborn.certificateNumber': typed['child.certificateNumber'] ?? '',
    'newborn.mother': typed['mother.fullName'] ?? '',
  };
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== ''));
  const patch = sameOrBlank(values['requester.fullName'], known['requester.fullName'])
    ? given
    : Object.fromEntries(Object.entries(given).filter(([key]) => !key.startsWith('requester.')));
  return {
    ...blanks('death', values, patch),
    'death.kind': 'so_sinh',
    'newborn.birthCode': code,
    'link.dossier': id,
  };
}
