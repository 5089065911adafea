/** Reports that the city counts over the dossiers it holds: figures that plain SQL and the wards' own desks give too, and nobody's name. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { regimeOn } from '../../../shared/catalogue/law.ts';
import { successorsOn } from '../../../shared/catalogue/successors.ts';
import { isCommune, type Unit, unitOn, units } from '../../../shared/catalogue/units.ts';
import { type FiguresReply, figuresReply } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { roles } from '../../../shared/domain/verbs.ts';
import { must } from '../../../shared/lib/must.ts';
import type { Report } from '../../../shared/report/model.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import {
  answers,
  factsOf,
  form06,
  type Life,
  lifeOf,
  linked,
  timeliness,
} from '../../support/dossier-lives.ts';
import {
  codeOf,
  enrolDesk,
  type FakeDesk,
  get,
  makeEvent,
  opened,
  sendEvents,
  type Wish,
} from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { CANARY, formOf, wishesOf } from '../../support/sent-lives.ts';
import { receiveDossier } from '../../support/wire-events.ts';

const WARDS = ['26743', '26740', '27004'] as const;
const WINDOWS = [
  { from: '2026-08-11', to: '2026-09-10' },
  { from: '2026-07-20', to: '2026-07-31' },
  { from: '2026-09-01', to: '2026-11-30' },
];
const CITY_REPORTS = [
  ...['lien-thong', 'lien-thong-don-vi', 'bieu-06'],
  ...['thieu-giay-to', 'tu-choi', 'vuong-mac', 'dung-han'],
];

const path = (report: string, { from, to }: { from: string; to: string }, treeOn = to) =>
  `/v1/reports/figures?report=${report}&from=${from}&to=${to}&treeOn=${treeOn}`;

async function figuresOf(desk: FakeDesk, asked: string): Promise<FiguresReply> {
  return opened(desk, await get(desk, asked), TYP.figures, figuresReply);
}
const count = (made: Report, row: string, column: string) => {
  const at = made.columns.findIndex((c) => c.key === column);
  const cell = must(made.rows.find((r) => r.key === row)?.cells[at], `${row} ${column}`);
  return cell.kind === 'count' ? cell.value : null;
};
const columnsOf = (made: Report, row: string, wanted: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(wanted).map((c) => [c, count(made, row, c)]));
/** All that is said, but not when. */
const said = ({ made: { at: _, ...made }, notes, ...report }: Report) => ({
  ...report,
  made,
  notes: notes.filter((note) => !note.startsWith('Số liệu của Thành phố')),
});

