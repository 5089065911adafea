/** `npm run demo`: the main job on real input, through the real app and a real hub, cut off half-way. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { syntheticDossier } from '../../electron/demo/people.ts';
import { verify } from '../../electron/sync/jws.ts';
import type { DossierRow } from '../../shared/contract/ipc/common.ts';
import type { SyncState } from '../../shared/contract/ipc/sync.ts';
import { publicJwk, receipt } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { DEMO_PASSWORD } from '../../shared/domain/sign-in.ts';
import { showDate } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import type { Report } from '../../shared/report/model.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { everybody } from '../support/forms.ts';
import { type Line, startLine } from '../support/line.ts';
import { type DemoPlan, HELP, readPlan } from './arguments.ts';
import { cityTables } from './city-tables.ts';
import { readHubFigures, startHubProcess } from './hub-process.ts';
import {
  annexSums,
  type CityTable,
  compareSums,
  csvSums,
  type Mismatch,
  makeReport,
  tableSums,
  xlsxSums,
} from './report.ts';

const ROOMS = ['hom-nay', 'ho-so', 'ngoai-nganh', 'bao-cao', 'dong-bo', 'cai-dat'] as const;
/** The demo's desk is the city's own service centre: it counts all units and may receive for any commune (NĐ 118/2025). */
const OFFICE = '79';
const say = (text: string) => console.log(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${text}`);

async function main(plan: DemoPlan): Promise<number> {
  rmSync(plan.out, { recursive: true, force: true });
  for (const folder of ['receipts', 'screens']) mkdirSync(path.join(plan.out, folder), { recursive: true });
  const hub = await startHubProcess(plan.cityDir, [
    '--enrol-code',
    OFFICE,
    '--name',
    'Nguyễn Thị Demo',
    '--demo',
  ]);
  const line = await startLine(hub.url);
  say(`hub at ${hub.url}, data in ${plan.cityDir}`);
  try {
    return await conclude(plan, await day(plan, { url: line.url, enrolCode: hub.enrolCode, line }), () =>
      hub.stop(),
    );
  } finally {
    await line.close();
    await hub.stop();
  }
}

interface Day {
  readonly annex: Report;
  readonly rows: readonly DossierRow[];
  readonly sync: SyncState;
  readonly receipts: { readonly files: number; readonly verified: number };
  readonly importProblems: readonly Mismatch[];
  readonly offlineMs: number;
  readonly syncMs: number;
  /** None where another table was asked for. */
  readonly tables: readonly CityTable[];
}

/** The working day at the desk: half of it with the network, half without, then everything is sent. */
async function day(plan: DemoPlan, city: { url: string; enrolCode: string; line: Line }): Promise<Day> {
  const desk = await launchDesk({
    dataDir: plan.deskDir,
    cityUrl: city.url,
    enrolCode: city.enrolCode,
    signIn: DEMO_PASSWORD,
  });
  try {
    return await work(desk, city.line, plan);
  } finally {
    await desk.close();
  }
}

async function work(desk: DeskApp, line: Line, plan: DemoPlan): Promise<Day> {
  say(`desk enrolled, data in ${plan.deskDir}`);
  const half = Math.floor(plan.dossiers / 2);
  await takeIn(desk, plan, 0, half);
  await desk.call('sync.run', {});
  const cutAt = performance.now();
  line.down();
  say(`${half} dossiers sent; the network is cut`);
  const importProblems = await importCounts(desk, plan);
  await takeIn(desk, plan, half, plan.dossiers);
  await desk.call('sync.run', {});
  const offline = await desk.call('sync.state', {});
  await desk.room(5);
  await desk.page.screenshot({ path: path.join(plan.out, 'screens', 'dong-bo-ngoai-tuyen.png') });
  line.up();
  const offlineMs = performance.now() - cutAt;
  say(`offline: ${offline.waiting} changes waiting; the network is back`);

  const sendAt = performance.now();
  const sync = await desk.call('sync.run', {});
  const syncMs = performance.now() - sendAt;
  const receipts = await saveReceipts(desk, plan);
  say(
    `sent: ${sync.received} received, ${sync.waiting} waiting, ${receipts.verified} of ${receipts.files} receipts verified`,
  );

  const annex = await saveAnnex(desk, plan);
  await photograph(desk, plan);
  const rows = await allRows(desk);
  const tables = plan.tables ? await reproduce(desk, line, plan) : [];
  return { annex, rows, sync, receipts, importProblems, offlineMs, syncMs, tables };
}

/** The city's tables a, b and c. Nothing of it is sent: the hub's figures are those of the day before it. */
async function reproduce(desk: DeskApp, line: Line, plan: DemoPlan): Promise<readonly CityTable[]> {
  line.down();
  const began = performance.now();
  const tables = await cityTables(desk, plan);
  await photographChoices(desk, plan);
  for (const { name, compared, mismatches } of tables)
    say(`table ${name}: ${compared} printed figures compared, ${mismatches.length} mismatches`);
  say(`the city's tables took ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return tables;
}

