/** The filter bar of the list: group, state, missing paper, order. */
import { type Catalogue, type ChainCode, validOn } from '../../../../shared/catalogue/law.ts';
import { listOrders, listStates } from '../../../../shared/contract/ipc/dossier.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';
import { useFilter } from '../../../state/filter.ts';
import { t } from '../../../text/text.ts';

const chains = ['birth', 'death'] as const;
export const FILTER_ID = 'filter-state';

/** Papers of the law of today, each once, in the order of the catalogue. */
export function paperChoices(
  catalogue: Catalogue,
  chain: ChainCode | null,
  today: LocalDate,
): readonly { readonly code: string; readonly name: string }[] {
  const rows = validOn(catalogue.requirements, today).filter(
    (r) => r.weight === 'required' && (chain === null || r.chain === chain),
  );
  return [...new Map(rows.map(({ code, name }) => [code, { code, name }])).values()];
}

interface PickProps<V extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly text: string }[];
  readonly onPick: (value: V) => void;
}

function Pick<V extends string>({ id, label, value, options, onPick }: PickProps<V>) {
  return (
    <div className="inline-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => {
          const picked = options.find((o) => o.value === event.currentTarget.value);
          if (picked) onPick(picked.value);
        }}
      >
        {options.map((o) => (
          <option key={o.value} value={o.value}>
            {o.text}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Filters({ catalogue, today }: { readonly catalogue: Catalogue; readonly today: LocalDate }) {
  const { filter, setFilter } = useFilter();
  const papers = paperChoices(catalogue, filter.chain, today);
  return (
    <div className="row wrap filters">
      <Pick
        id="filter-chain"
        label={t('filter.chain')}
        value={filter.chain ?? ''}
        options={[
          { value: '', text: t('filter.chain.all') },
          ...chains.map((chain) => ({ value: chain, text: t(`chain.${chain}`) })),
        ]}
        onPick={(chain) => setFilter({ chain: chain === '' ? null : chain, missing: null })}
      />
      <Pick
        id={FILTER_ID}
        label={t('filter.state')}
        value={filter.state}
        options={listStates.map((state) => ({ value: state, text: t(`filter.state.${state}`) }))}
        onPick={(state) => setFilter({ state })}
      />
      <Pick
        id="filter-missing"
        label={t('filter.missing')}
        value={filter.missing ?? ''}
        options={[
          { value: '', text: t('filter.missing.all') },
          ...papers.map(({ code, name }) => ({ value: code, text: name })),
        ]}
        onPick={(code) => setFilter({ missing: code === '' ? null : code })}
      />
      <Pick
        id="filter-order"
        label={t('filter.order')}
        value={filter.order}
        options={listOrders.map((order) => ({ value: order, text: t(`filter.order.${order}`) }))}
        onPick={(order) => setFilter({ order })}
      />
    </div>
  );
}
