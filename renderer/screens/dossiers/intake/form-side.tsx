/** Beside the form, live: what still stops the commit, and what to look at. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { MAX_TEXT } from '../../../../shared/domain/dossier-form.ts';
import { type FieldProblem, stops } from '../../../../shared/domain/read-form.ts';
import { problemSentence } from '../../../../shared/problem.ts';
import { fieldLabel, t } from '../../../text/text.ts';
import { jumpTo, placeOf } from './jump.ts';
import type { DossierForm } from './use-dossier-form.ts';

interface ProblemsProps {
  readonly form: DossierForm;
  readonly correcting: boolean;
}

function Jumps({
  chain,
  problems,
}: {
  readonly chain: ChainCode;
  readonly problems: readonly FieldProblem[];
}) {
  return (
    <ul className="jumps">
      {problems.map(({ field, code, weight }) => (
        <li key={field + code}>
          <button type="button" className="rowlink" onClick={() => jumpTo(field)}>
            {placeOf(chain, field)}
            <span className={weight === 'stop' ? 'block bad-text small' : 'block warn-text small'}>
              {problemSentence(code, { max: MAX_TEXT, field: fieldLabel(field) })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Blank required fields are only counted until a first try: the stars tell where they are. */
export function Problems({ form: { chain, reading, told, tried }, correcting }: ProblemsProps) {
  const left = stops(reading);
  const warns = told.filter((p) => p.weight === 'warn');
  const listed = told.filter((p) => p.weight === 'stop' && (tried || p.code !== 'FIELD_REQUIRED'));
  return (
    <>
      <section
        className={left.length > 0 && tried ? 'card bad' : 'card'}
        aria-labelledby="stops-title"
        data-testid="stops"
      >
        <h2 id="stops-title" className={left.length === 0 ? 'ok' : tried ? 'bad-text' : ''}>
          {left.length === 0
            ? t(correcting ? 'form.stops.none.correct' : 'form.stops.none')
            : t('form.stops', { n: left.length })}
        </h2>
        <Jumps chain={chain} problems={listed} />
      </section>
      {warns.length > 0 && (
        <section className="card warn" aria-labelledby="warns-title" data-testid="warnings">
          <h2 id="warns-title">{t('form.warns', { n: warns.length })}</h2>
          <Jumps chain={chain} problems={warns} />
        </section>
      )}
    </>
  );
}
