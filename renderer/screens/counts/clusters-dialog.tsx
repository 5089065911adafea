/** Clusters of units on the date of the sheet: what there is, which units are in none, and one to make, rename, change or end. */
import { useState } from 'react';
import { countUnitsOn, type Unit, unitByKey } from '../../../shared/catalogue/units.ts';
import {
  type Clusters,
  type ClusterVersion,
  clusterKey,
  clustersOn,
} from '../../../shared/domain/cluster.ts';
import { type LocalDate, readDate, showDate } from '../../../shared/lib/local-date.ts';
import { searchKey } from '../../../shared/lib/vietnamese-text.ts';
import { problemSentence } from '../../../shared/problem.ts';
import { useClusters, useSetCluster } from '../../data/count.ts';
import { useMay, useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

interface Draft {
  readonly cluster: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly units: ReadonlySet<string>;
}

const emptyDraft = (asOf: LocalDate): Draft => ({
  ...{ cluster: crypto.randomUUID(), name: '', from: showDate(asOf), to: '', units: new Set() },
});

function draftOf({ cluster, name, from, to, units }: ClusterVersion): Draft {
  return {
    ...{ cluster, name, from: showDate(from), to: to === null ? '' : showDate(to), units: new Set(units) },
  };
}

type Read =
  | { readonly ok: true; readonly version: ClusterVersion }
  | { readonly ok: false; readonly sentence: string };

function readDraft({ cluster, name, from, to, units }: Draft): Read {
  const no = (sentence: string): Read => ({ ok: false, sentence });
  const [first, last] = [readDate(from, false), to.trim() === '' ? null : readDate(to, false)];
  if (name.trim() === '') return no(t('clusters.noName'));
  if (!first.ok) return no(problemSentence(first.code));
  if (last && !last.ok) return no(problemSentence(last.code));
  if (units.size === 0) return no(problemSentence('CLUSTER_EMPTY'));
  const days = { from: first.value, to: last?.value ?? null };
  return { ok: true, version: { cluster, name: name.trim(), units: [...units], ...days } };
}

const nameOf = (key: string) => unitByKey(key)?.name ?? key;

interface ListProps {
  readonly current: readonly ClusterVersion[];
  readonly alone: readonly Unit[];
  readonly mayEdit: boolean;
  readonly onEdit: (version: ClusterVersion) => void;
}

function List({ current, alone, mayEdit, onEdit }: ListProps) {
  return (
    <>
      {current.length === 0 && <p className="empty">{t('clusters.none')}</p>}
      {current.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th>{t('clusters.name')}</th>
              <th className="num">{t('clusters.count')}</th>
              <th>{t('clusters.units')}</th>
              <th>{t('targets.days')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {current.map((version) => (
              <tr key={version.cluster}>
                <td className="strong">{version.name}</td>
                <td className="num">{version.units.length}</td>
                <td>{version.units.map(nameOf).join(', ')}</td>
                <td>
                  {version.to === null
                    ? t('targets.since', { from: showDate(version.from) })
                    : t('targets.fromTo', { from: showDate(version.from), to: showDate(version.to) })}
                </td>
                <td>
                  {mayEdit && (
                    <Button look="tiny" onClick={() => onEdit(version)}>
                      {t('clusters.edit', { name: version.name })}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {alone.length > 0 && (
        <details>
          <summary>{t('clusters.alone', { n: alone.length })}</summary>
          <p>{alone.map((u) => u.name).join(', ')}</p>
        </details>
      )}
    </>
  );
}

interface MembersProps {
  readonly units: readonly Unit[];
  readonly chosen: ReadonlySet<string>;
  /** Key of a unit -> name of the other cluster that holds it. */
  readonly elsewhere: ReadonlyMap<string, string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** All units with a box each; a few letters shorten the list, chosen ones stay in it. */
function Members({ units, chosen, elsewhere, onChange }: MembersProps) {
  const [text, setText] = useState('');
  const wanted = searchKey(text);
  const shown = units.filter((u) => chosen.has(u.key) || searchKey(u.name).includes(wanted));
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    onChange(next);
  };
  return (
    <>
      <PlainField label={t('clusters.find')} value={text} onChange={setText} />
      <fieldset className="cluster-units">
        <legend>{t('clusters.chosen', { n: chosen.size, all: units.length })}</legend>
        {shown.map((unit) => (
          <label key={unit.key}>
            <input type="checkbox" checked={chosen.has(unit.key)} onChange={() => toggle(unit.key)} />
            <span>{unit.name}</span>
            {elsewhere.has(unit.key) && <span className="dim small">{elsewhere.get(unit.key)}</span>}
          </label>
        ))}
      </fieldset>
    </>
  );
}

interface FormProps {
  readonly draft: Draft;
  readonly isNew: boolean;
  readonly units: readonly Unit[];
  readonly current: readonly ClusterVersion[];
  readonly onPut: (draft: Draft) => void;
  readonly onDone: () => void;
}

function ClusterForm({ draft, isNew, units, current, onPut, onDone }: FormProps) {
  const set = useSetCluster();
  const [wrong, setWrong] = useState('');
  const put = (part: Partial<Draft>) => onPut({ ...draft, ...part });
  const elsewhere = new Map(
    current
      .filter((c) => c.cluster !== draft.cluster)
      .flatMap((c) => c.units.map((key) => [key, c.name] as const)),
  );
  const save = (remove: boolean) => {
    const read = readDraft(draft);
    setWrong(read.ok ? '' : read.sentence);
    if (!read.ok) return;
    const { version } = read;
    const words = { name: version.name, from: showDate(version.from) };
    set.mutate(remove ? { ...version, units: [] } : version, {
      onSuccess: () => {
        notice(t(remove ? 'clusters.removed' : 'clusters.saved', words));
        onDone();
      },
    });
  };
  return (
    <section className="target-form" aria-label={isNew ? t('clusters.new') : t('clusters.change')}>
      <h2>{isNew ? t('clusters.new') : t('clusters.change')}</h2>
      {set.error && <ProblemNote problem={asProblem(set.error, 'cluster.set')} />}
      {wrong && (
        <p className="bad-text" role="alert">
          {wrong}
        </p>
      )}
      <div className="row wrap">
        <PlainField
          label={t('clusters.name')}
          value={draft.name}
          maxLength={120}
          onChange={(name) => put({ name })}
        />
        <PlainField label={t('targets.from')} value={draft.from} onChange={(from) => put({ from })} />
        <PlainField label={t('targets.to')} value={draft.to} onChange={(to) => put({ to })} />
      </div>
      <Members
        units={units}
        chosen={draft.units}
        elsewhere={elsewhere}
        onChange={(chosen) => put({ units: chosen })}
      />
      <p className="dim">{t('clusters.text')}</p>
      <div className="row">
        <Button look="primary" disabled={set.isPending} onClick={() => save(false)}>
          {t('clusters.save')}
        </Button>
        {!isNew && (
          <>
            <Button disabled={set.isPending} onClick={() => save(true)}>
              {t('clusters.remove')}
            </Button>
            <Button onClick={onDone}>{t('clusters.stop')}</Button>
          </>
        )}
      </div>
    </section>
  );
}

interface Props {
  readonly asOf: LocalDate;
  readonly onClose: () => void;
}

export function ClustersDialog({ asOf, onClose }: Props) {
  const { office } = useSession();
  const all = useClusters();
  const [draft, setDraft] = useState(() => emptyDraft(asOf));
  const [isNew, setIsNew] = useState(true);
  const clusters: Clusters = Object.fromEntries((all.data ?? []).map((v) => [clusterKey(v), v]));
  const current = clustersOn(clusters, asOf);
  const units = office ? countUnitsOn(office.code, asOf) : [];
  const inside = new Set(current.flatMap((c) => c.units));
  const mayEdit = useMay()('cluster.set');
  const start = (version: ClusterVersion | null) => {
    setIsNew(version === null);
    setDraft(version ? draftOf(version) : emptyDraft(asOf));
  };
  return (
    <Dialog wide title={t('clusters.title', { date: showDate(asOf) })} onClose={onClose}>
      {all.error && <ProblemNote problem={asProblem(all.error, 'cluster.list')} />}
      <List
        current={current}
        alone={units.filter((u) => !inside.has(u.key))}
        mayEdit={mayEdit}
        onEdit={start}
      />
      {mayEdit && (
        <ClusterForm
          key={draft.cluster}
          {...{ draft, isNew, units, current }}
          onPut={setDraft}
          onDone={() => start(null)}
        />
      )}
    </Dialog>
  );
}
