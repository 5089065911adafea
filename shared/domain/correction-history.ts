/** Who corrected which row of the catalogue, when and why, with the value before: read from the events, newest first. */
import type { Catalogue } from '../catalogue/law.ts';
import { CALENDAR_DAY } from './corrected.ts';
import type { Event } from './event.ts';
import { type Correction, correctionKey, settingBody } from './setting.ts';

export interface CorrectionStep extends Correction {
  readonly event: Event;
  readonly reason: string;
  /** What counted at the correcting office just before: its own value, else one from above, else as shipped. */
  readonly before: string;
}

/** `path` = offices whose corrections count here, the own one first. Events that this program cannot read are left out. */
export function correctionHistory(
  catalogue: Catalogue,
  path: readonly string[],
  events: readonly Event[],
): readonly CorrectionStep[] {
  const shipped = shippedValues(catalogue);
  const said = new Map(path.map((office) => [office, new Map<string, string>()]));
  const steps = events
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
    .flatMap((event): CorrectionStep[] => {
      const body = settingBody.safeParse(event.body);
      const own = said.get(event.office);
      if (!body.success || !own) return [];
      return body.data.corrections.map((correction) => {
        const row = correctionKey(correction.key, correction.from);
        const nearest = path.slice(path.indexOf(event.office)).find((office) => said.get(office)?.has(row));
        const before = nearest === undefined ? shipped.get(row) : said.get(nearest)?.get(row);
        own.set(row, correction.value);
        return { ...correction, event, reason: body.data.reason, before: before ?? noValue(correction) };
      });
    });
  return steps.toReversed();
}

function shippedValues({ facts, days }: Catalogue): ReadonlyMap<string, string> {
  return new Map([
    ...facts.map((f) => [correctionKey(f.key, f.from), f.value] as const),
    ...days.map((d) => [correctionKey(CALENDAR_DAY, d.date), d.kind] as const),
  ]);
}

/** A day that nobody named was an ordinary one. */
function noValue({ key }: Correction): string {
  return key === CALENDAR_DAY ? 'ordinary' : '';
}
