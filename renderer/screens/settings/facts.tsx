/** A card of labelled facts. */
import type { ReactNode } from 'react';
import { t } from '../../text/text.ts';

type Fact = readonly [label: string, value: string];

interface Props {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly children?: ReactNode;
}

export function Facts({ title, facts, children }: Props) {
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value || t('settings.none')}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  );
}
