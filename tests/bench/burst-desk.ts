/** A desk at the day's end, in test code: one sealed batch of so many changes, signed and chained as a real one. */
import { inForce, isCommune, units } from '../../shared/catalogue/units.ts';
import { sheetId } from '../../shared/domain/sheet.ts';
import { addDays } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { enrolDesk, type FakeDesk, makeEvent, type Sealed, seal } from '../support/fake-desk.ts';

const DAY = '2026-11-20';
const WARDS = units.filter((unit) => isCommune(unit) && inForce(unit, DAY));

export interface BurstDesk {
  readonly desk: FakeDesk;
  readonly batch: Sealed;
}
interface CodeGiver {
  readonly url: string;
  createEnrolCode(wish: { readonly unit: string }): Promise<string>;
}

/** Wards in turn; desks of one ward write sheets of other days, so that no two wait for each other's figures. */
export async function makeBurstDesk(hub: CodeGiver, place: number, events: number): Promise<BurstDesk> {
  const ward = must(WARDS[place % WARDS.length], 'ward');
  const desk = await enrolDesk(hub, ward.code);
  const asOf = addDays(DAY, -Math.floor(place / WARDS.length));
  return { desk, batch: await seal(desk, figures(desk, { unit: ward.key, asOf, events })) };
}

export function figures(
  desk: FakeDesk,
  { unit, asOf, events }: { readonly unit: string; readonly asOf: string; readonly events: number },
) {
  return Array.from({ length: events }, (_, i) =>
    makeEvent(desk, {
      verb: 'count.record',
      subject: { kind: 'sheet', id: sheetId({ unit, asOf }) },
      base: i,
      body: {
        unit,
        asOf,
        cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: i }],
        source: 'typed',
      },
    }),
  );
}
