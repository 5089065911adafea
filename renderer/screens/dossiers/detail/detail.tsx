/** One dossier: where it stands, its components by day, what may be done, its papers, "Chép sang", its history. */
import './act.css';
import './detail.css';
import { useEffect, useState } from 'react';
import type { SlipKind } from '../../../../shared/catalogue/slips.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { Action } from '../../../../shared/domain/action-rules.ts';
import type { PaperSize } from '../../../../shared/slip/paper-size.ts';
import { useCatalogue } from '../../../data/catalogue.ts';
import { useDossier } from '../../../data/dossier.ts';
import { useMay, useSession } from '../../../data/session.ts';
import { asProblem } from '../../../ipc.ts';
import { type DetailPanel, detailPanels, newDossier, type Place, usePlace } from '../../../state/place.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { ScrollRegion } from '../../../ui/scroll-region.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { usePageKeys } from '../../../ui/use-page-keys.ts';
import { useStart } from '../../../ui/use-start.ts';
import { ActBar } from './act-bar.tsx';
import { nextField } from './copy-model.ts';
import { CODE_ID, CopyPanel } from './copy-panel.tsx';
import { FilesPanel } from './detail-files.tsx';
import { DetailHead } from './detail-head.tsx';
import { PapersPanel } from './detail-papers.tsx';
import { SlipsPanel } from './detail-slips.tsx';
import { Values } from './detail-values.tsx';
import { History } from './history.tsx';
import { Lanes } from './lanes.tsx';
import { missingOf, papersOf } from './papers-model.ts';
import { ReturnedCard } from './returned.tsx';
import { useCopying } from './use-copying.ts';

type DetailPlace = Extract<Place, { view: 'detail' }>;

/** The step that the place asks for opens once: coming back finds the plain page. */
function useOnce({ act, ...place }: DetailPlace): Action | null {
  const replace = usePlace((s) => s.replace);
  const [asked] = useState(act ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the place that was opened
  useEffect(() => {
    if (act) replace(place);
  }, []);
  return asked;
}

export function Detail({ place }: { readonly place: DetailPlace }) {
  const { data: detail, error } = useDossier(place.id);
  const act = useOnce(place);
  useStart(detail !== undefined);
  if (error)
    return (
      <div className="stack">
        <h1>{t('room.dossiers')}</h1>
        <ProblemNote problem={asProblem(error, 'dossier.get')} />
      </div>
    );
  if (!detail) return <p className="empty">{t('form.loading')}</p>;
  return <Page detail={detail} stored={place.stored} opened={place.panel ?? 'papers'} act={act} />;
}

interface Props {
  readonly detail: DossierDetail;
  readonly stored: DetailPlace['stored'];
  readonly opened: DetailPanel;
  readonly act: Action | null;
}

function Stored({ detail, stored }: Pick<Props, 'detail' | 'stored'>) {
  if (!stored || detail.delivery.state !== 'waiting') return null;
  return (
    <p className="note" role="status">
      {t(stored === 'received' ? 'detail.stored.received' : 'detail.stored.corrected', { code: detail.code })}
    </p>
  );
}

function Page({ detail, stored, opened, act }: Props) {
  const { today } = useSession();
  const may = useMay();
  const catalogue = useCatalogue();
  const { go, replace } = usePlace();
  const [panel, setPanel] = useState<DetailPanel>(opened);
  const [asked, setAsked] = useState<Action | null>(act);
  const copying = useCopying(catalogue, detail);
  const papers = papersOf(catalogue, detail);
  const missing = missingOf(papers);
  const mayEdit = detail.handled && may('dossier.correct');
  const mayNote = detail.handled && may('dossier.annotate');
  const edit = () => {
    if (mayEdit) go({ room: 'dossiers', view: 'correct', id: detail.id });
  };
  const openSlip = (kind: SlipKind, size: PaperSize = 'A4') => {
    // Esc comes back to the list of papers when one of them was opened from it.
    replace({ room: 'dossiers', view: 'detail', id: detail.id, panel });
    if (kind !== 'register') go({ room: 'dossiers', view: 'slip', id: detail.id, kind, size });
    else go({ room: 'dossiers', view: 'register' });
  };
  const copyNext = async () => {
    setPanel('copy');
    if (copying.next < 0) return;
    await copying.copy(copying.next);
    // After the last field the other system answers with its code.
    if (nextField(copying.fields, copying.next) < 0) document.getElementById(CODE_ID)?.focus();
  };
  const other = () => {
    if (detail.linked) go({ room: 'dossiers', view: 'detail', id: detail.linked.id });
  };
  usePageKeys({
    s: edit,
    e: other,
    F8: () => void copyNext(),
    ...Object.fromEntries(detailPanels.map((name, i) => [String(i + 1), () => setPanel(name)])),
  });
  const words: Readonly<Record<DetailPanel, string>> = {
    papers: missing.length > 0 ? t('panel.papers.missing', { n: missing.length }) : t('panel.papers'),
    copy: t('panel.copy'),
    slips: t('panel.slips'),
    form: t('panel.form'),
    files: detail.files.length > 0 ? t('panel.files.n', { n: detail.files.length }) : t('panel.files'),
  };
  return (
    <>
      <DetailHead detail={detail} catalogue={catalogue} today={today} mayEdit={mayEdit} onEdit={edit} />
      <ReturnedCard detail={detail} catalogue={catalogue} />
      <ActBar
        detail={detail}
        catalogue={catalogue}
        missing={missing}
        asked={asked}
        onAnswered={() => setAsked(null)}
        onPrint={openSlip}
        said={<Stored detail={detail} stored={stored} />}
      />
      <ScrollRegion className="detail" label={t('detail.parts')} start>
        <Lanes detail={detail} catalogue={catalogue} today={today} />
        <section className="card panels" aria-label={t('panel.tabs')}>
          <Tabs
            label={t('panel.tabs')}
            tabs={detailPanels.map((name, i) => ({ name, text: words[name], keys: String(i + 1) }))}
            current={panel}
            onPick={setPanel}
          >
            {panel === 'papers' && <PapersPanel detail={detail} papers={papers} mayChange={mayNote} />}
            {panel === 'copy' && (
              <CopyPanel
                detail={detail}
                copying={copying}
                mayChange={mayNote}
                onNext={() => void copyNext()}
              />
            )}
            {panel === 'slips' && (
              <SlipsPanel
                detail={detail}
                today={today}
                onOpen={openSlip}
                onRegister={() => openSlip('register')}
              />
            )}
            {panel === 'files' && <FilesPanel detail={detail} papers={papers} mayChange={mayNote} />}
            {panel === 'form' && <Values detail={detail} catalogue={catalogue} />}
            {panel === 'form' && detail.chain === 'birth' && !detail.linked && mayNote && (
              <Button look="tiny" onClick={() => go(newDossier('death', detail.id))}>
                {t('linked.newDeath')}
              </Button>
            )}
          </Tabs>
        </section>
        <History detail={detail} catalogue={catalogue} today={today} />
      </ScrollRegion>
    </>
  );
}
