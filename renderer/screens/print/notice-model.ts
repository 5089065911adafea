/** The notice of a lost machine as a paper. */
import type { Loss } from '../../../shared/contract/ipc/machine.ts';
import { localTime } from '../../../shared/lib/local-date.ts';
import { lossNotice, NOTICE_TITLE } from '../../../shared/notice/loss-notice.ts';
import type { Block, SlipModel } from '../../../shared/slip/model.ts';
import { placeAndDay } from '../../../shared/slip/phrases.ts';
import { t } from '../../text/text.ts';

export interface Noticed extends Loss {
  /** Of whoever makes it. */
  readonly office: string;
}

export function makeNotice({
  facts,
  at,
  foundAt,
  office,
}: Noticed & { readonly foundAt: string }): SlipModel {
  const parts = lossNotice({ facts, foundAt, at, countedAt: at }).flatMap(({ title, lines }): Block[] => [
    { is: 'paragraph', parts: [{ strong: title }], look: 'heading' },
    ...lines.map((line): Block => ({ is: 'paragraph', parts: [line], look: 'indent' })),
  ]);
  const blocks: readonly Block[] = [
    {
      is: 'header',
      agency: office,
      desk: '',
      number: [],
      place: placeAndDay(office, localTime(Date.parse(at)).date),
    },
    { is: 'title', lines: [NOTICE_TITLE.toUpperCase()], under: [], code: null },
    ...parts,
    { is: 'signatures', signers: [{ role: t('proof.head'), how: t('proof.sign'), name: '' }] },
  ];
  return {
    form: { no: null, title: NOTICE_TITLE },
    landscape: false,
    running: NOTICE_TITLE,
    mark: '',
    copies: [{ id: 'only', blocks }],
  };
}
