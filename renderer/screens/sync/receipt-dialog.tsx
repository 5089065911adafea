/** One receipt: its lines, the facts of its signature, and a copy to keep. */
import { useSession } from '../../data/session.ts';
import { useReceipt, useSaveReceipt } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { usePlace } from '../../state/place.ts';
import { named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { shortReceipt } from '../../ui/delivery-word.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { groupLines, type ReceiptLine } from '../../ui/receipt-lines.ts';

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

function Lines({ lines }: { readonly lines: readonly ReceiptLine[] }) {
  return (
    <table className="plain sticky">
      <thead>
        <tr>
          <th className="num tight">{t('receipt.col.seq')}</th>
          <th className="tight">{t('sync.col.verb')}</th>
          <th>{t('receipt.col.title')}</th>
          <th className="tight">{t('receipt.col.code')}</th>
          <th className="tight">{t('receipt.col.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {groupLines(lines).map(({ seq, last, verb, title, code, verdict }) => (
          <tr key={seq}>
            <td className="num tight">{last > seq ? `${seq}–${last}` : seq}</td>
            <td className="tight">{named('verb', verb)}</td>
            <td>
              {title}
              {last > seq && <span className="dim"> · {t('receipt.times', { n: last - seq + 1 })}</span>}
            </td>
            <td className="tight">{code}</td>
            <td className={verdict === 'accepted' || verdict === 'merged' ? 'ok tight' : 'bad-text tight'}>
              {named('verdict', verdict)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** For the technician; a clerk needs none of it. */
function Technical({ jws, publicKey }: { readonly jws: string; readonly publicKey: string }) {
  const { algorithm, keyId } = jwsFacts(jws);
  return (
    <details className="technical">
      <summary>{t('receipt.technical')}</summary>
      <dl className="facts">
        <dt>{t('receipt.algorithm')}</dt>
        <dd>{algorithm}</dd>
        <dt>{t('receipt.keyId')}</dt>
        <dd>{keyId}</dd>
        <dt>{t('receipt.key')}</dt>
        <dd className="small">{publicKey}</dd>
        <dt>{t('receipt.jws')}</dt>
        <dd className="jws">{jws}</dd>
      </dl>
      <p className="dim">{t('receipt.verify')}</p>
    </details>
  );
}

export function ReceiptDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { today } = useSession();
  const { data, error } = useReceipt(id);
  const save = useSaveReceipt();
  const go = usePlace((s) => s.go);
  const onSave = () => {
    if (data && !save.isPending) save.mutate(id);
  };
  const onPrint = () => go({ room: 'sync', view: 'proof', proof: { kind: 'receipt', id }, size: 'A4' });
  const failed = error ?? save.error;
  return (
    <Dialog
      wide
      title={t('receipt.title', { short: data ? shortReceipt(data.row.short) : '' })}
      onClose={onClose}
      onKeys={{ 'Control+s': onSave, 'Control+p': onPrint }}
      footer={
        <>
          <Button look="primary" keys="Ctrl S" disabled={!data || save.isPending} onClick={onSave}>
            {t('receipt.save')}
          </Button>
          <Button keys="Ctrl P" disabled={!data} onClick={onPrint}>
            {t('receipt.print')}
          </Button>
          <span className="ok strong" role="status">
            {save.data?.saved && t('receipt.saved')}
          </span>
        </>
      }
    >
      {failed && <ProblemNote problem={asProblem(failed, 'receipt.get')} />}
      {data && (
        <>
          <p>
            {t('receipt.facts', { at: moment(data.row.at, today), from: data.row.from, to: data.row.to })}
          </p>
          <Lines lines={data.lines} />
          <Technical jws={data.jws} publicKey={data.publicKey} />
        </>
      )}
    </Dialog>
  );
}