describe.each(engines())('figures on %s', (engine) => {
  let hub: TestHub;
  let city: FakeDesk;
  let officer: Pair;
  const wards: { code: string; fake: FakeDesk; real: Pair; lives: readonly Life[] }[] = [];
  beforeAll(async () => {
    hub = await startTestHub(engine);
    city = await enrolDesk(hub, '79', 'officer');
    for (const [i, code] of WARDS.entries()) {
      const fake = await enrolDesk(hub, code);
      const lives = fc.sample(lifeOf, { seed: 2300 + i, numRuns: 40 });
      const events = lives.flatMap((life) => wishesOf(life, code)).map((wish) => makeEvent(fake, wish));
      const { verdicts } = await sendEvents(fake, events);
      expect([...new Set(verdicts.map((v) => `${v.kind} ${v.code ?? ''} ${v.field ?? ''}`))]).toEqual([
        'accepted  ',
      ]);
      const real = await enrolledPair(hub, { office: code });
      await real.desk.call('sync.run', {});
      wards.push({ code, fake, real, lives });
    }
    officer = await enrolledPair(hub, { office: '79', role: 'officer' });
  });
  afterAll(async () => {
    for (const { real } of wards) await real.close();
    await officer.close();
    await hub.remove();
  });
  const allLives = () => wards.flatMap(({ lives }) => lives);

  test.each(WINDOWS)(
    '$from to $to: the city’s figures are those of plain SQL over the bare steps',
    async (window) => {
      const ask = factsOf(allLives(), window);
      for (const [report, columns] of [
        ['lien-thong', linked],
        ['bieu-06', form06],
      ] as const) {
        const { compared } = await figuresOf(city, path(report, window));
        for (const chain of ['birth', 'death'])
          expect(columnsOf(compared, chain, columns), `${report} ${chain}`).toEqual(
            answers(ask, columns, `chains WHERE chain = '${chain}'`),
          );
        expect(columnsOf(compared, 'total', columns)).toEqual(answers(ask, columns, 'chains WHERE 1'));
      }
      const { plain } = await figuresOf(city, path('dung-han', window));
      expect(columnsOf(plain, 'total', timeliness)).toEqual(answers(ask, timeliness, 'parts WHERE 1'));
      const byUnit = (await figuresOf(city, path('lien-thong-don-vi', window))).plain;
      expect(byUnit.rows).toHaveLength(169);
      expect(byUnit.notes).toContain(
        '165/168 phường, xã, đặc khu chưa gửi gì về Thành phố: số 0 của những nơi này chưa có nghĩa là không có hồ sơ.',
      );
      for (const { code, lives } of wards) {
        const own = factsOf(lives, window);
        const row = must(unitOn(code, window.to), code).key;
        const shown = Object.fromEntries(Object.entries(linked).filter(([key]) => !key.endsWith('_before')));
        expect(columnsOf(byUnit, row, shown), code).toEqual(answers(own, shown, 'chains WHERE 1'));
      }
    },
  );

  test.each(WINDOWS)(
    '$from to $to: once all is sent, a ward says of itself what the city says of it',
    async (window) => {
      for (const { code, fake, real } of wards)
        for (const report of CITY_REPORTS) {
          const wanted = { report, ...window, treeOn: null, compare: true };
          const here = await real.desk.call('report.make', wanted);
          const there = await figuresOf(fake, path(report, window));
          expect(said(there.compared), `${code} ${report}`).toEqual(said(here));
        }
    },
  );

  test('no name leaves the city, nor anything that is one dossier’s', async () => {
    const ids = allLives().map(({ dossier }) => dossier.id);
    for (const report of CITY_REPORTS) {
      const answer = await get(city, path(report, must(WINDOWS[0], 'window')));
      const payload = Buffer.from(answer.text.split('.')[1] ?? '', 'base64url').toString();
      expect(payload).toContain(`"${report}"`);
      for (const word of [...CANARY.split(' '), 'T-1-26', ...ids]) expect(payload).not.toContain(word);
    }
  });

  test.each([
    ['so-theo-doi', 'REPORT_NOT_COUNTED'],
    ['ton-dong', 'REPORT_NOT_COUNTED'],
    ['ngoai-nganh', 'REPORT_NOT_COUNTED'],
    ['khong-co', 'REPORT_NOT_COUNTED'],
  ])('%s is refused: %s', async (report, code) => {
    expect(codeOf(await get(city, path(report, must(WINDOWS[0], 'window'))))).toBe(code);
  });
  test.each([
    ['a window backwards', path('bieu-06', { from: '2026-09-10', to: '2026-08-11' }), 'WINDOW_REVERSED'],
    ['no such day', path('bieu-06', { from: '2026-02-30', to: '2026-03-11' }), 'INPUT_INVALID'],
    ['a year of no calendar', path('bieu-06', { from: '0000-01-01', to: '2026-03-11' }), 'INPUT_INVALID'],
    ['half a question', '/v1/reports/figures?report=bieu-06', 'INPUT_INVALID'],
  ])('%s is refused', async (_name, asked, code) => {
    expect(codeOf(await get(city, asked))).toBe(code);
  });
  test('a ward has no figures by the units of a time when it was none', async () => {
    const ward = must(wards[0], 'ward').fake;
    const asked = path('bieu-06', must(WINDOWS[0], 'window'), '2020-01-01');
    expect(codeOf(await get(ward, asked))).toBe('UNIT_CLOSED');
  });
  test.each(roles)('a device of a %s', async (role) => {
    const answer = await get(await enrolDesk(hub, '79', role), path('bieu-06', must(WINDOWS[0], 'window')));
    if (role === 'technician') expect([answer.status, codeOf(answer)]).toEqual([403, 'FORBIDDEN']);
    else expect(answer.status).toBe(200);
  });
  test('nobody reads figures without a fresh signature of his own', async () => {
    const asked = path('bieu-06', must(WINDOWS[0], 'window'));
    expect((await fetch(`${hub.url}${asked}`)).status).toBe(401);
    expect(codeOf(await get(city, asked, { path: path('tu-choi', must(WINDOWS[0], 'window')) }))).toBe(
      'SIGNATURE_INVALID',
    );
  });

  test('asked again nothing is counted again, until something has come', async () => {
    const asked = path('lien-thong', { from: '2026-07-20', to: '2026-11-20' });
    const first = await figuresOf(city, asked);
    hub.clock.move(60_000);
    expect(await figuresOf(city, asked)).toEqual(first);
    const { code, fake, lives } = must(wards[0], 'ward');
    await sendEvents(fake, [makeEvent(fake, must(wishesOf(must(lives[0], 'a life'), code)[0], 'reception'))]);
    const next = await figuresOf(city, asked);
    expect(next.hub).toBe(first.hub + 1);
    expect(next.at > first.at).toBe(true);
    expect(count(next.plain, 'total', 'received')).toBe((count(first.plain, 'total', 'received') ?? 0) + 1);
  });

  test('of an earlier window, components that were added later are not in it', async () => {
    const { code, fake, real } = must(wards[1], 'ward');
    const short = receiveDossier(code, {
      ...{ receivedOn: '2026-09-08', regime: 'nd301-2026', due: '2026-09-10' },
      components: [{ code: 'K1', due: '2026-09-08', waitsFor: null }],
      form: formOf({ chain: 'birth', receivedOn: '2026-09-08' }),
    });
    const added = [{ code: 'K3', due: '2026-12-01', waitsFor: null, startedOn: '2026-09-08' }];
    const more: Wish = {
      ...{ verb: 'dossier.correct', subject: short.subject },
      body: { changes: {}, added, reason: 'Xin làm thêm thẻ bảo hiểm' },
    };
    const { verdicts } = await sendEvents(fake, [makeEvent(fake, short), makeEvent(fake, more)]);
    expect(verdicts.map((v) => v.kind)).toEqual(['accepted', 'accepted']);
    await real.desk.call('sync.run', {});
    for (const window of [must(WINDOWS[0], 'before'), { from: '2026-11-01', to: '2026-11-20' }]) {
      const here = await real.desk.call('report.make', {
        ...{ report: 'dung-han', ...window, treeOn: null, compare: true },
      });
      const there = await figuresOf(fake, path('dung-han', window));
      expect(said(there.compared), window.to).toEqual(said(here));
    }
  });

  test('a dossier of a ward that is no more counts at its heir; by the old units, in its old district', async () => {
    const on = '2025-06-03';
    const heirsOf = (u: Unit) => successorsOn(u.key, '2026-11-20').filter((h) => h.extent === 'whole');
    const old = must(
      units.find((u) => isCommune(u) && u.validTo === '2025-06-30' && heirsOf(u).length === 1),
      'an old ward that went over whole',
    );
    const heir = must(heirsOf(old)[0], 'its heir');
    const fake = await enrolDesk(hub, heir.code);
    const regime = must(regimeOn(catalogue, on), on).id;
    const event = makeEvent(
      fake,
      receiveDossier(heir.code, {
        ...{
          commune: old.key,
          receivedOn: on,
          regime,
          due: null,
          form: formOf({ chain: 'birth', receivedOn: on }),
        },
        components: [{ code: 'K1', due: on, waitsFor: null }],
      }),
    );
    expect((await sendEvents(fake, [event])).verdicts.map((v) => v.kind)).toEqual(['accepted']);
    const window = { from: '2025-06-01', to: '2025-06-30' };
    const byOld = (await figuresOf(city, path('lien-thong-don-vi', window))).plain;
    const byNew = (await figuresOf(city, path('lien-thong-don-vi', window, '2025-07-01'))).plain;
    const district = must(unitOn(must(old.parentCode, 'district'), on), 'district').key;
    expect([count(byOld, district, 'received'), count(byOld, 'total', 'received')]).toEqual([1, 1]);
    expect([count(byNew, heir.key, 'received'), count(byNew, 'total', 'received')]).toEqual([1, 1]);
    const own = (await figuresOf(fake, path('bieu-06', window, '2025-07-01'))).plain;
    expect(count(own, 'birth', 'c3')).toBe(1);
    const other = (await figuresOf(must(wards[0], 'ward').fake, path('bieu-06', window, '2025-07-01'))).plain;
    expect(count(other, 'birth', 'c3')).toBe(0);
  });
});
