/** One numbered section of the declaration. */
import type { ReactNode } from 'react';
import { named, t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import type { FoldedSection } from './folding.ts';
import { FieldSay, FormField } from './form-field.tsx';
import { type PlacedField, rowsOf } from './layout.ts';
import type { DossierForm } from './use-dossier-form.ts';

interface Props {
  readonly section: FoldedSection;
  readonly no: number;
  readonly form: DossierForm;
  /** It has half of the page beside another one. */
  readonly half: boolean;
  /** Folded fields that one press would show, of this section and those behind it without a field of their own. */
  readonly waiting: number;
  readonly onMore: () => void;
  /** At the end of the title line. */
  readonly tools?: ReactNode;
  /** Between title and fields. */
  readonly note?: ReactNode;
}

const optional = new Set(['mother', 'father']);

function FieldRow({ row, form }: { readonly row: readonly PlacedField[]; readonly form: DossierForm }) {
  return (
    <div className="fields">
      {row.map(({ rule, span }) => (
        <FormField
          key={rule.key}
          rule={rule}
          span={span}
          value={form.values[rule.key] ?? ''}
          problem={form.problemOf(rule.key)}
          onType={form.type}
          onLeave={form.leave}
        />
      ))}
      {row.map(({ rule, problemStart }) => {
        const problem = form.problemOf(rule.key);
        return problem && <FieldSay key={rule.key} problem={problem} start={problemStart} />;
      })}
    </div>
  );
}

export function FormSection({ section, no, form, half, waiting, onMore, tools, note }: Props) {
  const id = `section-${section.key}`;
  return (
    <section className="card form-section" aria-labelledby={id} data-section={section.key}>
      <div className="row">
        <h2 id={id}>
          {no} · {named('section', section.key)}
        </h2>
        {optional.has(section.key) && <span className="dim small">{named('section.note', section.key)}</span>}
        <span className="end section-tools">
          {tools}
          {waiting > 0 && (
            <Button look="tiny" keys="F8" tabIndex={-1} onClick={onMore}>
              {t('intake.more', { n: waiting })}
            </Button>
          )}
        </span>
      </div>
      {note}
      {rowsOf(section.fields, half ? 2 : 1).map((row) => (
        <FieldRow key={row[0]?.rule.key} row={row} form={form} />
      ))}
    </section>
  );
}
