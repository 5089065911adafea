/** A regime that does not exist, as data and nothing else: its component, due day and paper follow. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { type Catalogue, type Regime, regimeOn } from '../../../../shared/catalogue/law.ts';
import { missingPapers } from '../../../../shared/domain/checklist.ts';
import { dueDates } from '../../../../shared/domain/deadline.ts';
import { born, lines } from '../../../support/papers.ts';

describe('a fifth regime that is not law, as data and nothing else', () => {
  const row = { from: '2030-01-01', to: null, source: 'Luật giả định cho phép thử', verified: false };
  const last = catalogue.regimes.at(-1);
  if (!last) throw new Error('no regime');
  const fifth: Regime = {
    ...last,
    ...row,
    id: 'gia-dinh-2030',
    chains: {
      ...last.chains,
      birth: {
        ...last.chains.birth,
        components: [
          ...last.chains.birth.components,
          {
            code: 'K9',
            name: 'Tài khoản an sinh cho trẻ',
            short: 'An sinh',
            agency: 'agency.welfare',
            limit: { kind: 'working_days', days: 'limit.K9', after: 'K3' },
            onRequest: null,
            result: 'Thông báo số tài khoản',
          },
        ],
      },
    },
  };
  const law: Catalogue = {
    ...catalogue,
    regimes: [...catalogue.regimes.slice(0, -1), { ...last, to: '2029-12-31' }, fifth],
    facts: [
      ...catalogue.facts,
      {
        ...row,
        key: 'agency.welfare',
        group: 'agency',
        name: 'Cơ quan an sinh',
        unit: 'text',
        value: 'Sở An sinh',
      },
      { ...row, key: 'limit.K9', group: 'limit', name: 'Thời hạn an sinh', unit: 'working_days', value: '4' },
    ],
    requirements: [
      ...catalogue.requirements,
      {
        ...row,
        code: 'ks_an_sinh',
        chain: 'birth',
        component: 'K9',
        name: 'Đơn mở tài khoản an sinh',
        because: 'Trẻ sống cùng mẹ.',
        todo: 'Điền và ký đơn.',
        when: { fact: 'residence.livesWith', is: ['me'] },
        weight: 'required',
        initial: 'missing',
      },
    ],
  };
  const form = { ...born, 'residence.livesWith': 'me' };
  test('gives its component, due day and paper from its first day on, and not a day before', () => {
    const day = (receivedOn: string) => {
      const chain = regimeOn(law, receivedOn)?.chains.birth;
      if (!chain) throw new Error('no chain');
      const wanted = new Set(chain.components.filter((c) => c.onRequest === null).map((c) => c.code));
      const rules = { catalogue: law, chain, receivedOn, calendar: new Map() };
      return dueDates(rules, wanted, { date: receivedOn, time: '09:00' }).components;
    };
    // Tuesday 01/01/2030 in a calendar without holidays: K3 on 03/01, K9 four working days later.
    expect(day('2030-01-01')).toEqual({
      K1: '2030-01-01',
      K2: '2030-01-04',
      K3: '2030-01-03',
      K9: '2030-01-09',
    });
    expect(Object.keys(day('2029-12-31'))).toEqual(['K1', 'K2', 'K3']);
    expect(missingPapers(lines('birth', form, '2030-01-01', law)).map((l) => l.code)).toEqual([
      'ks_giay_chung_sinh',
      'ks_an_sinh',
    ]);
    expect(lines('birth', form, '2029-12-31', law).map((l) => l.code)).not.toContain('ks_an_sinh');
    expect(regimeOn(catalogue, '2030-01-01')?.id).toBe(last.id);
  });
});
