/** Bodies of events as a desk would send them, valid unless spoiled. */
import { randomUUID } from 'node:crypto';
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import { unitOn } from '../../shared/catalogue/units.ts';
import type { ActBody } from '../../shared/domain/dossier.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import { reportRecordId } from '../../shared/domain/report-record.ts';
import { settingId } from '../../shared/domain/setting.ts';
import { type SheetAbout, type SheetVerb, sheetId, sheetRules } from '../../shared/domain/sheet.ts';
import { type TargetBody, targetId } from '../../shared/domain/target.ts';
import { must } from '../../shared/lib/must.ts';
import type { Wish } from './fake-desk.ts';

export const DAY = '2026-11-20';

const form = {
  'requester.fullName': 'Nguyễn Thị Ánh',
  'requester.relation': 'me',
  'child.fullName': "Trần H'Bia Đạt",
  'child.birth': '2026-11-10',
  'child.sex': 'nam',
  'child.birthPlace': 'Bệnh viện Từ Dũ',
};

export function receiveDossier(unit = '26740', body: Record<string, unknown> = {}): Wish {
  return {
    verb: 'dossier.receive',
    subject: { kind: 'dossier', id: randomUUID() },
    body: {
      code: 'T-1-261120-001',
      chain: 'birth',
      regime: 'nd301-2026',
      receivedOn: DAY,
      receivedTime: '09:00',
      channel: 'truc_tiep',
      commune: must(unitOn(unit, DAY), unit).key,
      components: [
        { code: 'K1', due: DAY, waitsFor: null },
        { code: 'K2', due: '2026-11-25', waitsFor: 'K1' },
        { code: 'K3', due: null, waitsFor: 'K1' },
      ],
      due: '2026-11-25',
      form,
      synthetic: true,
      ...body,
    } as Wish['body'],
  };
}

export function correctDossier(id: string, base: number, changes: Record<string, string>): Wish {
  return {
    verb: 'dossier.correct',
    subject: { kind: 'dossier', id },
    base,
    body: { changes, reason: 'gõ nhầm' },
  };
}

/** All its components are open. */
export function transferDossier(id: string, base: number, to: string): Wish {
  return {
    verb: 'dossier.transfer',
    subject: { kind: 'dossier', id },
    base,
    body: {
      ...{ to: must(unitOn(to, DAY), to).key, components: ['K1', 'K2', 'K3'] },
      ...{ on: DAY, reason: 'nhầm địa bàn' },
    } as Wish['body'],
  };
}

export function annotateDossier(id: string, base: number, changes: Record<string, string>): Wish {
  return { verb: 'dossier.annotate', subject: { kind: 'dossier', id }, base, body: { changes } };
}

/** A step with everything that any step needs to carry. */
export function actOn(
  id: string,
  base: number,
  step: Pick<ActBody, 'action' | 'components'> & Partial<ActBody>,
): Wish {
  return {
    verb: 'dossier.act',
    subject: { kind: 'dossier', id },
    base,
    body: bodyOf({ on: DAY, time: '10:00', dues: [], ...step }),
  };
}

/** The row of the catalogue that an office corrects unless it names another. */
export const FACT = must(
  catalogue.facts.find((fact) => fact.group === 'agency'),
  'a fact',
);

export function correctCatalogue(office: string, base = 0, value = 'Công an xã', fact = FACT): Wish {
  const { key, from } = fact;
  return {
    verb: 'catalogue.correct',
    subject: { kind: 'setting', id: settingId(office) },
    base,
    body: { corrections: [{ key, from, value, source: 'Công văn 12/2026' }], reason: 'văn bản mới' },
  };
}

export interface CountWish {
  readonly unit?: string;
  readonly asOf?: string;
  readonly base?: number;
  readonly form?: string;
  readonly from?: string;
}

/** The sheet that a wish is about, of the unit of that day. */
function sheetOf({ unit = '26740', asOf = DAY, form, from }: CountWish): SheetAbout {
  const { key } = must(unitOn(unit, asOf), unit);
  return { unit: key, asOf, ...(form !== undefined && { form }), ...(from !== undefined && { from }) };
}

/** Figures by category of the measure `tong`, or by `category/measure`; 'outside' = không thuộc địa bàn. */
export function recordCounts(
  cells: Readonly<Record<string, number | 'outside' | null>>,
  { base = 0, ...wish }: CountWish = {},
  more: { readonly source?: 'typed' | 'import' | 'undo'; readonly group?: string } = {},
): Wish {
  const about = sheetOf(wish);
  const list = Object.entries(cells).map(([key, value]) => {
    const [category = '', measure = 'tong'] = key.split('/');
    return value === 'outside'
      ? { category, measure, value: null, outside: true }
      : { category, measure, value };
  });
  return {
    verb: 'count.record',
    subject: { kind: 'sheet', id: sheetId(about) },
    base,
    body: bodyOf({ ...about, cells: list, source: 'typed', ...more }),
  };
}

export function stepSheet(
  verb: SheetVerb,
  { base = 1, ...wish }: CountWish = {},
  reason = sheetRules[verb].reason ? 'số chưa khớp' : undefined,
): Wish {
  const about = sheetOf(wish);
  return {
    verb,
    subject: { kind: 'sheet', id: sheetId(about) },
    base,
    body: bodyOf({ ...about, on: DAY, reason }),
  };
}

export function setTarget(unit: string, base = 0, more: Partial<TargetBody> = {}): Wish {
  return {
    verb: 'target.set',
    subject: { kind: 'target', id: targetId(unit) },
    base,
    body: {
      ...{ unit, category: 'hoi_nong_dan', measure: 'tong', value: 194_197, from: '2026-01-01', to: null },
      source: 'Kế hoạch 1/KH-UBND',
      ...more,
    },
  };
}

const WINDOW = { report: 'tien-do-chi-tieu', from: null, to: DAY };

export function printReport(office: string, base = 0, text = '1.438'): Wish {
  return {
    verb: 'report.print',
    subject: { kind: 'report', id: reportRecordId(office, WINDOW.report, WINDOW) },
    base,
    body: { ...WINDOW, figures: [{ row: 'total', column: 'sum', text }], source: 'Báo cáo 5257/BC-BCĐ' },
  };
}

export function freezeReport(office: string, base = 0): Wish {
  return {
    verb: 'report.freeze',
    subject: { kind: 'report', id: reportRecordId(office, WINDOW.report, WINDOW) },
    base,
    body: { ...WINDOW, id: randomUUID(), report_json: '{"title":"Thống kê"}' },
  };
}
