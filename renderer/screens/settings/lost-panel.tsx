/** Mất máy: the machines that the city knows of this office, what stood on the lost one, its key, the notice of 72 hours. */
import './lost.css';
import { useState } from 'react';
import { unitOn } from '../../../shared/catalogue/units.ts';
import type { Output } from '../../../shared/contract/ipc/registry.ts';
import { mayReportLoss } from '../../../shared/domain/verbs.ts';
import { momentWords } from '../../../shared/notice/loss-notice.ts';
import { useMachines } from '../../data/lost.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { LossFacts } from './lost-facts.tsx';

export type Machine = Output<'machine.list'>['machines'][number];

export function LostPanel() {
  const { actor } = useSession();
  if (!actor || !mayReportLoss(actor.role)) return <p className="card note">{t('lost.who')}</p>;
  return <Lost />;
}

function Lost() {
  const machines = useMachines();
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <div className="lost">
      <section className="card stack" aria-labelledby="lost-list">
        <h2 id="lost-list">{t('lost.list')}</h2>
        <p className="dim">{t('lost.list.text')}</p>
        {machines.isFetching && <p role="status">{t('lost.asking')}</p>}
        {machines.error && (
          <ProblemNote problem={asProblem(machines.error, 'machine.list')}>
            <Button look="tiny" onClick={() => void machines.refetch()}>
              {t('lost.again')}
            </Button>
          </ProblemNote>
        )}
        {machines.data && (
          <MachineTable machines={machines.data.machines} chosen={chosen} onChoose={setChosen} />
        )}
      </section>
      {chosen === null ? (
        <p className="card note">{t('lost.choose')}</p>
      ) : (
        <LossFacts key={chosen} no={chosen} />
      )}
    </div>
  );
}

interface TableProps {
  readonly machines: readonly Machine[];
  readonly chosen: number | null;
  readonly onChoose: (no: number) => void;
}

function MachineTable({ machines, chosen, onChoose }: TableProps) {
  const { device, today } = useSession();
  return (
    <ScrollRegion label={t('lost.list')}>
      <table className="plain sticky lost-machines">
        <thead>
          <tr>
            <th>{t('lost.col.machine')}</th>
            <th>{t('lost.col.unit')}</th>
            <th>{t('lost.col.contact')}</th>
            <th>{t('lost.col.state')}</th>
          </tr>
        </thead>
        <tbody>
          {machines.map(({ no, name, unit, contactAt, revoked }) => (
            <tr key={no} className={no === chosen ? 'chosen' : undefined}>
              <td>
                <button
                  type="button"
                  className="rowlink"
                  aria-pressed={no === chosen}
                  onClick={() => onChoose(no)}
                >
                  {no} · {name}
                </button>
                {no === device?.no && <div className="dim small">{t('lost.this')}</div>}
              </td>
              <td>{unitOn(unit, today)?.name ?? unit}</td>
              <td>{contactAt ? momentWords(contactAt) : t('lost.never')}</td>
              <td className={revoked ? 'bad-text' : ''}>{t(revoked ? 'lost.revoked' : 'lost.active')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
