/** What the city sent back. */
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';

export function Returned({ n }: { readonly n: number }) {
  const go = usePlace((s) => s.go);
  return (
    <section className={n > 0 ? 'card bad' : 'card'} aria-labelledby="returned-title">
      <h2 id="returned-title">{t('today.returned')}</h2>
      {n === 0 ? (
        <p className="dim">{t('today.returned.none')}</p>
      ) : (
        <div className="row">
          <p className="grow bad-text">{t('today.returned.some', { n })}</p>
          <Button look="tiny" data-start="first" onClick={() => go({ room: 'sync' })}>
            {t('today.returned.open', { n })}
          </Button>
        </div>
      )}
    </section>
  );
}
