/** The people whom a declaration names, and which of its fields are whose: what a stolen machine held, what a person may ask for. */
import type { ChainCode } from '../catalogue/law.ts';
import { cleanText, searchKey } from '../lib/vietnamese-text.ts';
import { forms } from './dossier-form.ts';

type Form = Readonly<Record<string, string>>;

/** One place of a form where a person stands. */
export interface PersonPlace {
  /** `mother`, `member.2`, `funeral.receiver`: unique on the form. */
  readonly role: string;
  readonly name: string;
  readonly number: string | null;
  readonly birth: string | null;
  /** Fields of this person: keys, or beginnings that end with a dot. */
  readonly fields: readonly string[];
}

function block(key: string, more: readonly string[] = []): PersonPlace {
  return {
    role: key,
    name: `${key}.fullName`,
    number: `${key}.citizenNumber`,
    birth: `${key}.birth`,
    fields: [`${key}.`, ...more],
  };
}
function place(role: string, number: string | null, fields: readonly string[] = []): PersonPlace {
  return { role, name: role, number, birth: null, fields: [role, ...(number ? [number] : []), ...fields] };
}
const requester = block('requester', ['request.', 'copies.', 'result.']);
/** Marriage of the parents is about both. */
const marriage = ['parents.', 'marriage.'];

export const formPeople: Readonly<Record<ChainCode, readonly PersonPlace[]>> = {
  birth: [
    requester,
    block('child', [
      ...['abandoned.', 'insurance.facility', 'insurance.householdCode', 'insurance.cardAddress', 'idCard.'],
      ...['residence.livesWith', 'residence.address', 'residence.dwelling', 'residence.request'],
      ...['residence.consentHead', 'residence.consentOwner', 'residence.consentParents', 'request.idCard'],
    ]),
    { ...block('finder'), birth: null },
    block('mother', marriage),
    block('father', marriage),
    block('surrogate'),
    place('surrogate.husband', null),
    place('residence.headOfHousehold', 'residence.headCitizenNumber', [
      'residence.headIs',
      'residence.headRelation',
    ]),
    ...[1, 2, 3, 4].map((n) => block(`member.${n}`)),
    place('insurance.guardian', null),
  ],
  death: [
    requester,
    block('deceased', [
      ...[
        'death.',
        'newborn.birthCode',
        'newborn.certificateNumber',
        'request.funeral',
        'request.headChange',
      ],
      ...[
        'funeral.group',
        'funeral.hometown',
        'funeral.cremation',
        'funeral.burialDate',
        'funeral.burialPlace',
      ],
    ]),
    place('newborn.mother', null),
    place('funeral.receiver', 'funeral.receiverNumber', [
      ...[
        'funeral.receiverRelation',
        'funeral.payment',
        'funeral.payPlace',
        'funeral.bank',
        'funeral.account',
      ],
      ...['funeral.amount', 'funeral.basis'],
    ]),
    place('survivor.claimant', 'survivor.claimantNumber', ['survivor.', 'request.survivor']),
    block('newHead'),
  ],
};

/** Whether a field is this person's. The surrogate's husband stands inside her block and is somebody else. */
export function isFieldOf({ role, name, fields }: PersonPlace, key: string): boolean {
  if (key === 'surrogate.husband') return role === key;
  return key === name || fields.some((one) => (one.endsWith('.') ? key.startsWith(one) : key === one));
}

export interface FormPerson {
  readonly place: PersonPlace;
  readonly name: string;
  /** Without blanks and dots; '' where none is written. */
  readonly number: string;
  readonly birth: string;
}

/** Everybody whom this form names, by name or by number. */
export function peopleOf(chain: ChainCode, form: Form): readonly FormPerson[] {
  return formPeople[chain].flatMap((at) => {
    const [name, number, birth] = [at.name, at.number, at.birth].map((key) => (key && form[key]) || '');
    if (!name && !number) return [];
    return [{ place: at, name: name ?? '', number: plainNumber(number ?? ''), birth: birth ?? '' }];
  });
}

export function plainNumber(number: string): string {
  return number.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

/**
 * One key for one person as far as papers tell: the number; else name and birth; else the name within this dossier. Somebody written
 * once with a number and once without has two keys, so that a count of keys is never too small.
 */
export function personKey({ name, number, birth }: FormPerson, dossier: string): string {
  if (number !== '') return `#${number}`;
  return birth === '' ? `${searchKey(name)}|@${dossier}` : `${searchKey(name)}|${birth}`;
}

/** Keys of the declaration that are filled; what the desk notes of the case is no data of a person. */
export function filledFields(chain: ChainCode, form: Form): readonly string[] {
  return forms[chain].flatMap((s) => s.fields.map((f) => f.key)).filter((key) => form[key]);
}

/** Whom somebody asks about: a number, or a name with a birth. '' = not given. */
export interface PersonAsked {
  readonly number: string;
  readonly name: string;
  /** `YYYY-MM-DD` or `YYYY`. */
  readonly birth: string;
}

const sameName = (a: string, b: string) =>
  cleanText(a).toLocaleLowerCase('vi') === cleanText(b).toLocaleLowerCase('vi');

/**
 * `is`: the number is the same, or, where one of both has none, name with all its marks and birth are. `maybe`: the same name, and
 * neither number nor birth to tell. Two numbers that differ are two people.
 */
export function likePerson(found: FormPerson, asked: PersonAsked): 'is' | 'maybe' | 'other' {
  const number = plainNumber(asked.number);
  if (number !== '' && found.number !== '') return number === found.number ? 'is' : 'other';
  if (asked.name === '' || !sameName(found.name, asked.name)) return 'other';
  if (asked.birth === '' || found.birth === '') return 'maybe';
  return asked.birth === found.birth ? 'is' : 'other';
}
