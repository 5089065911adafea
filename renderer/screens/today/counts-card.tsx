/** How far the counts of the newest period are. */
import type { Today } from '../../../shared/contract/ipc/report.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useAsOf } from '../../state/as-of.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';

export function CountsCard({ counts }: { readonly counts: Today['counts'] }) {
  const go = usePlace((s) => s.go);
  const setAsOf = useAsOf((s) => s.setAsOf);
  const { asOf, reported, expected } = counts;
  const left = expected - reported;
  const percent = expected > 0 ? Math.round((reported / expected) * 100) : 0;
  return (
    <section className="card" aria-labelledby="counts-title">
      <div className="row">
        <h2 id="counts-title" className="grow">
          {asOf ? t('today.counts', { date: showDate(asOf) }) : t('today.counts.none')}
        </h2>
        <Button
          look="tiny"
          onClick={() => {
            if (asOf) setAsOf(asOf);
            go({ room: 'counts' });
          }}
        >
          {t('today.counts.open')}
        </Button>
      </div>
      {asOf === null ? (
        <p className="dim">{t('today.counts.empty')}</p>
      ) : (
        <>
          <div className={left === 0 ? 'bar ok' : 'bar'} aria-hidden="true" style={{ margin: '6px 0' }}>
            <i style={{ width: `${percent}%` }} />
          </div>
          <div className="row">
            <span>
              {t('today.counts.state', { reported: showCount(reported), expected: showCount(expected) })}
            </span>
            <span className={left === 0 ? 'ok end' : 'warn-text end'}>
              {left === 0 ? t('today.counts.full') : t('today.counts.left', { n: showCount(left) })}
            </span>
          </div>
        </>
      )}
    </section>
  );
}
