/** What a dossier's state gives the desk's tables: its row, marks, search words and duplicate keys. Pure; `db:verify` compares it. */
import { chainOutcome, chainState, componentOutcome, type Dossier } from '../shared/domain/dossier.ts';
import { fieldRule, subjectNumber } from '../shared/domain/dossier-form.ts';
import { duplicateKeys } from '../shared/domain/duplicate.ts';
import { duplicatePerson } from '../shared/domain/duplicate-person.ts';
import { searchKey } from '../shared/lib/vietnamese-text.ts';
import type { dossier } from './schema/dossier.ts';

type Row = Omit<typeof dossier.$inferSelect, 'n'>;
type Form = Readonly<Record<string, string>>;

export function dossierRowOf(state: Dossier): Row {
  const { form, components, chain } = state;
  const number = form[subjectNumber[chain] ?? ''] ?? form['requester.citizenNumber'] ?? '';
  const { name, date, relative } = duplicatePerson(chain, form);
  return {
    id: state.id,
    revision: state.revision,
    code: state.code,
    officialCode: form['code.official'] ?? '',
    chain,
    regime: state.regime,
    office: state.office,
    commune: state.commune,
    holder: state.holder,
    channel: state.channel,
    receivedOn: state.receivedOn,
    receivedTime: state.receivedTime,
    due: state.due,
    nextDue: nextDue(state),
    state: chainState(components),
    outcome: chainOutcome(components),
    missing: missingPapers(form).length,
    subjectName: name,
    subjectBirth: date,
    sortName: searchKey(name),
    relativeName: relative,
    requesterName: form['requester.fullName'] ?? '',
    requesterPhone: form['requester.phone'] ?? '',
    requesterAddress: form['requester.residence'] ?? '',
    idSuffix: number.slice(-4),
    synthetic: state.synthetic,
  };
}

/** Waiting for the citizen is not late; what waits for its turn or has ended has no clock. */
function nextDue({ components }: Dossier): string | null {
  const running = components.filter(
    (c) => componentOutcome(c.state) === 'under_way' && c.state !== 'supplement' && c.state !== 'waiting',
  );
  return running.flatMap((c) => c.due ?? []).sort()[0] ?? null;
}

/** Codes of the papers that the counter noted as missing. */
function missingPapers(form: Form): readonly string[] {
  return Object.entries(form).flatMap(([key, value]) => {
    const code = value === 'missing' && /^paper\.([^.]+)$/.exec(key)?.[1];
    return code ? [code] : [];
  });
}

/** What lists filter by, sorted; missing papers of a dossier that has ended are counted, but nobody has to ask for them. */
export function marksOf({ components, form }: Dossier): readonly string[] {
  const papers = missingPapers(form);
  const marks = [
    components.some((c) => c.state === 'supplement') && 'supplement',
    components.some((c) => c.state === 'elsewhere') && 'elsewhere',
    components.some((c) => c.state === 'done') && 'to_give',
    components.some((c) => c.obstacle !== '') && 'obstacle',
    papers.length > 0 && chainOutcome(components) === 'under_way' && 'missing',
    ...papers.map((code) => `missing/${code}`),
  ];
  return marks.filter((mark) => mark !== false).sort();
}

/** Keys of a stored dossier. They follow from its row, so that the old ones are known when it changes. */
export function keysOf({ chain, subjectName: name, subjectBirth: date }: KeyedRow): readonly string[] {
  return duplicateKeys({ chain, name, date, relative: '' });
}
export type KeyedRow = Pick<Row, 'chain' | 'subjectName' | 'subjectBirth'>;

/**
 * Folded words under which a dossier is found: all names (joined and apart at - and '), all codes, phones, ends of numbers;
 * and apart from them the words of addresses, which would drown every name ("Nguyễn Trãi", "Bến Thành").
 */
export function searchWords(state: Dossier): { words: string; place: string } {
  const [words, place] = [new Set<string>(), new Set<string>()];
  for (const [key, value] of Object.entries(state.form)) {
    if (key.startsWith('code.')) addCode(words, value);
    else if (/\.(residence|address|cardAddress)$/.test(key)) addText(place, value);
    else addByKind(words, fieldRule(state.chain, key)?.kind, value);
  }
  const [, , day = '', serial = ''] = state.code.split('-');
  for (const part of [searchKey(state.code), `${day}${serial}`, serial]) words.add(part);
  return { words: [...words].join(' '), place: [...place].join(' ') };
}

function addByKind(words: Set<string>, kind: string | undefined, value: string): void {
  if (kind === 'name') addText(words, value);
  if (kind === 'phone' || kind === 'citizen_number')
    for (const part of [value, value.slice(-6), value.slice(-4)]) words.add(searchKey(part));
}

function addText(into: Set<string>, text: string): void {
  for (const form of new Set([text, text.replace(/[-'(),/]/g, ' ')]))
    for (const word of searchKey(form).split(' ')) into.add(word);
}

/** Whole, each part, and from each part to the end: "000.00.12.H29-261120-0007" is found by "0007" and by "261120-0007". */
function addCode(into: Set<string>, code: string): void {
  const parts = code.split(/[^\p{L}\p{N}]+/u).map(searchKey);
  for (const [i, part] of parts.entries()) into.add(part).add(parts.slice(i).join(''));
}
