/** First run: this machine introduces itself to the city with a one-time code. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useEnrol, useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import './first-run.css';
import { OldMachine } from './old-machine.tsx';

const fields = ['url', 'code', 'deviceName'] as const;
type Field = (typeof fields)[number];
/** The field that a problem is about; any other one comes from the way to the city. */
const fieldOf: Readonly<Record<string, Field>> = { ENROL_CODE_WRONG: 'code' };

export function FirstRun() {
  const { cityUrl } = useSession();
  const [values, setValues] = useState<Readonly<Record<Field, string>>>({
    url: cityUrl,
    code: '',
    deviceName: '',
  });
  const [empty, setEmpty] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const enrol = useEnrol();
  const problem = enrol.error && asProblem(enrol.error, 'device.enrol');
  const wrong = problem && (fieldOf[problem.code] ?? 'url');

  const stand = (field: Field) => {
    const input = form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`);
    input?.focus();
    input?.select();
  };
  const standing = useRef(stand);
  useEffect(() => {
    if (wrong) standing.current(wrong);
  }, [wrong]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { url: values.url.trim(), code: values.code.trim(), deviceName: values.deviceName.trim() };
    const missing = fields.find((field) => input[field] === '');
    setEmpty(missing !== undefined);
    if (missing) stand(missing);
    else if (!enrol.isPending) enrol.mutate(input);
  };
  const bind = (field: Field) => ({
    name: field,
    value: values[field],
    'aria-required': true,
    'aria-invalid': wrong === field || (empty && values[field].trim() === ''),
    onChange: (text: string) => setValues((v) => ({ ...v, [field]: text })),
  });
  return (
    <main className="first-run">
      <form ref={form} className="card stack" onSubmit={submit} noValidate>
        <span className="shell-name">{t('app.name')}</span>
        <h1>{t('enrol.title')}</h1>
        <p className="dim">{t('enrol.text')}</p>
        <PlainField label={t('enrol.url')} maxLength={300} {...bind('url')} />
        <PlainField
          label={t('enrol.code')}
          maxLength={60}
          autoFocus
          placeholder={t('enrol.code.hint')}
          {...bind('code')}
        />
        <PlainField
          label={t('enrol.deviceName')}
          maxLength={80}
          placeholder={t('enrol.deviceName.hint')}
          {...bind('deviceName')}
        />
        {empty && (
          <p className="warn-text" role="alert">
            {t('enrol.empty')}
          </p>
        )}
        {problem && <ProblemNote problem={problem} />}
        <div>
          <Button type="submit" look="primary" keys="Enter" disabled={enrol.isPending}>
            {enrol.isPending ? t('enrol.running') : t('enrol.go')}
          </Button>
        </div>
      </form>
      <div className="card">
        <OldMachine />
      </div>
    </main>
  );
}
