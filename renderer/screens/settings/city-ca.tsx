/** The city's own authority: which certificates count, a file taken in, and the way back to those that every system trusts. */
import { type ChangeEvent, useRef, useState } from 'react';
import type { Output } from '../../../shared/contract/ipc/registry.ts';
import { localTime, showDate } from '../../../shared/lib/local-date.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { useSetCityCa } from '../../data/machine.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';

type Authorities = NonNullable<Output<'sync.settings'>['cityCa']>;
/** The contract takes no longer text. */
const MAX_PEM_BYTES = 100_000;
const MAY_SET: readonly string[] = ['head', 'admin', 'technician'];

function Authority({ name, until }: Authorities[number]) {
  const { today } = useSession();
  const { date } = localTime(Date.parse(until));
  const over = date < today;
  return (
    <li className={over ? 'bad-text strong' : ''}>
      {t(over ? 'sending.ca.expired' : 'sending.ca.until', { name, date: showDate(date) })}
    </li>
  );
}

interface RemoveProps {
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

function RemoveDialog({ onRemove, onClose }: RemoveProps) {
  return (
    <Dialog
      title={t('sending.ca.remove.title')}
      onClose={onClose}
      footer={
        <Button look="danger" onClick={onRemove}>
          {t('sending.ca.remove')}
        </Button>
      }
    >
      <p>{t('sending.ca.remove.text')}</p>
    </Dialog>
  );
}

export function CityCa({ cityCa }: { readonly cityCa: Authorities | null }) {
  const { actor } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const set = useSetCityCa();
  const may = actor === null || MAY_SET.includes(actor.role);
  const keep = (pem: string | null) =>
    set.mutate(pem, {
      onSuccess: () => notice(t(pem === null ? 'sending.ca.removed' : 'sending.ca.kept')),
    });
  const onPick = async (event: ChangeEvent<HTMLInputElement>) => {
    const control = event.currentTarget;
    const file = control.files?.[0];
    if (!file) return;
    setTooLarge(file.size > MAX_PEM_BYTES);
    if (file.size > MAX_PEM_BYTES) set.reset();
    else keep(await file.text());
    control.value = '';
  };
  const unreadable = { code: 'CITY_CA_INVALID', details: {}, sentence: problemSentence('CITY_CA_INVALID') };
  return (
    <section className="card stack" aria-label={t('sending.ca')}>
      <h2>{t('sending.ca')}</h2>
      <p className={cityCa ? '' : 'dim'}>{t(cityCa ? 'sending.ca.own' : 'sending.ca.none')}</p>
      {cityCa && (
        <ul>
          {cityCa.map((one) => (
            <Authority key={`${one.name} ${one.until}`} {...one} />
          ))}
        </ul>
      )}
      {may ? (
        <div className="row">
          <input
            ref={input}
            type="file"
            hidden
            accept=".pem,.crt,.cer"
            aria-label={t('sending.ca.fileLabel')}
            onChange={(event) => void onPick(event)}
          />
          <Button disabled={set.isPending} onClick={() => input.current?.click()}>
            {t('sending.ca.pick')}
          </Button>
          {cityCa && <Button onClick={() => setAsking(true)}>{t('sending.ca.remove')}</Button>}
        </div>
      ) : (
        <p className="dim">{t('sending.ca.who')}</p>
      )}
      {tooLarge && <ProblemNote problem={unreadable} />}
      {set.error && <ProblemNote problem={asProblem(set.error, 'sync.set-ca')} />}
      {asking && (
        <RemoveDialog
          onClose={() => setAsking(false)}
          onRemove={() => {
            setAsking(false);
            keep(null);
          }}
        />
      )}
    </section>
  );
}
