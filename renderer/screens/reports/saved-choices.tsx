/** Named choices: report, days and units as they are asked for every month; a digit takes one, S keeps the one that stands. */
import type { ReportChoice } from '../../../shared/contract/ipc/report.ts';
import { useChoices, useRemoveChoice, useSaveChoice } from '../../data/report.ts';
import { asProblem } from '../../ipc.ts';
import { useAsOf } from '../../state/as-of.ts';
import { SavedNames, type SavedWords } from '../../ui/saved-names.tsx';
import { type Chosen, choiceOf, proposedName, useChoice } from './report-choice.ts';

const words: SavedWords = {
  all: 'choice.saved',
  keep: 'choice.keep',
  title: 'choice.save.title',
  name: 'choice.save.name',
  text: 'choice.save.text',
  save: 'choice.save',
  remove: 'choice.remove.of',
};
const same = (a: ReportChoice, b: ReportChoice) =>
  a.report === b.report && a.from === b.from && a.to === b.to && a.tree === b.tree && a.compare === b.compare;

export function SavedChoices(what: Chosen) {
  const { tree, choose } = useChoice();
  const { setAsOf } = useAsOf();
  const saved = useChoices().data;
  const save = useSaveChoice();
  const remove = useRemoveChoice();
  const current = choiceOf(what, tree);
  const take = ({ report, from, to, tree: units, compare }: ReportChoice) => {
    choose({ report, tree: units, compare, ...(from !== null && { days: { from, to } }) });
    if (from === null) setAsOf(to);
  };
  // Before the kept ones are known nobody can say whether this one is among them.
  if (!saved) return null;
  return (
    <SavedNames
      words={words}
      keepKey={saved.some((s) => same(s.choice, current)) ? null : 'S'}
      proposed={proposedName(what)}
      saved={saved.map(({ name, choice }) => ({
        name,
        isOn: same(choice, current),
        onPick: () => take(choice),
      }))}
      saving={{
        isPending: save.isPending,
        problem: save.error && asProblem(save.error, 'choice.save'),
        save: (name, done) => save.mutate({ name, choice: current }, done),
      }}
      onRemove={(name) => remove.mutate(name)}
    />
  );
}