/** As a clerk opens them every month: kept under a name, taken by its button. */
async function photographChoices({ call, page, room }: DeskApp, plan: DemoPlan): Promise<void> {
  const kept = { tree: 'own', compare: true } as const;
  const choices = [
    ['Báo cáo tháng 11/8-10/9', 'lien-thong', '2023-08-11', '2023-09-10', 'bao-cao-lien-thong'],
    ['Tiến độ 6 tháng', 'tien-do-chi-tieu', null, '2024-06-17', 'bao-cao-tien-do'],
    ['Bảng ngày 19/9/2023', 'ngoai-nganh', null, plan.asOf, 'bao-cao-ngoai-nganh'],
  ] as const;
  for (const [name, report, from, to] of choices)
    await call('choice.save', { name, choice: { ...kept, compare: from !== null, report, from, to } });
  const picture = async (name: string) => {
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(plan.out, 'screens', `${name}.png`) });
  };
  await room(1);
  await room(4);
  const saved = page.getByRole('group', { name: 'Báo cáo đã lưu' });
  for (const [name, , , , screen] of choices) {
    await saved.getByRole('button').filter({ hasText: name }).click();
    await saved.getByRole('button', { pressed: true }).filter({ hasText: name }).waitFor();
    await page.getByRole('grid').waitFor();
    await picture(screen);
    await page.getByRole('tab', { name: /Biểu đồ/ }).click();
    await page.locator('.report-figure').first().waitFor();
    await picture(`${screen}-bieu-do`);
  }
}

