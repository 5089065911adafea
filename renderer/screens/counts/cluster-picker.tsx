/** Shows the units of one cluster only, with their own totals. */
import type { Grid } from '../../../shared/contract/ipc/count.ts';
import { type ClusterVersion, clusterKey, clustersOn } from '../../../shared/domain/cluster.ts';
import type { LocalDate } from '../../../shared/lib/local-date.ts';
import { useClusters } from '../../data/count.ts';
import { t } from '../../text/text.ts';

/** Id of a cluster, the units in none of them, or everybody. */
export type ClusterChoice = string | 'none' | null;

export function useClustersOn(asOf: LocalDate): readonly ClusterVersion[] {
  const all = useClusters().data ?? [];
  return clustersOn(Object.fromEntries(all.map((v) => [clusterKey(v), v])), asOf);
}

/** The rows of the choice; one that does not exist on this day shows everybody. */
export function rowsOf(grid: Grid, clusters: readonly ClusterVersion[], choice: ClusterChoice): Grid {
  const chosen = clusters.find((c) => c.cluster === choice);
  if (!chosen && choice !== 'none') return grid;
  const inside = new Set(chosen ? chosen.units : clusters.flatMap((c) => c.units));
  return { ...grid, rows: grid.rows.filter((row) => inside.has(row.unit.key) === (chosen !== undefined)) };
}

interface Props {
  readonly clusters: readonly ClusterVersion[];
  readonly value: ClusterChoice;
  readonly onPick: (choice: ClusterChoice) => void;
}

export function ClusterPicker({ clusters, value, onPick }: Props) {
  if (clusters.length === 0) return null;
  return (
    <div className="inline-field">
      <select
        aria-label={t('clusters.pick')}
        className="input form-picker"
        value={value ?? ''}
        onChange={(event) => onPick(event.currentTarget.value || null)}
      >
        <option value="">{t('clusters.all')}</option>
        {clusters.map(({ cluster, name }) => (
          <option key={cluster} value={cluster}>
            {name}
          </option>
        ))}
        <option value="none">{t('clusters.rest')}</option>
      </select>
    </div>
  );
}
