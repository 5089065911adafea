/** Half-typed forms: one key goes on with them; throwing one away asks first. */
import { useState } from 'react';
import type { ChainCode } from '../../../shared/catalogue/law.ts';
import { subjectName } from '../../../shared/domain/dossier-form.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { maskNumbersIn } from '../../../shared/lib/mask.ts';
import { useDiscardDraft, useDraftRequester, useDrafts } from '../../data/draft.ts';
import { usePlace } from '../../state/place.ts';
import { useUnsavedDrafts } from '../../state/unsaved-drafts.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useStart } from '../../ui/use-start.ts';
import { OthersDrafts } from './others-drafts.tsx';

interface Listed {
  readonly id: string;
  readonly chain: ChainCode;
  readonly subjectName: string;
  /** null: never. */
  readonly savedAt: string | null;
}

/** With those that could not be saved yet, of which the newest stands in the window's memory alone. */
function useListed(): readonly Listed[] {
  const drafts = useDrafts().data ?? [];
  const unsaved = useUnsavedDrafts((s) => s.unsaved);
  const known = new Set(drafts.map(({ id }) => id));
  const typed = [...unsaved.values()].map((one) => one.typed).filter(({ id }) => !known.has(id));
  return [
    ...typed.map(({ id, chain, values }) => ({
      ...{ id, chain, savedAt: null },
      subjectName: maskNumbersIn(values[subjectName[chain]] ?? ''),
    })),
    ...drafts,
  ];
}

function Saved({ draft, today }: { readonly draft: Listed; readonly today: LocalDate }) {
  const problem = useUnsavedDrafts((s) => s.unsaved.get(draft.id)?.problem);
  if (problem) return <span className="bad-text">{t('today.drafts.unsaved', { code: problem.code })}</span>;
  return draft.savedAt && t('today.drafts.saved', { when: moment(draft.savedAt, today) });
}

function Name({ draft }: { readonly draft: Listed }) {
  const requester = useDraftRequester(draft.id, draft.subjectName === '').data;
  if (draft.subjectName) return draft.subjectName;
  return requester ? t('today.drafts.requester', { name: requester }) : t('today.drafts.noName');
}

export function Drafts({ today }: { readonly today: LocalDate }) {
  const drafts = useListed();
  const go = usePlace((s) => s.go);
  const discard = useDiscardDraft();
  const [asked, setAsked] = useState<Listed | null>(null);
  useStart(drafts.length > 0);
  const name = (draft: Listed) => draft.subjectName || t('today.drafts.noName');
  return (
    <section className="card" aria-labelledby="drafts-title">
      <h2 id="drafts-title">{t('today.drafts')}</h2>
      {drafts.length === 0 && <p className="dim">{t('today.drafts.none')}</p>}
      <ul>
        {drafts.map((draft, i) => (
          <li className="draft" key={draft.id}>
            <button
              type="button"
              className="rowlink grow"
              data-start={i === 0 ? '' : undefined}
              onClick={() =>
                go({ room: 'dossiers', view: 'form', draftId: draft.id, chain: draft.chain, fresh: false })
              }
            >
              <Name draft={draft} />
              <span className="dim small">
                {' '}
                {t(`chain.${draft.chain}`)} · <Saved draft={draft} today={today} />
              </span>
            </button>
            <Button
              look="tiny"
              aria-label={t('today.drafts.discard.of', { name: name(draft) })}
              onClick={() => setAsked(draft)}
            >
              {t('today.drafts.discard')}
            </Button>
          </li>
        ))}
      </ul>
      <OthersDrafts today={today} />
      {asked && (
        <Dialog
          title={t('today.drafts.discard.ask')}
          onClose={() => setAsked(null)}
          footer={
            <Button
              look="danger"
              onClick={() => {
                discard.mutate(asked.id);
                setAsked(null);
              }}
            >
              {t('today.drafts.discard')}
            </Button>
          }
        >
          <p>{t('today.drafts.discard.text', { name: name(asked) })}</p>
        </Dialog>
      )}
    </section>
  );
}
