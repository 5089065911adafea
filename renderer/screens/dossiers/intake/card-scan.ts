/** The QR of an ID card against the block of one person: blank fields are filled, what was typed stays and is compared. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import type { IdCardQr } from '../../../../shared/domain/id-card-qr.ts';
import { readDate, showDate } from '../../../../shared/lib/local-date.ts';
import { cleanText, searchKey } from '../../../../shared/lib/vietnamese-text.ts';
import type { Values } from './form-values.ts';

type CardPart = 'number' | 'fullName' | 'birth' | 'sex' | 'residence' | 'issuedOn' | 'paperKind';

/** Somebody on the form who may show a card: the fields that take what it says. */
export interface CardHolder {
  readonly key: string;
  readonly section: string;
  readonly fields: Readonly<Partial<Record<CardPart, string>>>;
}

/** Luật Căn cước 2023: cards given from this day on are thẻ căn cước, those before are thẻ CCCD. */
const ID_CARD_SINCE = '2024-07-01';

const formNames = {
  number: 'citizenNumber',
  fullName: 'fullName',
  birth: 'birth',
  sex: 'sex',
  residence: 'residence',
  issuedOn: 'paperDate',
  paperKind: 'paperKind',
} as const satisfies Record<CardPart, string>;

function holder(key: string, parts: readonly CardPart[], section = key): CardHolder {
  return { key, section, fields: Object.fromEntries(parts.map((p) => [p, `${key}.${formNames[p]}`])) };
}

const whole: readonly CardPart[] = [
  'number',
  'fullName',
  'birth',
  'sex',
  'residence',
  'issuedOn',
  'paperKind',
];
const parent = whole.filter((p) => p !== 'sex');
const child: readonly CardPart[] = ['number', 'fullName', 'birth', 'sex'];

const holders: Readonly<Record<ChainCode, readonly CardHolder[]>> = {
  birth: [
    holder('requester', whole),
    holder('child', child),
    holder('finder', ['number', 'fullName', 'residence'], 'abandoned'),
    holder('mother', parent),
    holder('father', parent),
    holder('surrogate', ['number', 'fullName', 'birth', 'residence']),
    {
      key: 'head',
      section: 'residence',
      fields: { fullName: 'residence.headOfHousehold', number: 'residence.headCitizenNumber' },
    },
    ...[1, 2, 3, 4].map((n) => holder(`member.${n}`, child, 'members')),
  ],
  death: [
    holder('requester', whole),
    holder('deceased', whole),
    {
      key: 'receiver',
      section: 'funeral',
      fields: { fullName: 'funeral.receiver', number: 'funeral.receiverNumber' },
    },
    {
      key: 'claimant',
      section: 'survivor',
      fields: { fullName: 'survivor.claimant', number: 'survivor.claimantNumber' },
    },
    holder('newHead', ['number', 'fullName', 'birth'], 'headChange'),
  ],
};

/** Whose card a scan is, from the field and the section in which the cursor stands; undefined between the people. */
export function holderAt(chain: ChainCode, field: string, section: string): CardHolder | undefined {
  const own = holders[chain].find((h) => field.startsWith(`${h.key}.`));
  return own ?? holders[chain].find((h) => h.section === section);
}

export interface CardDifference {
  readonly field: string;
  readonly typed: string;
  /** As it would be typed. */
  readonly card: string;
}
export interface CardResult {
  readonly patch: Values;
  readonly differences: readonly CardDifference[];
  /** Another person of the form with this very number. */
  readonly alsoOf: string | undefined;
}

function cardValues(card: IdCardQr): Readonly<Record<CardPart, string>> {
  const since = card.issuedOn >= ID_CARD_SINCE ? 'can_cuoc' : 'cccd';
  return {
    number: card.number,
    fullName: card.fullName,
    birth: showDate(card.birth),
    sex: card.sex,
    residence: card.residence,
    issuedOn: showDate(card.issuedOn),
    paperKind: card.issuedOn === '' ? '' : since,
  };
}

function same(part: CardPart, typed: string, card: string): boolean {
  if (part === 'birth' || part === 'issuedOn') {
    const reading = readDate(typed, true);
    return reading.ok && showDate(reading.value) === card;
  }
  if (part === 'number') return typed.replace(/\s/g, '') === card;
  if (part === 'residence') return searchKey(typed) === searchKey(card);
  return cleanText(typed).toLowerCase() === cleanText(card).toLowerCase();
}

export function cardAgainst(
  chain: ChainCode,
  { key, fields }: CardHolder,
  card: IdCardQr,
  values: Values,
): CardResult {
  const patch: Record<string, string> = {};
  const differences: CardDifference[] = [];
  const says = cardValues(card);
  for (const [part, field] of Object.entries(fields) as [CardPart, string][]) {
    const typed = values[field]?.trim() ?? '';
    if (says[part] === '') continue;
    if (typed === '') patch[field] = says[part];
    else if (!same(part, typed, says[part])) differences.push({ field, typed, card: says[part] });
  }
  const others = holders[chain].filter((h) => h.key !== key && !mayBeOne(h.key, key));
  const twice = others.find((h) => values[h.fields.number ?? '']?.replace(/\s/g, '') === card.number);
  return { patch, differences, alsoOf: twice?.key };
}

/** Who files may well be the mother, the head of the household, or who is paid. */
function mayBeOne(a: string, b: string): boolean {
  const known = new Set(['requester', 'head', 'receiver', 'claimant', 'newHead']);
  const never = new Set(['child', 'deceased']);
  return (known.has(a) && !never.has(b)) || (known.has(b) && !never.has(a));
}
