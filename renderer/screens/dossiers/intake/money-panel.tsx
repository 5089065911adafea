/** Beside the death form, live: the sum of mai táng by group and day of death, with its basis; the clerk may enter another. */
import { amountInWords } from '../../../../shared/lib/date-words.ts';
import { showCount } from '../../../../shared/lib/whole-number.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import type { FuneralSuggestion } from './intake-case.ts';
import type { DossierForm } from './use-dossier-form.ts';

export function takeSum(form: DossierForm, suggestion: FuneralSuggestion | undefined): void {
  if (suggestion?.sum.amount == null) return;
  form.patch({ 'funeral.amount': showCount(suggestion.sum.amount), 'funeral.basis': suggestion.sum.basis });
}

interface Props {
  readonly form: DossierForm;
  readonly suggestion: FuneralSuggestion;
}

export function MoneyPanel({ form, suggestion }: Props) {
  const { sum, cremation, entered } = suggestion;
  const differs = sum.amount !== null && entered !== null && entered !== sum.amount;
  return (
    <section className={differs ? 'card warn' : 'card'} aria-labelledby="money-title">
      <h2 id="money-title">{t('intake.money')}</h2>
      {sum.amount === null ? (
        <p className="dim">{t('intake.money.unknown')}</p>
      ) : (
        <>
          <div className="row">
            <span className="strong grow">{t('intake.money.sum', { sum: showCount(sum.amount) })}</span>
            {entered !== sum.amount && (
              <Button look="tiny" keys="Ctrl G" onClick={() => takeSum(form, suggestion)}>
                {t('intake.money.take')}
              </Button>
            )}
          </div>
          <p className="dim small">{amountInWords(sum.amount)}</p>
        </>
      )}
      <p className="small">{sum.basis}</p>
      {!sum.verified && <p className="warn-text small">{t('intake.money.unverified')}</p>}
      {differs && entered !== null && sum.amount !== null && (
        <p className="warn-text small" role="status">
          {t('intake.money.differs', { entered: showCount(entered), sum: showCount(sum.amount) })}
        </p>
      )}
      {cremation.map(({ amount, basis, verified }) => (
        <p className="small" key={basis}>
          {t('intake.money.cremation', { sum: amount === null ? '?' : showCount(amount), basis })}
          {!verified && ` (${t('form.due.unverified')})`}
        </p>
      ))}
    </section>
  );
}
