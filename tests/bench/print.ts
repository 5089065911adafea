/** The report as a person reads it: every ratio plainly, whoever wins. */
import { type Finding, round } from './figures.ts';

export function print(finding: Finding): void {
  console.log(`\n${finding.bench}   ${facts(finding.setting)}`);
  for (const { candidate, over, figure, median, min, max, perRound } of finding.ratios)
    console.log(
      `  ${figure.padEnd(6)} ${candidate} / ${over}: ${round(median)}  (${round(min)} to ${round(max)}, ${perRound.length} rounds)`,
    );
  const candidates = [...new Set(finding.absolute.map((a) => a.candidate))];
  const width = Math.max(...candidates.map((c) => c.length));
  for (const candidate of candidates) {
    const own = finding.absolute.filter((a) => a.candidate === candidate);
    console.log(
      `  ${candidate.padEnd(width)}  ${own.map((a) => `${a.figure} ${round(a.ms)} ms`).join('   ')}`,
    );
  }
  if (Object.keys(finding.context).length > 0) console.log(`  context: ${facts(finding.context)}`);
  for (const note of finding.notes) console.log(`  note: ${note}`);
}

export const facts = (all: Readonly<Record<string, string | number>>): string =>
  Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
