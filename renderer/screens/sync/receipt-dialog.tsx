/** One receipt: its lines, the facts of its signature, and a copy to keep. */
import { notifications } from '@mantine/notifications';
import { useSession } from '../../data/session.ts';
import { useReceipt, useSaveReceipt } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { shortReceipt } from '../../ui/delivery-word.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

/** What the head of a JWS says of algorithm and key; blanks where it cannot be read. */
export function jwsFacts(jws: string): { readonly algorithm: string; readonly keyId: string } {
  try {
    const head: unknown = JSON.parse(
      atob((jws.split('.')[0] ?? '').replaceAll('-', '+').replaceAll('_', '/')),
    );
    const text = (name: string) =>
      head && typeof head === 'object' && name in head ? String(Reflect.get(head, name)) : '';
    return { algorithm: text('alg'), keyId: text('kid') };
  } catch {
    return { algorithm: '', keyId: '' };
  }
}

export function ReceiptDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { today } = useSession();
  const { data, error } = useReceipt(id);
  const save = useSaveReceipt();
  const onSave = () =>
    save.mutate(id, {
      onSuccess: ({ saved }) => saved && notifications.show({ message: t('receipt.saved') }),
    });
  const failed = error ?? save.error;
  const facts = data && jwsFacts(data.jws);
  return (
    <Dialog
      wide
      title={t('receipt.title', { short: data ? shortReceipt(data.row.short) : '' })}
      onClose={onClose}
      footer={
        <Button look="primary" disabled={!data || save.isPending} onClick={onSave}>
          {t('receipt.save')}
        </Button>
      }
    >
      {failed && <ProblemNote problem={asProblem(failed, 'receipt.get')} />}
      {data && facts && (
        <>
          <p>
            {t('receipt.facts', { at: moment(data.row.at, today), from: data.row.from, to: data.row.to })}
          </p>
          <table className="plain">
            <thead>
              <tr>
                <th className="num tight">{t('receipt.col.seq')}</th>
                <th>{t('sync.col.verb')}</th>
                <th>{t('receipt.col.title')}</th>
                <th>{t('receipt.col.code')}</th>
                <th>{t('receipt.col.verdict')}</th>
              </tr>
            </thead>
            <tbody>
              {data.lines.map((line) => (
                <tr key={line.seq}>
                  <td className="num tight">{line.seq}</td>
                  <td className="tight">{named('verb', line.verb)}</td>
                  <td>{line.title}</td>
                  <td className="tight">{line.code}</td>
                  <td
                    className={
                      line.verdict === 'accepted' || line.verdict === 'merged' ? 'ok tight' : 'bad-text tight'
                    }
                  >
                    {named('verdict', line.verdict)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <dl className="facts">
            <dt>{t('receipt.algorithm')}</dt>
            <dd>{facts.algorithm}</dd>
            <dt>{t('receipt.keyId')}</dt>
            <dd>{facts.keyId}</dd>
            <dt>{t('receipt.key')}</dt>
            <dd className="small">{data.publicKey}</dd>
          </dl>
          <h3>{t('receipt.jws')}</h3>
          <div className="jws">{data.jws}</div>
          <p className="dim">{t('receipt.verify')}</p>
        </>
      )}
    </Dialog>
  );
}
