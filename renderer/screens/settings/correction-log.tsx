/** Who corrected what of the catalogue, when and why, with the value before and after. */
import type { Output } from '../../../shared/contract/ipc/registry.ts';
import { useCatalogue, useCorrectionHistory } from '../../data/catalogue.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { correctedName, correctedValue } from './catalogue-rows.ts';

type Step = Output<'catalogue.history'>['steps'][number];

/** Steps that were saved together, as one, in the order in which they were given. */
function together(steps: readonly Step[]): readonly (readonly [Step, ...Step[]])[] {
  const byEvent = new Map<string, [Step, ...Step[]]>();
  for (const step of steps) {
    const known = byEvent.get(step.event);
    if (known) known.unshift(step);
    else byEvent.set(step.event, [step]);
  }
  return [...byEvent.values()];
}

function Change({ step }: { readonly step: Step }) {
  const catalogue = useCatalogue();
  const value = correctedValue(catalogue, step, step.value);
  if (step.before === step.value)
    return <li>{t('catalogue.log.same', { name: correctedName(catalogue, step), value })}</li>;
  return (
    <li>
      <span>{correctedName(catalogue, step)}: </span>
      <del className="dim">{correctedValue(catalogue, step, step.before)}</del>{' '}
      <ins className="strong">{value}</ins>
    </li>
  );
}

function LogRow({ steps }: { readonly steps: readonly [Step, ...Step[]] }) {
  const { today } = useSession();
  const [{ at, waiting, actorName, officeName, reason }] = steps;
  return (
    <tr>
      <td>
        <p>{moment(at, today)}</p>
        {waiting && <p className="small warn-text">{t('catalogue.log.waiting')}</p>}
      </td>
      <td>
        <p>{actorName}</p>
        <p className="small dim">{officeName}</p>
      </td>
      <td>
        <ul>
          {steps.map((step) => (
            <Change key={`${step.key}${step.from}`} step={step} />
          ))}
        </ul>
      </td>
      <td>
        <p>{reason}</p>
        {[...new Set(steps.map((step) => step.source))].map((source) => (
          <p key={source} className="small dim">
            {source}
          </p>
        ))}
      </td>
    </tr>
  );
}

export function CorrectionLog({ onClose }: { readonly onClose: () => void }) {
  const { data, error } = useCorrectionHistory();
  return (
    <Dialog title={t('catalogue.log')} wide onClose={onClose}>
      {error && <ProblemNote problem={asProblem(error, 'catalogue.history')} />}
      {data?.steps.length === 0 && <p className="empty">{t('catalogue.log.none')}</p>}
      {data && data.steps.length > 0 && (
        <table className="plain correction-log">
          <thead>
            <tr>
              <th scope="col">{t('catalogue.log.at')}</th>
              <th scope="col">{t('catalogue.log.who')}</th>
              <th scope="col">{t('catalogue.log.values')}</th>
              <th scope="col">{t('catalogue.log.why')}</th>
            </tr>
          </thead>
          <tbody>
            {together(data.steps).map((steps) => (
              <LogRow key={steps[0].event} steps={steps} />
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
