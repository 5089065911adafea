/** Small lamps that tell only what this machine knows to be true. */
import { useEffect } from 'react';
import { useReadSession, useSession, useSessionTime } from '../../data/session.ts';
import { useSyncState } from '../../data/sync.ts';
import { t } from '../../text/text.ts';
import { diskSize, isLowDisk, longDay, moment } from '../../text/when.ts';

const CLOCK_LIMIT_MS = 10 * 60_000;

type Tone = 'ok' | 'warn-text' | 'dim';
const marks = { ok: '●', 'warn-text': '▲', dim: '○' } as const;

function Small({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className={tone}>
      <span aria-hidden="true">{marks[tone]} </span>
      {children}
    </span>
  );
}

function Clock({ offsetMs }: { readonly offsetMs: number | null }) {
  if (offsetMs === null) return <Small tone="dim">{t('status.clock.unknown')}</Small>;
  if (Math.abs(offsetMs) <= CLOCK_LIMIT_MS) return <Small tone="ok">{t('status.clock')}</Small>;
  const n = Math.round(Math.abs(offsetMs) / 60_000);
  return (
    <Small tone="warn-text">
      {offsetMs > 0 ? t('status.clock.fast', { n }) : t('status.clock.slow', { n })}
    </Small>
  );
}

function Disk({ freeBytes }: { readonly freeBytes: number | null }) {
  if (freeBytes === null) return <Small tone="dim">{t('status.disk.unknown')}</Small>;
  const size = diskSize(freeBytes);
  return isLowDisk(freeBytes) ? (
    <Small tone="warn-text">{t('status.disk.low', { size })}</Small>
  ) : (
    <Small tone="ok">{t('status.disk', { size })}</Small>
  );
}

export function StatusBar({ onKeys }: { readonly onKeys: () => void }) {
  const session = useSession();
  const sync = useSyncState().data;
  const readSession = useReadSession();
  const { date, time } = useSessionTime();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the turn of the day counts
  useEffect(() => {
    if (date > session.today) readSession();
  }, [date, session.today]);
  const { cipher, freeBytes } = session.storage;
  return (
    <footer className="shell-status">
      {sync?.lastReceiptAt ? (
        <Small tone="ok">{t('status.receipt', { when: moment(sync.lastReceiptAt, session.today) })}</Small>
      ) : (
        <Small tone="dim">{t('status.receipt.none')}</Small>
      )}
      <Disk freeBytes={freeBytes} />
      <Clock offsetMs={sync?.clockOffsetMs ?? null} />
      {cipher ? (
        <Small tone="ok">{t('status.cipher', { cipher })}</Small>
      ) : (
        <Small tone="warn-text">{t('status.cipher.none')}</Small>
      )}
      <span className="right">
        {longDay(date)} · {time} ·
        <button type="button" className="linkish" onClick={onKeys}>
          F1 {t('status.keys')}
        </button>
      </span>
    </footer>
  );
}
