/** Chốt ngày: what this machine entered today against what the city has signed for. */
import type { Today } from '../../../shared/contract/ipc/report.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSend } from '../../data/sync.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import type { TextKey } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';

function Figure({
  n,
  label,
  tone = '',
}: {
  readonly n: number;
  readonly label: TextKey;
  readonly tone?: string;
}) {
  return (
    <span className={n > 0 ? tone : 'dim'}>
      <b>{showCount(n)}</b> {t(label)}
    </span>
  );
}

interface Props {
  readonly closing: Today['closing'];
  readonly day: string;
}

export function Closing({ closing, day }: Props) {
  const go = usePlace((s) => s.go);
  const close = () => go({ room: 'today', view: 'close', day });
  usePageKeys({ c: close });
  const { possible, send } = useSend();
  const even = closing.entered > 0 && closing.received === closing.entered;
  return (
    <section className="card closing" aria-labelledby="closing-title">
      <h2 id="closing-title" style={{ margin: 0 }}>
        {t('today.closing')}
      </h2>
      <Figure n={closing.entered} label="today.closing.entered" />
      <Figure n={closing.received} label="today.closing.received" tone="ok" />
      <Figure n={closing.waiting} label="today.closing.waiting" tone="warn-text" />
      <Figure n={closing.returned} label="today.closing.returned" tone="bad-text" />
      <span className="dim">
        {even ? t('today.closing.even') : closing.entered === 0 ? t('today.closing.zero') : ''}
      </span>
      <div className="end">
        <Button keys="C" onClick={close}>
          {t('day.open')}
        </Button>
        <Button look="primary" keys="F9" disabled={!possible} onClick={send}>
          {t('action.send')}
        </Button>
      </div>
    </section>
  );
}
