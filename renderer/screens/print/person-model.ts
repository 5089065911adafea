/** The answer to a person as a paper: every field of his with its moment and author, what changed, and of others name and role alone. */
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { slipFormOn, slipKinds } from '../../../shared/catalogue/slips.ts';
import type { PersonExtract } from '../../../shared/contract/ipc/person.ts';
import { localTime, showDate } from '../../../shared/lib/local-date.ts';
import type { Block, Cell, SlipModel } from '../../../shared/slip/model.ts';
import { field, placeAndDay } from '../../../shared/slip/phrases.ts';
import { named, t } from '../../text/text.ts';
import { fieldWords, valueWords } from '../../ui/field-words.ts';
import { paperMoment } from './proof-day.ts';

type Held = PersonExtract['dossiers'][number];

const cell = (value: string): Cell => ({ lines: [value] });
const roleWords = (role: string) => named('person.role', role);
const value = (key: string, text: string) =>
  text === '' ? t('person.paper.blank') : valueWords(catalogue, key, text);

function askedWords({ name, number, birth }: PersonExtract['asked']): string {
  const words = [
    name,
    number && t('person.paper.asked.number', { number }),
    birth && t('person.paper.asked.birth', { birth: showDate(birth) }),
  ];
  return words.filter(Boolean).join(', ');
}

function slipTitle(code: string, at: string): string {
  const kind = slipKinds.find((name) => name === code);
  return (kind && slipFormOn(kind, localTime(Date.parse(at)).date)?.title) ?? code;
}

function table(columns: readonly (readonly [string, number])[], rows: readonly (readonly string[])[]): Block {
  return {
    is: 'table',
    columns: columns.map(([title, width]) => ({ title, width })),
    rows: rows.map((row) => row.map(cell)),
  };
}

function paragraph(text: string): Block {
  return { is: 'paragraph', parts: [text] };
}

function changeBlocks({ changes }: Held): readonly Block[] {
  if (changes.length === 0) return [];
  return [
    paragraph(t('person.paper.changes')),
    table(
      [
        [t('person.paper.from'), 26],
        [t('person.paper.field'), 26],
        [t('person.paper.before'), 24],
        [t('person.paper.after'), 24],
      ],
      changes.map((c) => [
        `${paperMoment(c.at)}, ${c.by}`,
        fieldWords(c.field),
        value(c.field, c.before),
        value(c.field, c.after),
      ]),
    ),
  ];
}

function readBlocks({ reads: { total, newest } }: Held): readonly Block[] {
  if (total === 0) return [];
  const shown = newest.length < total ? t('person.paper.reads.newest', { n: newest.length }) : '';
  return [
    paragraph(t('person.paper.reads', { n: total, shown })),
    table(
      [
        [t('person.paper.reads.at'), 22],
        [t('person.paper.reads.by'), 42],
        [t('person.paper.reads.action'), 36],
      ],
      newest.map(({ at, by, role, action }) => [
        paperMoment(at),
        `${by}, ${named('role', role)}`,
        named('access.do', action),
      ]),
    ),
  ];
}

function dossierBlocks(held: Held): readonly Block[] {
  const { code, officialCode, chainName, roles, receivedOn, outcome, delivery, others, scans, prints } = held;
  const city =
    delivery.state === 'received' && delivery.at
      ? t('person.paper.city.yes', { when: paperMoment(delivery.at) })
      : t('person.paper.city.no');
  const names = others.map((o) => `${o.name} (${roleWords(o.role)})`).join(', ');
  const papers = prints.map((p) => `${slipTitle(p.kind, p.at)} (${paperMoment(p.at)})`).join(', ');
  const title = t('person.paper.dossier', { code: officialCode || code, chain: chainName });
  return [
    { is: 'paragraph', parts: [{ strong: title }], look: 'heading' },
    paragraph(
      t('person.paper.as', {
        roles: roles.map(roleWords).join(', '),
        received: showDate(receivedOn),
        outcome: t(`outcome.${outcome}`),
        city,
      }),
    ),
    table(
      [
        [t('person.paper.field'), 34],
        [t('person.paper.value'), 38],
        [t('person.paper.from'), 28],
      ],
      held.fields.map((f) => [fieldWords(f.key), value(f.key, f.value), `${paperMoment(f.at)}, ${f.by}`]),
    ),
    ...changeBlocks(held),
    ...(names ? [paragraph(t('person.paper.others', { names }))] : []),
    ...(scans > 0 ? [paragraph(t('person.paper.scans', { n: scans }))] : []),
    ...(papers ? [paragraph(t('person.paper.prints', { papers }))] : []),
    ...readBlocks(held),
  ];
}

export function makePerson(extract: PersonExtract): SlipModel {
  const { office, machine, madeAt, receivedOn, due, reason, by, unclear } = extract;
  const facts = [
    field(t('person.paper.asked'), askedWords(extract.asked)),
    field(t('person.paper.receivedOn'), showDate(receivedOn)),
    field(t('person.paper.due'), showDate(due)),
    field(t('person.paper.reason'), reason),
    field(t('person.paper.by'), by),
    field(t('person.paper.made'), paperMoment(madeAt)),
  ];
  const blocks: readonly Block[] = [
    {
      is: 'header',
      agency: office,
      desk: t('proof.desk'),
      number: [],
      place: placeAndDay(office, localTime(Date.parse(madeAt)).date),
    },
    { is: 'title', lines: [t('person.title').toUpperCase()], under: [], code: null },
    ...facts.map((one): Block => ({ is: 'fields', fields: [one] })),
    ...extract.dossiers.flatMap(dossierBlocks),
    ...(unclear.length > 0 ? [paragraph(t('person.paper.unclear', { n: unclear.length }))] : []),
    { is: 'notes', lines: [t('person.paper.scope', { machine, office })] },
    { is: 'signatures', signers: [{ role: t('proof.head'), how: t('proof.sign'), name: '' }] },
  ];
  return {
    form: { no: null, title: t('person.title') },
    landscape: false,
    running: t('person.title'),
    mark: '',
    copies: [{ id: 'only', blocks }],
  };
}
