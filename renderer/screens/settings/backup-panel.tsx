/** Cài đặt > Sao lưu: where the copies stand, how old they are, and the way back to one of them. */
import { useState } from 'react';
import type { BackupRow, BackupState } from '../../../shared/contract/ipc/backup.ts';
import {
  useBackupState,
  useBackups,
  useCheckData,
  useChoosePlace,
  useForgetPlace,
  useMakeBackup,
} from '../../data/backup.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { fileSize, moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { LookDialog } from './look-dialog.tsx';

function secondWords(second: BackupState['second'], today: string): string {
  if (!second) return t('backup.second.none');
  const { place, there, newest } = second;
  if (!there) return t('backup.second.missing', { place });
  if (newest === null) return t('backup.second.empty', { place });
  return t('backup.second.newest', { place, when: moment(newest, today) });
}

function journalWords({ journal, behind }: NonNullable<BackupState['second']>, today: string): string {
  if (journal === null) return t('backup.second.journal.none');
  const when = moment(journal, today);
  return t(behind ? 'backup.second.journal.behind' : 'backup.second.journal.at', { when });
}

function checkWords({ quick, full }: BackupState, today: string): string {
  const check = full ?? quick;
  if (!check) return t('backup.checked.never');
  return t(check.ok ? 'backup.checked.ok' : 'backup.checked.bad', { when: moment(check.at, today) });
}

function Standing({ state }: { readonly state: BackupState }) {
  const { today } = useSession();
  const { newest, journalWhole, second } = state;
  const facts = [
    [t('backup.newest'), newest === null ? t('backup.newest.none') : moment(newest, today)],
    [t('backup.journal'), t(journalWhole ? 'backup.journal.whole' : 'backup.journal.hole')],
    [t('backup.second'), secondWords(second, today)],
    ...(second ? [[t('backup.second.journal'), journalWords(second, today)] as const] : []),
    [t('backup.checked'), checkWords(state, today)],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const keepers = ['head', 'admin', 'officer', 'technician'];

function Acts({ state }: { readonly state: BackupState }) {
  const { actor } = useSession();
  const make = useMakeBackup();
  const check = useCheckData();
  const choose = useChoosePlace();
  const forget = useForgetPlace();
  const mayKeep = actor === null || keepers.includes(actor.role);
  const failed = make.error ?? check.error ?? choose.error ?? forget.error;
  return (
    <>
      <div className="row">
        <Button
          look="primary"
          disabled={state.running}
          onClick={() => make.mutate(undefined, { onSuccess: () => notice(t('backup.made')) })}
        >
          {state.running ? t('backup.making') : t('backup.make')}
        </Button>
        <Button disabled={state.running} onClick={() => check.mutate()}>
          {t('backup.check')}
        </Button>
        {mayKeep && <Button onClick={() => choose.mutate()}>{t('backup.choose')}</Button>}
        {mayKeep && state.second && <Button onClick={() => forget.mutate()}>{t('backup.forget')}</Button>}
      </div>
      {failed && <ProblemNote problem={asProblem(failed, 'backup.make')} />}
      {!failed && state.problem && <ProblemNote problem={state.problem} />}
    </>
  );
}

function Row({ row, onLook }: { readonly row: BackupRow; readonly onLook: (row: BackupRow) => void }) {
  const { today } = useSession();
  const when = moment(row.at, today);
  return (
    <tr>
      <td>{when}</td>
      <td>{named('backup.reason', row.reason)}</td>
      <td>{named('backup.where', row.where)}</td>
      <td className="num">{fileSize(row.bytes)}</td>
      <td className="dim">{t('backup.row.checked')}</td>
      <td>
        <Button look="tiny" aria-label={t('backup.look.of', { when })} onClick={() => onLook(row)}>
          {t('backup.look')}
        </Button>
      </td>
    </tr>
  );
}

function List({ onLook }: { readonly onLook: (row: BackupRow) => void }) {
  const { data: rows } = useBackups();
  if (!rows) return null;
  if (rows.length === 0) return <p className="dim">{t('backup.list.none')}</p>;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{t('backup.col.at')}</th>
          <th>{t('backup.col.reason')}</th>
          <th>{t('backup.col.where')}</th>
          <th className="num">{t('backup.col.size')}</th>
          <th>{t('backup.col.checked')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.where}/${row.name}`} row={row} onLook={onLook} />
        ))}
      </tbody>
    </table>
  );
}

export function BackupPanel() {
  const { data: state } = useBackupState();
  const [looked, setLooked] = useState<BackupRow | null>(null);
  if (!state) return null;
  return (
    <div className="stack">
      <section className="card stack" aria-labelledby="backup-title">
        <h2 id="backup-title">{t('backup.title')}</h2>
        <p className="dim">{t('backup.how')}</p>
        <Standing state={state} />
        <Acts state={state} />
      </section>
      <section className="card stack" aria-labelledby="backup-list">
        <h2 id="backup-list">{t('backup.list')}</h2>
        <List onLook={setLooked} />
      </section>
      {looked && <LookDialog row={looked} onClose={() => setLooked(null)} />}
    </div>
  );
}
