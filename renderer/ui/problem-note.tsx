/** One failure in words: what, what to do, and the code to tell support. */
import type { ReactNode } from 'react';
import type { ProblemValue } from '../../shared/contract/ipc/common.ts';
import { t } from '../text/text.ts';

export function ProblemNote({
  problem,
  children,
}: {
  readonly problem: ProblemValue;
  readonly children?: ReactNode;
}) {
  return (
    <div className="problem" role="alert">
      <span className="grow">{problem.sentence}</span>
      {children}
      <span className="code">{t('problem.code', { code: problem.code })}</span>
    </div>
  );
}
