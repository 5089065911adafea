/** In the section of the person: what a scanned card filled, where it differs from what was typed, or why it was not read. */
import { useEffect, useRef } from 'react';
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import { problemSentence } from '../../../../shared/problem.ts';
import { choiceLabel, fieldLabel, named, t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import type { CardReader } from './use-card.ts';

export function holderName(key: string): string {
  const [group = '', n] = key.split('.');
  return n ? t('intake.holder.member', { n }) : named('intake.holder', group);
}

function valueWords(chain: ChainCode, field: string, value: string): string {
  return fieldRule(chain, field)?.kind === 'choice' ? choiceLabel(value) : value;
}

export function CardNoteLine({ chain, card }: { readonly chain: ChainCode; readonly card: CardReader }) {
  const { note, take, dismiss } = card;
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (note) line.current?.scrollIntoView({ block: 'nearest' });
  }, [note]);
  if (!note) return null;
  const close = (
    <Button look="tiny" tabIndex={-1} onClick={dismiss}>
      {t('intake.scan.dismiss')}
    </Button>
  );
  if (note.problem)
    return (
      <div ref={line} className="scan-note bad" role="alert">
        <span className="grow">{problemSentence(note.problem)}</span>
        {close}
      </div>
    );
  return (
    <div
      className={note.differences.length > 0 || note.alsoOf ? 'scan-note warn' : 'scan-note'}
      role="status"
    >
      <div className="grow">
        <p>
          {t(note.filled > 0 ? 'intake.scan.filled' : 'intake.scan.nothing', {
            n: note.filled,
            who: holderName(note.holder),
          })}
          {note.oldNumber !== '' && ` ${t('intake.scan.old', { number: note.oldNumber })}`}
        </p>
        {note.warning && <p className="warn-text">{problemSentence(note.warning)}</p>}
        {note.alsoOf && (
          <p className="warn-text">{t('intake.scan.also', { who: holderName(note.alsoOf) })}</p>
        )}
        {note.differences.length > 0 && <p>{t('intake.scan.differs')}</p>}
        <ul>
          {note.differences.map((difference) => {
            const { field } = difference;
            return (
              <li key={field} className="row">
                <span className="grow">
                  {t('intake.scan.difference', {
                    field: fieldLabel(field),
                    card: valueWords(chain, field, difference.card),
                    typed: valueWords(chain, field, difference.typed),
                  })}
                </span>
                <Button
                  look="tiny"
                  aria-label={t('intake.scan.take.of', { field: fieldLabel(field) })}
                  onClick={() => take(difference)}
                >
                  {t('intake.scan.take')}
                </Button>
              </li>
            );
          })}
        </ul>
      </div>
      {close}
    </div>
  );
}
