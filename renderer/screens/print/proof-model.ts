/** From a proof to its paper: at most one page of lines, and a square that a technician can tell the receipt by. */
import type { Proof } from '../../../shared/contract/ipc/attention.ts';
import type { Block, Cell, Column, SlipModel } from '../../../shared/slip/model.ts';
import { field, placeAndDay } from '../../../shared/slip/phrases.ts';
import { named, t } from '../../text/text.ts';
import type { TextKey } from '../../text/vi.ts';
import { deliveryText } from '../../ui/delivery-word.tsx';
import { groupLines } from '../../ui/receipt-lines.ts';
import { dayBlocks, paperMoment } from './proof-day.ts';

/** What fits on one A4 page under the head. */
const MOST_LINES = 24;
const SHORT = 8;

export const short = (id: string): string => id.slice(0, SHORT).toUpperCase();
/** Upper case: a square of letters and digits alone is smaller. */
export const squareText = ({ id, hash }: { readonly id: string; readonly hash: string }): string =>
  `SMC-BN ${short(id)} ${hash.toUpperCase()}`;

const cell = (value: string): Cell => ({ lines: [value] });

function head({ place }: Proof): readonly Block[] {
  return [
    {
      is: 'header',
      agency: place.office,
      desk: t('proof.desk'),
      number: [],
      place: placeAndDay(place.office, place.madeOn),
    },
  ];
}

function title(text: string, receipt: { readonly id: string; readonly hash: string } | null): Block {
  const code = receipt && {
    text: squareText(receipt),
    line: field(t('proof.number'), short(receipt.id)),
    note: '',
    square: true,
  };
  return { is: 'title', lines: [text.toUpperCase()], under: [], code };
}

const fields = (...pairs: readonly (readonly [TextKey, string])[]): readonly Block[] =>
  pairs.map(([key, value]): Block => ({ is: 'fields', fields: [field(t(key), value)] }));

function table(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly Block[] {
  const left = rows.length - MOST_LINES;
  return [
    { is: 'table', columns, rows: rows.slice(0, MOST_LINES).map((row) => row.map(cell)) },
    ...(left > 0 ? [{ is: 'paragraph', parts: [t('proof.more', { n: left })] } as const] : []),
  ];
}

function receiptBlocks(proof: Extract<Proof, { kind: 'receipt' }>): readonly Block[] {
  const { receipt, place, lines } = proof;
  const rows = groupLines(lines).map(({ seq, last, verb, title: what, code, verdict }) => [
    last > seq ? `${seq}–${last}` : String(seq),
    named('verb', verb),
    [what, code].filter(Boolean).join(' · '),
    named('verdict', verdict),
  ]);
  const { from, to, accepted, returned } = receipt;
  return [
    title(t('proof.receipt.title'), receipt),
    ...fields(
      ['proof.signedAt', paperMoment(receipt.at)],
      ['proof.machine', place.machine],
      ['proof.range', t('proof.range.value', { from, to, accepted, returned })],
      ['proof.hash', receipt.hash],
    ),
    ...table(
      [
        { title: t('proof.col.no'), width: 11, centred: true },
        { title: t('proof.col.what'), width: 22 },
        { title: t('proof.col.title'), width: 47 },
        { title: t('proof.col.verdict'), width: 20 },
      ],
      rows,
    ),
    { is: 'notes', lines: [t('proof.check')] },
  ];
}

type DossierEvent = Extract<Proof, { kind: 'dossier' }>['events'][number];

function cityWords({ delivery, receipt, here }: DossierEvent): string {
  if (delivery.state === 'waiting') return t('proof.city.waiting');
  if (delivery.state !== 'received') return deliveryText(delivery);
  if (receipt) return paperMoment(receipt.at);
  return here ? t('delivery.received.plain') : t('proof.city.other');
}

function dossierBlocks(proof: Extract<Proof, { kind: 'dossier' }>): readonly Block[] {
  const signedFor = proof.events.filter((e) => e.receipt !== null);
  const newest =
    (signedFor.findLast((e) => e.delivery.state === 'received') ?? signedFor.at(-1))?.receipt ?? null;
  const rows = proof.events
    .toReversed()
    .map((e) => [
      paperMoment(e.at),
      e.action === '' ? named('verb', e.verb) : named('act', e.action),
      e.by,
      cityWords(e),
      e.receipt ? short(e.receipt.id) : '',
    ]);
  return [
    title(t('proof.dossier.title'), newest),
    ...fields(
      ['proof.name', proof.name],
      ['proof.chain', proof.chainName],
      ...(proof.officialCode === '' ? [] : [['proof.officialCode', proof.officialCode] as const]),
      ['proof.code', proof.code],
    ),
    ...table(
      [
        { title: t('proof.col.at'), width: 19 },
        { title: t('proof.col.what'), width: 22 },
        { title: t('proof.col.by'), width: 21 },
        { title: t('proof.col.city'), width: 23 },
        { title: t('proof.col.receipt'), width: 15, centred: true },
      ],
      rows,
    ),
    newest
      ? { is: 'notes', lines: [t('proof.check.dossier')] }
      : { is: 'paragraph', parts: [t('proof.none')] },
  ];
}

function body(proof: Proof): readonly Block[] {
  switch (proof.kind) {
    case 'receipt':
      return receiptBlocks(proof);
    case 'dossier':
      return dossierBlocks(proof);
    case 'day':
      return [title(t('proof.day.title'), null), ...dayBlocks(proof)];
  }
}

export function makeProof(proof: Proof): SlipModel {
  return {
    form: { no: null, title: t(`proof.${proof.kind}.title`) },
    landscape: false,
    running: t(`proof.${proof.kind}.title`),
    mark: '',
    copies: [{ id: 'only', blocks: [...head(proof), ...body(proof)] }],
  };
}
