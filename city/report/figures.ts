/** Reports over the dossiers that the city holds, for one office: the same rules as on a desk, over what the tables add up to. */
import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import type { Catalogue } from '../../shared/catalogue/law.ts';
import { findReportDef } from '../../shared/catalogue/report-defs.ts';
import { communesOn, isAboveCommunes, pathOn } from '../../shared/catalogue/units.ts';
import type { FiguresAsked, FiguresReply } from '../../shared/contract/sync/messages.ts';
import { agencyName } from '../../shared/domain/agency.ts';
import { corrected } from '../../shared/domain/corrected.ts';
import { correctionSchema, settingId } from '../../shared/domain/setting.ts';
import { type LocalDate, localTime } from '../../shared/lib/local-date.ts';
import { showCount } from '../../shared/lib/whole-number.ts';
import { fail } from '../../shared/problem.ts';
import { kindsFor } from '../../shared/report/alike.ts';
import type { ReportDef } from '../../shared/report/definition.ts';
import { dossierFigures } from '../../shared/report/dossier-figures.ts';
import { isCountedByCity, needsOf } from '../../shared/report/dossier-needs.ts';
import { knownWindow, type ReportInput } from '../../shared/report/figures.ts';
import { makeReport } from '../../shared/report/make-report.ts';
import type { Report } from '../../shared/report/model.ts';
import { shiftWindow } from '../../shared/report/windows.ts';
import { type Clock, iso } from '../clock.ts';
import type { CityDb, CityTx } from '../db/handle.ts';
import { eachCountedPage } from '../db/queries/dossier-figures.ts';
import { readEpoch } from '../db/queries/epoch.ts';
import { unitsHeard } from '../db/queries/place.ts';
import { settings } from '../db/schema/subject.ts';

export type CityFigures = Omit<FiguresReply, 'v' | 'device' | 'asked'>;

/** Refuses what the city does not count: other reports, and lists of single dossiers. */
export function requireCityReport({ report, from, to }: FiguresAsked): ReportDef {
  const def = findReportDef(report);
  if (!def || !isCountedByCity(def)) return fail('REPORT_NOT_COUNTED', { report: def?.title ?? report });
  return to < from ? fail('WINDOW_REVERSED') : def;
}

/** One moment of the log: what commits meanwhile is not in it. */
export function countFigures(
  hub: { readonly db: CityDb; readonly clock: Clock },
  office: string,
  asked: FiguresAsked,
): Promise<CityFigures> {
  return hub.db.transaction((tx) => countIn(tx, { office, asked, now: hub.clock.now() }), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

interface Wish {
  readonly office: string;
  readonly asked: FiguresAsked;
  /** Epoch ms. */
  readonly now: number;
}

async function countIn(tx: CityTx, { office, asked, now }: Wish): Promise<CityFigures> {
  const def = requireCityReport(asked);
  const epoch = (await readEpoch(tx)) ?? fail('HUB_BUSY');
  const today = localTime(now).date;
  const window = { from: asked.from, to: asked.to };
  const previous = shiftWindow(window, -1);
  const known = knownWindow({ window, today });
  const law = await lawOf(tx, office, today);
  const { agencies } = needsOf(def);
  const kinds = kindsFor(def, [known, previous]);
  const on = known.to;
  await eachCountedPage(tx, { office, since: previous.from, to: on, forms: agencies }, (page) => {
    for (const dossier of page) {
      const agencyOf = (code: string) => (agencies ? agencyName(law, dossier, { code, on }) : '');
      kinds.add(dossierFigures(dossier, { from: asked.from, on, agencyOf }));
    }
  });
  const notes = await silentNotes(tx, office, today);
  const made = (previous: ReportInput['previous']): Report => {
    const report = makeReport(def, { ...input, previous });
    return { ...report, notes: [...report.notes, ...notes] };
  };
  const input: Omit<ReportInput, 'previous'> = {
    ...{ office, window, treeOn: asked.treeOn, counts: [], dossiers: kinds.figures() },
    ...{ catalogueVersion: law.version, at: iso(now), today },
  };
  return {
    epoch: epoch.id,
    hub: epoch.newest,
    plain: made(null),
    compared: made(previous),
    at: iso(now),
  };
}

/** The law under the corrections of the office and of those above it: what is said nearer counts more. */
async function lawOf(tx: CityTx, office: string, today: LocalDate): Promise<Catalogue> {
  const ids = pathOn(office, today).map((unit) => settingId(unit.code));
  const rows = ids.length === 0 ? [] : await tx.select().from(settings).where(inArray(settings.id, ids));
  const byId = new Map(rows.map((r) => [r.id, r.corrections]));
  const corrections = ids.toReversed().flatMap((id) => {
    const own = z.record(z.string(), correctionSchema).parse(byId.get(id) ?? {});
    return Object.values(own);
  });
  return corrected(catalogue, corrections);
}

/** A ward that never sent anything may have dossiers all the same: its 0 is none that was counted. */
async function silentNotes(tx: CityTx, office: string, today: LocalDate): Promise<readonly string[]> {
  if (!isAboveCommunes(office, today)) return [];
  const heard = new Set(await unitsHeard(tx));
  const wards = communesOn(office, today);
  const silent = wards.filter(({ code }) => !heard.has(code)).length;
  if (silent === 0) return [];
  return [
    `${showCount(silent)}/${showCount(wards.length)} phường, xã, đặc khu chưa gửi gì về Thành phố: số 0 của những nơi này chưa có nghĩa là không có hồ sơ.`,
  ];
}
