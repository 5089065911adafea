/** The list of dossiers with its filters. */
import './list.css';
import type { DossierFilter } from '../../../../shared/contract/ipc/dossier.ts';
import { showCount } from '../../../../shared/lib/whole-number.ts';
import { useCatalogue } from '../../../data/catalogue.ts';
import { useDossierIndex } from '../../../data/dossier.ts';
import { useMay, useSession } from '../../../data/session.ts';
import { asProblem } from '../../../ipc.ts';
import { everything, isFiltered, useFilter } from '../../../state/filter.ts';
import { newDossier, usePlace } from '../../../state/place.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { NewDossierButtons } from '../../../ui/new-dossier-buttons.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { usePageKeys } from '../../../ui/use-page-keys.ts';
import { useReady } from '../../../ui/use-ready.ts';
import { FILTER_ID, Filters } from './list-filters.tsx';
import { ListGrid } from './list-grid.tsx';
import { SavedFilters } from './list-saved.tsx';

function Empty({ filter }: { readonly filter: DossierFilter }) {
  const setFilter = useFilter((s) => s.setFilter);
  if (!isFiltered(filter)) return <p className="card empty">{t('list.none')}</p>;
  return (
    <div className="card row">
      <p className="empty grow">{filter.q ? t('list.noMatch', { q: filter.q }) : t('list.noFilter')}</p>
      <Button keys="A" onClick={() => setFilter(everything)}>
        {t('list.clear')}
      </Button>
    </div>
  );
}

export function List() {
  const { filter, setFilter } = useFilter();
  const { today } = useSession();
  const may = useMay();
  const catalogue = useCatalogue();
  const go = usePlace((s) => s.go);
  const { data: index, error, dataUpdatedAt, isPlaceholderData } = useDossierIndex(filter);
  useReady(index !== undefined || error !== null);
  usePageKeys({
    '/': () => document.getElementById('search')?.focus(),
    f: () => document.getElementById(FILTER_ID)?.focus(),
    a: () => setFilter(everything),
  });
  const isEmpty = index?.length === 0 && !isPlaceholderData;
  return (
    <>
      <div className="head">
        <h1>{t('room.dossiers')}</h1>
        <span className="dim" role="status">
          {index && t('list.count', { n: showCount(index.length) })}
        </span>
        <Filters catalogue={catalogue} today={today} />
        {isFiltered(filter) && !isEmpty && (
          <Button look="tiny" keys="A" onClick={() => setFilter(everything)}>
            {t('list.clear')}
          </Button>
        )}
        {may('dossier.receive') && <NewDossierButtons onNew={(chain) => go(newDossier(chain))} />}
      </div>
      <SavedFilters />
      {error && <ProblemNote problem={asProblem(error, 'dossier.index')} />}
      {isEmpty && <Empty filter={filter} />}
      {index && index.length > 0 && <ListGrid index={index} stamp={dataUpdatedAt} filter={filter} />}
    </>
  );
}
