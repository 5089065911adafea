/** First run: this machine introduces itself to the city with a one-time code. */
import { type FormEvent, useState } from 'react';
import { useEnrol, useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

export function FirstRun() {
  const { cityUrl } = useSession();
  const [values, setValues] = useState({ url: cityUrl, code: '', deviceName: '' });
  const [empty, setEmpty] = useState(false);
  const enrol = useEnrol();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = { url: values.url.trim(), code: values.code.trim(), deviceName: values.deviceName.trim() };
    const missing = Object.values(input).some((text) => text === '');
    setEmpty(missing);
    if (!missing && !enrol.isPending) enrol.mutate(input);
  };
  const bind = (key: keyof typeof values) => ({
    value: values[key],
    onChange: (text: string) => setValues((v) => ({ ...v, [key]: text })),
  });
  return (
    <main style={{ maxWidth: 520, margin: '8vh auto 0', padding: '0 16px' }}>
      <form className="card stack" onSubmit={submit} noValidate>
        <span className="shell-name">{t('app.name')}</span>
        <h1>{t('enrol.title')}</h1>
        <p className="dim">{t('enrol.text')}</p>
        <PlainField label={t('enrol.url')} maxLength={300} {...bind('url')} />
        <PlainField label={t('enrol.code')} maxLength={60} autoFocus {...bind('code')} />
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
        {enrol.error && <ProblemNote problem={asProblem(enrol.error, 'device.enrol')} />}
        <div>
          <Button type="submit" look="primary" disabled={enrol.isPending}>
            {enrol.isPending ? t('enrol.running') : t('enrol.go')}
          </Button>
        </div>
      </form>
    </main>
  );
}
