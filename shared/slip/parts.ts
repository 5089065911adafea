/** The parts that most papers share: head, title with its code, the people's lines, signatures. */
import type { SlipForm } from '../catalogue/slips.ts';
import type { Block, CodeMark, Part, Signer } from './model.ts';
import { field, inline, placeAndDay } from './phrases.ts';
import type { SlipInput } from './slip-input.ts';
import { words } from './words.ts';

type Office = SlipInput['office'];
type Code = SlipInput['code'];

export function header(
  { office, place, issuedOn }: Pick<SlipInput, 'office' | 'place' | 'issuedOn'>,
  number: readonly Part[] = [],
): Block {
  return {
    is: 'header',
    agency: office.agency,
    desk: office.desk,
    number,
    place: placeAndDay(place, issuedOn),
  };
}

/** "Số: 12/HDHS", the number blank where none was given yet. */
export function paperNumber(number: string, ending: string): readonly Part[] {
  return [`${words.number}: `, ...(number ? [number] : [{ blank: 8 }]), `/${ending}`];
}

/** The official code where there is one; a temporary number is always named as such. */
export function codeMark({ official, temporary }: Code): CodeMark | null {
  if (official) return { text: official, line: field(words.code, official), note: '' };
  if (!temporary) return null;
  return { text: temporary, line: field(words.temporaryCode, temporary), note: words.officialLater };
}

/** The code as one text, for table cells. */
export function codeText({ official, temporary }: Code): string {
  if (official) return official;
  return temporary ? `${temporary} (${words.temporaryCode.toLowerCase()})` : '';
}

/** The code inside a sentence. */
export function codePart(code: Code): Part {
  const text = codeText(code);
  return text ? { code: text } : { blank: 24 };
}

export function title(form: SlipForm, code: Code, under: readonly string[] = []): Block {
  return { is: 'title', lines: [form.title.toUpperCase()], under, code: codeMark(code) };
}

export function line(label: string, value: string): Block {
  return { is: 'fields', fields: [field(label, value)] };
}

export function requesterLines({ requester, content }: SlipInput): readonly Block[] {
  return [
    line(words.address, requester.address),
    { is: 'fields', fields: [field(words.phone, requester.phone), field(words.email, requester.email)] },
    line(words.content, content),
  ];
}

/** "Lý do: …" for one reason, a list for several, dotted lines for none. */
export function reasonList(reasons: readonly string[]): Block {
  const one = reasons[0];
  if (reasons.length === 1 && one !== undefined) return { is: 'paragraph', parts: [one], look: 'indent' };
  return { is: 'list', items: reasons, blanks: 3 };
}

export function contactLine({ contact, office }: SlipInput, opening: string): Block {
  return {
    is: 'paragraph',
    look: 'indent',
    parts: [
      `${opening} `,
      inline(contact.name || office.desk),
      `, ${words.contactPhone} `,
      inline(contact.phone || office.phone, 20),
      ` ${words.contactEnd}`,
    ],
  };
}

export const signer = (role: string, name: string, how: string = words.sign): Signer => ({ role, how, name });

export function headSigner({ signer: { role, name } }: SlipInput): Signer {
  return signer(role || words.head, name, words.seal);
}

export function deskName(office: Office): string {
  return office.desk || words.desk;
}