/** Compares what file, desk, exports and hub say; the hub is read from its own tables once it has stopped. */
async function conclude(plan: DemoPlan, done: Day, stopHub: () => Promise<void>): Promise<number> {
  const { annex, rows, sync, receipts, importProblems, offlineMs, syncMs, tables } = done;
  await stopHub();
  const hubFigures = await readHubFigures(plan.cityDir, plan.asOf);
  const table = tableSums(plan.counts);
  const places = {
    file: table.sums,
    desk: annexSums(annex),
    xlsx: xlsxSums(path.join(plan.out, 'annex.xlsx'), annex),
    csv: csvSums(path.join(plan.out, 'annex.csv'), annex),
    hub: Object.fromEntries(Object.entries(hubFigures.counts).map(([code, { sum }]) => [code, sum])),
    ...(Object.keys(table.printed).length > 0 && { printed: table.printed }),
  };
  const mismatches: Mismatch[] = [
    ...importProblems,
    ...compareSums(places),
    ...tables.flatMap((table) => table.mismatches),
  ];
  const waiting = sync.waiting + sync.attention;
  if (waiting > 0) mismatches.push({ what: 'not received', desk: waiting });
  if (hubFigures.dossiers !== rows.length)
    mismatches.push({ what: 'dossiers', desk: rows.length, hub: hubFigures.dossiers });
  if (receipts.verified !== receipts.files)
    mismatches.push({ what: 'receipts', files: receipts.files, verified: receipts.verified });
  const report = makeReport({
    annex,
    dossiers: rows,
    entered: rows.length,
    sync,
    receipts,
    offlineMs,
    syncMs,
    hub: hubFigures,
    tables,
    mismatches,
  });
  writeFileSync(path.join(plan.out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  printTables(tables);
  print(report, places);
  say(`written to ${plan.out}`);
  return mismatches.length === 0 ? 0 : 1;
}

async function takeIn(desk: DeskApp, plan: DemoPlan, from: number, to: number): Promise<void> {
  const { today } = await desk.call('session.get', {});
  const communes = await desk.call('office.communes', { on: today });
  for (let i = from; i < to; i++) {
    const commune = must(communes[(i * 37 + plan.seed) % communes.length], 'commune');
    // The first two are one of each kind, so that a small demo shows both chains.
    const { chain, values } = syntheticDossier(plan.seed, i, {
      today,
      ward: commune.name,
      ...(i < 2 && { chain: i === 0 ? 'birth' : 'death' }),
    });
    await desk.call('dossier.receive', {
      id: randomUUID(),
      chain,
      channel: 'truc_tiep',
      commune: commune.key,
      values,
      received: null,
      atOnce: null,
    });
  }
}

/** As a clerk does it: the room, the date, the file, the dry run, "Nhập". */
async function importCounts(desk: DeskApp, plan: DemoPlan): Promise<Mismatch[]> {
  const { page } = desk;
  await desk.room(3);
  const date = page.getByLabel('Tính đến ngày');
  await date.fill(showDate(plan.asOf));
  await date.press('Enter');
  await page.getByLabel('Chọn tệp số liệu (CSV, xlsx)').setInputFiles(plan.counts);
  const dialog = page.getByRole('dialog');
  // The reading is over when its note is gone; what stands then is sums and problems, or the reason why nothing could be read.
  await dialog.waitFor();
  await dialog.getByRole('status').waitFor({ state: 'hidden' });
  await page.screenshot({ path: path.join(plan.out, 'screens', 'nhap-tep.png') });
  const whole = dialog.getByRole('button', { name: /^Nhập \d/ });
  const rightRows = dialog.getByRole('button', { name: 'Chỉ nhập dòng đúng' });
  const problems = (await whole.isVisible())
    ? []
    : [{ what: 'import', problem: (await dialog.innerText()).slice(0, 2000) }];
  if (problems.length === 0) await whole.click();
  else if (await rightRows.isVisible()) await rightRows.click();
  else await dialog.getByRole('button', { name: 'Không nhập' }).click();
  await dialog.waitFor({ state: 'hidden' });
  return problems;
}

async function saveReceipts(desk: DeskApp, plan: DemoPlan): Promise<{ files: number; verified: number }> {
  const rows = await desk.call('receipt.list', {});
  let verified = 0;
  for (const { id, short } of rows) {
    const { jws, publicKey } = await desk.call('receipt.get', { id });
    writeFileSync(path.join(plan.out, 'receipts', `${short}.jws`), jws);
    writeFileSync(path.join(plan.out, 'receipts', 'city-receipt-key.json'), publicKey);
    const key = publicJwk.parse(JSON.parse(publicKey));
    verified += await verify(jws, {
      typ: TYP.receipt,
      key,
      schema: receipt,
      otherwise: 'CITY_SIGNATURE',
    }).then(
      () => 1,
      () => 0,
    );
  }
  return { files: rows.length, verified };
}

async function saveAnnex(desk: DeskApp, plan: DemoPlan): Promise<Report> {
  const source = { report: 'ngoai-nganh', from: null, to: plan.asOf, treeOn: null, compare: false };
  for (const format of ['xlsx', 'docx', 'csv', 'pdf'] as const) {
    await desk.saveTo(path.join(plan.out, `annex.${format}`));
    await desk.call('report.save', { source, format });
  }
  return desk.call('report.make', source);
}

async function photograph(desk: DeskApp, plan: DemoPlan): Promise<void> {
  for (const [i, name] of ROOMS.entries()) {
    await desk.room(i + 1);
    // Screens fade in; a picture of a half-drawn one proves nothing.
    await desk.page.waitForTimeout(400);
    await desk.page.screenshot({ path: path.join(plan.out, 'screens', `${name}.png`) });
  }
}

async function allRows(desk: DeskApp): Promise<DossierRow[]> {
  const ns = [...(await desk.call('dossier.index', everybody))];
  const rows: DossierRow[] = [];
  for (let i = 0; i < ns.length; i += 200)
    rows.push(...(await desk.call('dossier.rows', { ns: ns.slice(i, i + 200) })));
  return rows;
}

/** Each of the city's tables as the desk makes it, with its sentences and what does not come out. */
function printTables(tables: readonly CityTable[]): void {
  for (const { title, rows, paragraphs, findings } of tables) {
    console.log(`\n${title}`);
    for (const row of rows) console.log(row.join(' | '));
    for (const text of [...paragraphs, ...findings]) console.log(`  ${text}`);
  }
}

function print(
  report: ReturnType<typeof makeReport>,
  places: Readonly<Record<string, Readonly<Record<string, number>>>>,
): void {
  console.table(
    Object.fromEntries(
      Object.keys(report.counts).map((code) => [
        code,
        Object.fromEntries(Object.entries(places).map(([place, sums]) => [place, sums[code] ?? 0])),
      ]),
    ),
  );
  console.log(
    JSON.stringify(
      {
        dossiers: report.dossiers,
        sync: report.sync,
        hub_events: report.hub.events,
        mismatches: report.mismatches,
      },
      null,
      1,
    ),
  );
}

const plan = readPlan(process.argv.slice(2));
if (plan)
  process.exitCode = await main(plan).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  });
else console.log(HELP);
