/** The lamps of the status bar: what each says and how loud. Pure. */
import type { BackupState } from '../../../shared/contract/ipc/backup.ts';
import type { Session } from '../../../shared/contract/ipc/session.ts';
import type { SyncState } from '../../../shared/contract/ipc/sync.ts';
import { t } from '../../text/text.ts';
import { diskSize, isFullDisk, isLowDisk, moment } from '../../text/when.ts';

export type LampName = 'whole' | 'backup' | 'receipt' | 'disk' | 'clock' | 'cipher';
export interface StatusLamp {
  readonly name: LampName;
  readonly tone: 'ok' | 'warn-text' | 'bad-text' | 'dim';
  readonly text: string;
}
export interface Facts {
  readonly session: Pick<Session, 'today' | 'storage'>;
  readonly sync: Pick<SyncState, 'lastReceiptAt' | 'clockOffsetMs'> | undefined;
  readonly backup: BackupState | undefined;
  /** ISO, now. */
  readonly now: string;
}

const CLOCK_LIMIT_MS = 10 * 60_000;
/** A day's backup may wait over a long weekend. */
const OLD_MS = 3 * 86_400_000;

const lamp = (name: LampName, tone: StatusLamp['tone'], text: string): StatusLamp => ({ name, tone, text });

export function lampsOf({ session, sync, backup, now }: Facts): readonly StatusLamp[] {
  const { cipher, freeBytes } = session.storage;
  return [
    wholeLamp(backup),
    backupLamp(backup, session.today, now),
    sync?.lastReceiptAt
      ? lamp('receipt', 'ok', t('status.receipt', { when: moment(sync.lastReceiptAt, session.today) }))
      : lamp('receipt', 'dim', t('status.receipt.none')),
    diskLamp(freeBytes),
    clockLamp(sync?.clockOffsetMs ?? null),
    cipher
      ? lamp('cipher', 'ok', t('status.cipher', { cipher }))
      : lamp('cipher', 'warn-text', t('status.cipher.none')),
  ];
}

function wholeLamp(backup: BackupState | undefined): StatusLamp {
  const check = backup?.quick;
  if (!check) return lamp('whole', 'dim', t('status.whole.unknown'));
  if (!check.ok) return lamp('whole', 'bad-text', t('status.whole.bad'));
  return backup.logFound > 0
    ? lamp('whole', 'bad-text', t('status.whole.log'))
    : lamp('whole', 'ok', t('status.whole'));
}

function backupLamp(backup: BackupState | undefined, today: string, now: string): StatusLamp {
  if (backup?.running) return lamp('backup', 'dim', t('status.backup.running'));
  if (!backup?.newest) return lamp('backup', 'warn-text', t('status.backup.none'));
  const when = moment(backup.newest, today);
  if (Date.parse(now) - Date.parse(backup.newest) > OLD_MS || backup.problem)
    return lamp('backup', 'warn-text', t('status.backup.old', { when }));
  if (backup.second && !backup.second.there) return lamp('backup', 'warn-text', t('status.backup.second'));
  return lamp('backup', 'ok', t('status.backup', { when }));
}

function diskLamp(freeBytes: number | null): StatusLamp {
  if (freeBytes === null) return lamp('disk', 'dim', t('status.disk.unknown'));
  if (isFullDisk(freeBytes)) return lamp('disk', 'bad-text', t('status.disk.full'));
  const size = diskSize(freeBytes);
  return isLowDisk(freeBytes)
    ? lamp('disk', 'warn-text', t('status.disk.low', { size }))
    : lamp('disk', 'ok', t('status.disk', { size }));
}

function clockLamp(offsetMs: number | null): StatusLamp {
  if (offsetMs === null) return lamp('clock', 'dim', t('status.clock.unknown'));
  if (Math.abs(offsetMs) <= CLOCK_LIMIT_MS) return lamp('clock', 'ok', t('status.clock'));
  const n = Math.round(Math.abs(offsetMs) / 60_000);
  return lamp(
    'clock',
    'warn-text',
    offsetMs > 0 ? t('status.clock.fast', { n }) : t('status.clock.slow', { n }),
  );
}
