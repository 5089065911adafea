/** One numbered section of the declaration. */
import type { ChainRule } from '../../../shared/catalogue/regimes.ts';
import type { FieldRule, SectionRule } from '../../../shared/domain/dossier-form.ts';
import { named, t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { FieldSay, FormField } from './form-field.tsx';
import { parentOf } from './form-values.ts';
import { type PlacedField, rowsOf } from './layout.ts';
import type { DossierForm } from './use-dossier-form.ts';

interface Props {
  readonly section: SectionRule;
  readonly no: number;
  readonly form: DossierForm;
  readonly rule: ChainRule | undefined;
  readonly onCopy: () => void;
}

const optional = new Set(['mother', 'father']);

/** A flag that asks for a component is shown only under rules that know the component. */
function applies(field: FieldRule, rule: ChainRule | undefined): boolean {
  return field.kind !== 'flag' || (rule?.components.some((c) => c.onRequest === field.key) ?? true);
}

function CopyButton({ form, onCopy }: Pick<Props, 'form' | 'onCopy'>) {
  const parent = parentOf(form.chain, form.values);
  const word =
    parent === 'mother' ? t('form.copy.me') : parent === 'father' ? t('form.copy.cha') : t('form.copy.other');
  return (
    <span className="end">
      {parent ? (
        <Button look="tiny" keys="F4" tabIndex={-1} onClick={onCopy}>
          {word}
        </Button>
      ) : (
        <span className="dim small">{word}</span>
      )}
    </span>
  );
}

function FieldRow({ row, form }: { readonly row: readonly PlacedField[]; readonly form: DossierForm }) {
  return (
    <div className="fields">
      {row.map(({ rule }) => (
        <FormField
          key={rule.key}
          rule={rule}
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

export function FormSection({ section, no, form, rule, onCopy }: Props) {
  const id = `section-${section.key}`;
  return (
    <section className="card form-section" aria-labelledby={id}>
      <div className="row">
        <h2 id={id}>
          {no} · {named('section', section.key)}
        </h2>
        {optional.has(section.key) && <span className="dim small">{named('section.note', section.key)}</span>}
        {section.key === 'requester' && form.chain === 'birth' && <CopyButton form={form} onCopy={onCopy} />}
      </div>
      {rowsOf(section.fields.filter((field) => applies(field, rule))).map((row) => (
        <FieldRow key={row[0]?.rule.key} row={row} form={form} />
      ))}
    </section>
  );
}
