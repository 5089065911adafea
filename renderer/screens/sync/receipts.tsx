/** The receipts that the city signed, newest first; each opens its lines. */
import { useState } from 'react';
import { readDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSession } from '../../data/session.ts';
import { useReceipts } from '../../data/sync.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { shortReceipt } from '../../ui/delivery-word.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { ReceiptDialog } from './receipt-dialog.tsx';

/** A day as it is typed, else words of a dossier or the number of a receipt. */
function soughtBy(words: string) {
  const day = readDate(words, false);
  return day.ok ? { day: day.value, q: '' } : { day: null, q: words.trim() };
}

export function Receipts() {
  const { today } = useSession();
  const [words, setWords] = useState('');
  const { data, error } = useReceipts(soughtBy(words));
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section className="card receipts" aria-labelledby="receipts-title">
      <h2 id="receipts-title">{t('receipts.title')}</h2>
      {error && <ProblemNote problem={asProblem(error, 'receipt.list')} />}
      <input
        className="input"
        type="search"
        aria-label={t('receipts.search')}
        placeholder={t('receipts.search')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {data?.length === 0 && (
        <p className="empty">{words.trim() === '' ? t('receipts.none') : t('receipts.noMatch', { words })}</p>
      )}
      {data && data.length > 0 && (
        <ScrollRegion label={t('receipts.title')}>
          <table className="plain sticky">
            <thead>
              <tr>
                <th>{t('receipts.col.at')}</th>
                <th>{t('receipts.col.short')}</th>
                <th className="num">{t('receipts.col.count')}</th>
                <th>{t('receipts.col.result')}</th>
                <th className="tight">
                  <span className="sr">{t('action.open')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((row) => (
                <tr key={row.id}>
                  <td className="tight">{moment(row.at, today)}</td>
                  <td className="strong tight">{shortReceipt(row.short)}</td>
                  <td className="num">{showCount(row.to - row.from + 1)}</td>
                  <td>
                    {(row.accepted > 0 || row.returned === 0) && (
                      <div className="ok">{t('receipts.accepted', { n: showCount(row.accepted) })}</div>
                    )}
                    {row.returned > 0 && (
                      <div className="bad-text">{t('receipts.returned', { n: showCount(row.returned) })}</div>
                    )}
                  </td>
                  <td className="tight">
                    <Button
                      look="tiny"
                      aria-label={t('receipts.open', { short: shortReceipt(row.short) })}
                      onClick={() => setOpen(row.id)}
                    >
                      {t('action.open')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {open && <ReceiptDialog id={open} onClose={() => setOpen(null)} />}
    </section>
  );
}
