/** What clerks and officers type in a history: a few subjects that several machines share. */
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import type { Event } from '../../shared/domain/event.ts';
import { settingId } from '../../shared/domain/setting.ts';
import { allowedSheetVerbs, sheetRules, standingOf } from '../../shared/domain/sheet.ts';
import { must } from '../../shared/lib/must.ts';
import { annotateDossier, receiveDossier, recordCounts, stepSheet } from '../support/wire-events.ts';
import type { Deed, EDITS, SPOILED } from './deeds.ts';
import type { Desk, Wish } from './desk.ts';
import { idOf } from './ids.ts';
import { SCHEMA_OF_TOMORROW, WARD } from './world.ts';

const CATEGORIES = ['hoi_nong_dan', 'hoi_cuu_chien_binh', 'nguoi_lao_dong'];
const DAYS = ['2026-11-20', '2026-11-19'];
const NOTES = ['code.official', 'code.K1', 'code.K2'];
const FACTS = catalogue.facts.filter((f) => f.group === 'agency').slice(0, 3);

type Edit = Extract<Deed, { do: (typeof EDITS)[number] }>;

/** The event that this deed adds at this desk, or nothing where the desk cannot do it now. */
export function wishOf(desk: Desk, deed: Edit): Wish | null {
  const { at, value } = deed;
  const inWard = desk.person.office === WARD;
  switch (deed.do) {
    case 'receive':
      return inWard ? unbased(receiveDossier(WARD)) : null;
    case 'note': {
      const dossier = dossiersAt(desk)[at % Math.max(1, dossiersAt(desk).length)];
      const key = must(NOTES[value % NOTES.length], 'note');
      return dossier && inWard ? unbased(annotateDossier(dossier, 0, { [key]: `H29-${value}` })) : null;
    }
    case 'count': {
      const category = must(CATEGORIES[at % CATEGORIES.length], 'category');
      return unbased(recordCounts({ [category]: value }, sheetOf(value)));
    }
    case 'setting': {
      const fact = must(FACTS[at % FACTS.length], 'fact');
      const { key, from } = fact;
      const corrections = [{ key, from, value: `Cơ quan ${value}`, source: 'Công văn thử' }];
      return inWard
        ? {
            verb: 'catalogue.correct',
            subject: { kind: 'setting', id: settingId(WARD) },
            body: { corrections, reason: 'theo công văn' },
            // Nobody knows this field yet; everybody must carry it.
            more: { tomorrow: { field: value } },
          }
        : null;
    }
    case 'step':
      return stepOf(desk, value);
  }
}

const sheetOf = (value: number) => ({ unit: WARD, asOf: must(DAYS[value % DAYS.length], 'day') });

function unbased({ base: _, ...wish }: Wish): Wish {
  return wish;
}

function dossiersAt(desk: Desk): string[] {
  const kept = [...desk.db.events.values()].filter((e) => e.event.verb === 'dossier.receive');
  return kept.map((e) => e.event.subject.id);
}

function stepOf(desk: Desk, value: number): Wish | null {
  const about = sheetOf(value);
  const { subject } = stepSheet('sheet.lock', about);
  const sheet = desk.view(subject).subject;
  if (sheet?.kind !== 'sheet') return null;
  const { office, role } = desk.person;
  const allowed = allowedSheetVerbs(sheet.state, { role, ...standingOf(office, sheet.state.unit) });
  const verb = allowed[value % Math.max(1, allowed.length)];
  return verb ? unbased(stepSheet(verb, about, sheetRules[verb].reason ? 'số chưa khớp' : undefined)) : null;
}

/** Records that the city has to send back, or to keep until it understands them. */
export function spoiledWish(how: (typeof SPOILED)[number], n: number): Wish {
  const count = unbased(recordCounts({ khong_co: 1 }, sheetOf(0)));
  switch (how) {
    case 'category':
      return count;
    case 'form':
      return { ...unbased(receiveDossier(WARD, { regime: 'khong-co' })), subject: subjectOf(n) };
    case 'time':
      return { ...unbased(recordCounts({ hoi_nong_dan: n })), more: { at: 'hôm qua' } };
    case 'newer':
      return {
        verb: 'dossier.sign',
        subject: subjectOf(n),
        body: { tomorrow: { signature: 'x', list: [1, 2, { deep: null }] } },
        more: { schema: SCHEMA_OF_TOMORROW, tomorrow: true },
      };
  }
}

/** A dossier's id is counted, like every other. */
export function subjectOf(n: number): Event['subject'] {
  return { kind: 'dossier', id: idOf('dossier', n) };
}
