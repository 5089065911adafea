/** The list of dossiers with its filters. */
import type { DossierFilter } from '../../../shared/contract/ipc/dossier.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useDossierIndex } from '../../data/dossier.ts';
import { asProblem } from '../../ipc.ts';
import { everything, useFilter } from '../../state/filter.ts';
import { newDossier, usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { NewDossierButtons } from '../../ui/new-dossier-buttons.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { ListGrid } from './list-grid.tsx';

const states = ['all', 'due', 'waiting', 'returned'] as const;
const chains = ['birth', 'death'] as const;

function isFiltered({ q, chain, state }: DossierFilter): boolean {
  return q !== '' || chain !== null || state !== 'all';
}

function Filters() {
  const { filter, setFilter } = useFilter();
  return (
    <>
      <div className="inline-field">
        <label htmlFor="filter-chain">{t('filter.chain')}</label>
        <select
          id="filter-chain"
          className="input"
          value={filter.chain ?? ''}
          onChange={(event) =>
            setFilter({ chain: chains.find((c) => c === event.currentTarget.value) ?? null })
          }
        >
          <option value="">{t('filter.chain.all')}</option>
          {chains.map((chain) => (
            <option key={chain} value={chain}>
              {t(`chain.${chain}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="inline-field">
        <label htmlFor="filter-state">{t('filter.state')}</label>
        <select
          id="filter-state"
          className="input"
          value={filter.state}
          onChange={(event) =>
            setFilter({ state: states.find((s) => s === event.currentTarget.value) ?? 'all' })
          }
        >
          {states.map((state) => (
            <option key={state} value={state}>
              {t(`filter.state.${state}`)}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}

function Empty({ filter }: { readonly filter: DossierFilter }) {
  const setFilter = useFilter((s) => s.setFilter);
  if (!isFiltered(filter)) return <p className="card empty">{t('list.none')}</p>;
  return (
    <div className="card row">
      <p className="empty grow">{filter.q ? t('list.noMatch', { q: filter.q }) : t('list.noFilter')}</p>
      <Button onClick={() => setFilter(everything)}>{t('list.clear')}</Button>
    </div>
  );
}

export function List() {
  const { filter, setFilter } = useFilter();
  const go = usePlace((s) => s.go);
  const { data: index, error, dataUpdatedAt, isPlaceholderData } = useDossierIndex(filter);
  useReady(index !== undefined || error !== null);
  return (
    <>
      <div className="head">
        <h1>{t('room.dossiers')}</h1>
        <span className="dim" role="status">
          {index && t('list.count', { n: showCount(index.length) })}
        </span>
        <Filters />
        {isFiltered(filter) && (
          <Button look="tiny" onClick={() => setFilter(everything)}>
            {t('list.clear')}
          </Button>
        )}
        <NewDossierButtons onNew={(chain) => go(newDossier(chain))} />
      </div>
      {error && <ProblemNote problem={asProblem(error, 'dossier.index')} />}
      {index && index.length === 0 && !isPlaceholderData && <Empty filter={filter} />}
      {index && index.length > 0 && <ListGrid index={index} stamp={dataUpdatedAt} filter={filter} />}
    </>
  );
}
