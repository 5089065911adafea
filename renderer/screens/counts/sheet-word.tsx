/** Where a unit's sheet stands, in a word: draft, sent, approved, given back; in time or late; and what the city has of it. */
import { showDate } from '../../../shared/lib/local-date.ts';
import { t } from '../../text/text.ts';
import { deliveryText } from '../../ui/delivery-word.tsx';
import type { ModelRow } from './grid-model.ts';

const tones = { draft: 'word', locked: 'word blue', approved: 'word ok', returned: 'word bad' } as const;
const signs = { waiting: '↑', received: '✓', returned: '!', conflict: '!', held: '!' } as const;

export function SheetWord({ row, long = false }: { readonly row: ModelRow; readonly long?: boolean }) {
  const { status, statusReason, sentOn, delivery } = row.unit;
  const empty = Object.keys(row.unit.notes).length === 0;
  const late = row.standing === 'late' || (row.standing === 'missing' && status !== 'approved');
  const details = [
    sentOn && t('counts.sentOn', { date: showDate(sentOn) }),
    row.standing && t(`counts.standing.${row.standing}`),
    statusReason && t('counts.statusReason', { reason: statusReason }),
    delivery && deliveryText(delivery),
  ].filter(Boolean);
  return (
    <span className="sheet-word" title={details.join(' · ')}>
      <span className={empty ? 'dim' : tones[status]}>{t(`counts.status.${empty ? 'none' : status}`)}</span>
      {late && (
        <span className="warn-text small">
          {t(`counts.late.${row.standing === 'late' ? 'sent' : 'missing'}`)}
        </span>
      )}
      {delivery && (
        <span className="small dim" aria-hidden="true">
          {signs[delivery.state]}
        </span>
      )}
      {long ? (
        <span className="dim">{details.join(' · ')}</span>
      ) : (
        <span className="sr">{details.join('. ')}</span>
      )}
    </span>
  );
}
