/** The page of a day: the machine's figures, the city's, what differs and why, two places to sign. */
import type { Proof } from '../../../shared/contract/ipc/attention.ts';
import { localTime, showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import type { Block, Cell } from '../../../shared/slip/model.ts';
import { field } from '../../../shared/slip/phrases.ts';
import { named, t } from '../../text/text.ts';

type DayProof = Extract<Proof, { kind: 'day' }>;
const cell = (value: string): Cell => ({ lines: [value] });

/** "17:04 20/11/2026" */
export function paperMoment(iso: string): string {
  const { date, time } = localTime(Date.parse(iso));
  return `${time} ${showDate(date)}`;
}

const figures = ['entered', 'sent', 'accepted', 'returned', 'waiting'] as const;

function figureRows({ day: { city, ...own } }: DayProof): readonly (readonly Cell[])[] {
  const rows = figures.map((name) => [t(`day.figure.${name}`), showCount(own[name])]);
  const told = city
    ? [
        [t('proof.day.city', { when: paperMoment(city.at) }), showCount(city.events)],
        ...city.others.map((o) => [t('proof.day.other', { no: o.no, name: o.name }), showCount(o.events)]),
      ]
    : [[t('proof.day.city.none'), '']];
  return [...rows, ...told].map((row) => row.map(cell));
}

/** Of a closed day the words of the closing count; what came up since stands without any. */
function differences({ day: { differences: now, closed } }: DayProof): Block {
  const words = new Map(closed?.differences.map((d) => [d.kind, d.note]));
  const listed = closed && !closed.stale ? closed.differences : now;
  if (listed.length === 0) return { is: 'paragraph', parts: [t('proof.day.even')] };
  return {
    is: 'table',
    columns: [
      { title: t('proof.day.differences'), width: 40 },
      { title: t('proof.day.col.n'), width: 14, centred: true },
      { title: t('proof.day.col.note'), width: 46 },
    ],
    rows: listed.map(({ kind, n }) =>
      [named('day.difference', kind), showCount(n), words.get(kind) ?? ''].map(cell),
    ),
  };
}

export function dayBlocks(proof: DayProof): readonly Block[] {
  const { day, place } = proof;
  const { closed } = day;
  const standing =
    closed && !closed.stale
      ? t('proof.day.closed', { n: closed.revision, when: paperMoment(closed.at), by: closed.by })
      : t('proof.day.notClosed');
  const signer = (role: string, name: string) => ({ role, how: t('proof.sign'), name });
  return [
    {
      is: 'fields',
      fields: [field(t('proof.day.day'), showDate(day.day)), field(t('proof.machine'), place.machine)],
    },
    { is: 'paragraph', parts: [{ strong: standing }] },
    { is: 'paragraph', look: 'heading', parts: [t('proof.day.figures')] },
    {
      is: 'table',
      columns: [
        { title: t('proof.day.col.what'), width: 76 },
        { title: t('proof.day.col.n'), width: 24, centred: true },
      ],
      rows: figureRows(proof),
    },
    { is: 'paragraph', look: 'heading', parts: [t('proof.day.differences')] },
    differences(proof),
    {
      is: 'signatures',
      signers: [signer(t('proof.maker'), closed?.by ?? place.by), signer(t('proof.head'), '')],
    },
  ];
}
