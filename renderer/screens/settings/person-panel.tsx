/** Trích dữ liệu: whom the request is about, in which dossiers that person stands, the recorded requests and their answers. */
import './person.css';
import { type FormEvent, useState } from 'react';
import { personAnswer } from '../../../shared/catalogue/personal-data.ts';
import type { Input, Output } from '../../../shared/contract/ipc/registry.ts';
import { mayAnswerPerson } from '../../../shared/domain/verbs.ts';
import { readDate, showDate } from '../../../shared/lib/local-date.ts';
import { useFindPerson, useOpenPerson, usePersonRequests } from '../../data/person.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { usePlace } from '../../state/place.ts';
import { named, t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { PersonRequests } from './person-requests.tsx';

type Asked = Input<'person.find'>;
type Found = Output<'person.find'>;

export function PersonPanel() {
  const { actor } = useSession();
  if (!actor || !mayAnswerPerson(actor.role)) return <p className="card note">{t('person.who')}</p>;
  return <Person />;
}

function Person() {
  const requests = usePersonRequests();
  const find = useFindPerson();
  return (
    <div className="person">
      <div className="stack">
        <AskForm pending={find.isPending} onAsk={(asked) => find.mutate(asked)} onChange={find.reset} />
        {find.error && <ProblemNote problem={asProblem(find.error, 'person.find')} />}
        {find.data && find.variables && <FoundCard found={find.data} asked={find.variables} />}
      </div>
      {requests.error && <ProblemNote problem={asProblem(requests.error, 'person.requests')} />}
      {requests.data && <PersonRequests rows={requests.data} />}
    </div>
  );
}

interface AskProps {
  readonly pending: boolean;
  readonly onAsk: (asked: Asked) => void;
  /** What was found is about what was typed: another word, and it goes. */
  readonly onChange: () => void;
}

function AskForm({ pending, onAsk, onChange }: AskProps) {
  const [typed, setTyped] = useState<Asked>({ number: '', name: '', birth: '' });
  const birth = readDate(typed.birth, true);
  const bad = typed.birth.trim() !== '' && !birth.ok;
  const set = (more: Partial<Asked>) => {
    setTyped({ ...typed, ...more });
    onChange();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!bad && !pending) onAsk({ ...typed, birth: birth.ok ? birth.value : '' });
  };
  return (
    <form className="card stack" onSubmit={submit} noValidate aria-labelledby="person-ask">
      <h2 id="person-ask">{t('person.ask')}</h2>
      <p className="dim">{t('person.ask.text')}</p>
      <PlainField
        label={t('person.number')}
        value={typed.number}
        maxLength={40}
        inputMode="numeric"
        onChange={(number) => set({ number })}
      />
      <div className="row person-name">
        <PlainField
          label={t('person.name')}
          value={typed.name}
          maxLength={200}
          onChange={(name) => set({ name })}
        />
        <PlainField
          label={t('person.birth')}
          value={typed.birth}
          maxLength={10}
          aria-invalid={bad}
          onChange={(text) => set({ birth: text })}
        />
      </div>
      {bad && (
        <p className="bad-text" role="alert">
          {t('person.birth.bad')}
        </p>
      )}
      <div>
        <Button type="submit" look="primary" keys="Enter" disabled={bad || pending}>
          {t('person.find')}
        </Button>
      </div>
    </form>
  );
}

function FoundCard({ found, asked }: { readonly found: Found; readonly asked: Asked }) {
  const { dossiers, unclear } = found;
  const n = dossiers.length;
  return (
    <section className="card stack" aria-labelledby="person-found">
      <h2 id="person-found">
        <span role="status">{n === 0 ? t('person.found.none') : t('person.found', { n })}</span>
      </h2>
      {unclear > 0 && <p className="warn-text">{t('person.unclear', { n: unclear })}</p>}
      {n > 0 && (
        <table className="plain person-found">
          <thead>
            <tr>
              <th>{t('person.col.code')}</th>
              <th>{t('person.col.role')}</th>
              <th>{t('person.col.name')}</th>
              <th>{t('person.col.received')}</th>
            </tr>
          </thead>
          <tbody>
            {dossiers.map(({ id, code, roles, name, number, receivedOn }) => (
              <tr key={id}>
                <td>{code}</td>
                <td>{roles.map((role) => named('person.role', role)).join(', ')}</td>
                <td>
                  {name}
                  <div className="dim small">{number}</div>
                </td>
                <td>{showDate(receivedOn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {n > 0 && <OpenForm asked={asked} />}
    </section>
  );
}

function OpenForm({ asked }: { readonly asked: Asked }) {
  const { today } = useSession();
  const go = usePlace((s) => s.go);
  const [day, setDay] = useState(showDate(today));
  const [reason, setReason] = useState('');
  const open = useOpenPerson();
  const read = readDate(day, false);
  const bad = !read.ok || read.value > today;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!read.ok || bad || open.isPending) return;
    open.mutate(
      { ...asked, receivedOn: read.value, reason },
      { onSuccess: ({ id }) => go({ room: 'settings', view: 'person', id }) },
    );
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <div className="row person-open">
        <PlainField
          label={t('person.receivedOn')}
          value={day}
          inputMode="numeric"
          aria-invalid={bad}
          onChange={setDay}
        />
        <PlainField label={t('person.reason')} value={reason} maxLength={300} onChange={setReason} />
      </div>
      {bad && (
        <p className="bad-text" role="alert">
          {t('person.receivedOn.bad')}
        </p>
      )}
      <p className="dim">
        {t('person.open.text', { n: personAnswer.workingDays, source: personAnswer.source })}
      </p>
      {open.error && <ProblemNote problem={asProblem(open.error, 'person.open')} />}
      <div>
        <Button type="submit" look="primary" keys="Enter" disabled={bad || reason.trim() === ''}>
          {t('person.open')}
        </Button>
      </div>
    </form>
  );
}
