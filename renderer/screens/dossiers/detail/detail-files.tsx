/** Tệp quét: the scans of this dossier, attached by a dialog or dropped here, seen inside the book, saved, taken off with a reason. */
import { type DragEvent, useState } from 'react';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { ChecklistLine } from '../../../../shared/domain/checklist.ts';
import { useAttach, useScans } from '../../../data/file.ts';
import { useSession } from '../../../data/session.ts';
import { useSyncState } from '../../../data/sync.ts';
import { asProblem } from '../../../ipc.ts';
import { t } from '../../../text/text.ts';
import { fileSize, moment } from '../../../text/when.ts';
import { Button } from '../../../ui/button.tsx';
import { notice } from '../../../ui/notice.ts';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { ScanDialog } from '../../../ui/scan-dialog.tsx';
import { Labelled } from './act-fields.tsx';
import { DetachDialog } from './detach-dialog.tsx';

type Scan = DossierDetail['files'][number];

interface Props {
  readonly detail: DossierDetail;
  readonly papers: readonly ChecklistLine[];
  readonly mayChange: boolean;
}

export function FilesPanel({ detail, papers, mayChange }: Props) {
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const [leaving, setLeaving] = useState<Scan | null>(null);
  const { id, files } = detail;
  const { open, opening } = useScans(id, (name) => notice(t('files.saved', { name })));
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      {mayChange && <Attach detail={detail} papers={papers} onProblem={setProblem} />}
      {files.length === 0 && <p className="empty">{t('files.empty')}</p>}
      <ul>
        {files.map((file) => (
          <ScanLine
            key={file.sha256}
            file={file}
            paper={papers.find((p) => p.code === file.paper)?.name ?? t('files.paper.none')}
            onView={() => void open(file, 'view')}
            onSave={() => void open(file, 'save')}
            onDetach={mayChange ? () => setLeaving(file) : null}
          />
        ))}
      </ul>
      {opening && <ScanDialog {...opening} />}
      {leaving && <DetachDialog id={id} file={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

interface LineProps {
  readonly file: Scan;
  readonly paper: string;
  readonly onView: () => void;
  readonly onSave: () => void;
  readonly onDetach: (() => void) | null;
}

function ScanLine({ file, paper, onView, onSave, onDetach }: LineProps) {
  const { today } = useSession();
  const online = useSyncState().data?.line === 'online';
  const { name, by, at, note, here, type } = file;
  const size = fileSize(file.size);
  return (
    <li className="paper">
      <div className="grow">
        <span className="strong">{name}</span>
        <div className="small">{note === '' ? paper : `${paper} · ${note}`}</div>
        <div className="dim small">{t('files.about', { size, by, when: moment(at, today) })}</div>
        {!here && (
          <div className={online ? 'dim small' : 'warn-text small'}>
            {t(online ? 'files.elsewhere' : 'files.elsewhere.offline')}
          </div>
        )}
      </div>
      {type !== 'application/pdf' && (
        <Button look="tiny" aria-label={t('files.view.of', { name })} onClick={onView}>
          {t('files.view')}
        </Button>
      )}
      <Button look="tiny" aria-label={t('files.save.of', { name })} onClick={onSave}>
        {t('files.save')}
      </Button>
      {onDetach && (
        <Button look="tiny" aria-label={t('files.detach.of', { name })} onClick={onDetach}>
          {t('files.detach')}
        </Button>
      )}
    </li>
  );
}

interface AttachProps extends Omit<Props, 'mayChange'> {
  readonly onProblem: (problem: ProblemValue | null) => void;
}

function Attach({ detail: { id }, papers, onProblem }: AttachProps) {
  const [paper, setPaper] = useState('');
  const [note, setNote] = useState('');
  const attach = useAttach();
  const take = async (dropped: File | null) => {
    onProblem(null);
    try {
      const name = await attach.mutateAsync({ id, paper: paper || null, note, dropped });
      if (name === null) return;
      setNote('');
      notice(t('files.attached', { name }));
    } catch (error) {
      onProblem(asProblem(error, 'dossier.attach'));
    }
  };
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    if (attach.isPending) return;
    for (const file of event.dataTransfer.files) await take(file);
  };
  return (
    <fieldset
      className="drop-scan"
      aria-label={t('panel.files')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void drop(event)}
    >
      <div className="row">
        <Labelled label={t('files.paper')}>
          {(control) => (
            <select
              id={control}
              className="input"
              value={paper}
              onChange={(event) => setPaper(event.currentTarget.value)}
            >
              <option value="">{t('files.paper.none')}</option>
              {papers.map((p) => (
                <option key={p.code} value={p.code}>
                  {p.name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={t('files.note')}>
          {(control) => (
            <input
              id={control}
              className="input"
              maxLength={300}
              autoComplete="off"
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )}
        </Labelled>
        <Button disabled={attach.isPending} onClick={() => void take(null)}>
          {t(attach.isPending ? 'files.taking' : 'files.choose')}
        </Button>
      </div>
      <p className="dim small">{t('files.hint')}</p>
    </fieldset>
  );
}
