/** Named filters of this person: a digit shows one, L keeps the one that stands. */
import { useRemoveFilter, useSavedFilters, useSaveFilter } from '../../../data/dossier.ts';
import { asProblem } from '../../../ipc.ts';
import { isFiltered, sameFilter, useFilter } from '../../../state/filter.ts';
import { SavedNames, type SavedWords } from '../../../ui/saved-names.tsx';

const words: SavedWords = {
  all: 'filter.saved',
  keep: 'filter.keep',
  title: 'filter.save.title',
  name: 'filter.save.name',
  text: 'filter.save.text',
  save: 'filter.save',
  remove: 'filter.remove.of',
};

export function SavedFilters() {
  const { filter, setFilter } = useFilter();
  const saved = useSavedFilters().data ?? [];
  const save = useSaveFilter();
  const remove = useRemoveFilter();
  const maySave = isFiltered(filter) && !saved.some((s) => sameFilter(s.filter, filter));
  return (
    <SavedNames
      words={words}
      keepKey={maySave ? 'L' : null}
      saved={saved.map((s) => ({
        name: s.name,
        isOn: sameFilter(s.filter, filter),
        onPick: () => setFilter(s.filter),
      }))}
      saving={{
        isPending: save.isPending,
        problem: save.error && asProblem(save.error, 'filter.save'),
        save: (name, done) => save.mutate({ name, filter }, done),
      }}
      onRemove={(name) => remove.mutate(name)}
    />
  );
}
