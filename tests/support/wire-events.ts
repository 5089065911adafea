/** Bodies of events as a desk would send them, valid unless spoiled. */
import { randomUUID } from 'node:crypto';
import { unitOn } from '../../shared/catalogue/units.ts';
import { sheetId } from '../../shared/domain/sheet.ts';
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
        { code: 'K1', due: DAY },
        { code: 'K2', due: '2026-11-25' },
        { code: 'K3', due: null },
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

export interface CountWish {
  readonly unit?: string;
  readonly asOf?: string;
  readonly base?: number;
}
export function recordCounts(
  cells: Record<string, number | null>,
  { unit = '26740', asOf = DAY, base = 0 }: CountWish = {},
): Wish {
  const { key } = must(unitOn(unit, asOf), unit);
  const list = Object.entries(cells).map(([category, value]) => ({ category, measure: 'tong', value }));
  return {
    verb: 'count.record',
    subject: { kind: 'sheet', id: sheetId(key, asOf) },
    base,
    body: { unit: key, asOf, cells: list, source: 'typed' },
  };
}
