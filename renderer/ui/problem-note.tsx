/** One failure in words: what, what to do, and the code to tell support. */
import type { ReactNode } from 'react';
import type { ProblemValue } from '../../shared/contract/ipc/common.ts';
import { t } from '../text/text.ts';

interface Props {
  readonly problem: ProblemValue;
  /** Said quietly: a state that passes by itself. */
  readonly calm?: boolean;
  readonly children?: ReactNode;
}

export function ProblemNote({ problem, calm = false, children }: Props) {
  return (
    <div className={calm ? 'problem calm' : 'problem'} role={calm ? 'status' : 'alert'}>
      <span className="grow">{problem.sentence}</span>
      {children}
      <span className="code">{t('problem.code', { code: problem.code })}</span>
    </div>
  );
}
