/**
 * Mất máy, on the console: the machines, what stood on one, the notice of 72 hours, taking its key's rights away in two steps. Pages for a
 * browser on the hub's own machine; figures and names of fields, never persons. No scripts.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LossFacts } from '../../shared/contract/sync/machines.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { showCount } from '../../shared/lib/whole-number.ts';
import {
  kindsHeld,
  lossNotice,
  momentWords,
  NOTICE_TITLE,
  unknownWords,
} from '../../shared/notice/loss-notice.ts';
import { fail } from '../../shared/problem.ts';
import { iso } from '../clock.ts';
import { type Machine, readMachines } from '../db/queries/machine.ts';
import type { Hub } from '../hub.ts';
import { countLoss, machineOf } from '../lost/loss.ts';
import { revokeAtConsole } from '../lost/revoke.ts';
import { isHere } from './here.ts';
import { bodyOf, pageOf, safe, unitName } from './page.ts';
import { failureOf, placeOf } from './refusal.ts';

export const LOST_PATH = '/console/machines';
const placed = z.object({ no: z.coerce.number().int().min(1) });
/** As a browser's own field of day and hour gives it, Vietnam's time. */
const found = z.object({ found: z.iso.datetime({ local: true }).optional().catch(undefined) });
const asked = z.object({ by: z.string().max(80), reason: z.string().max(300) });
const confirmed = asked.extend({ typed: z.string().max(20) });

export function serveLost(app: FastifyInstance, hub: Hub): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  const route = (method: 'GET' | 'POST', url: string, page: (request: FastifyRequest) => Promise<string>) =>
    app.route({
      ...{ method, url },
      onRequest: async (request) => {
        if (!isHere(request)) fail('COURIER_CONSOLE_ONLY');
      },
      errorHandler: (error, request, reply) => refused(hub, { error, request, reply }),
      handler: async (request, reply) => reply.type('text/html; charset=utf-8').send(await page(request)),
    });
  const numberOf = ({ params }: FastifyRequest) => placed.parse(params).no;
  route('GET', LOST_PATH, async () => listPage(await readMachines(hub.db)));
  route('GET', `${LOST_PATH}/:no`, async (request) =>
    machinePage(hub, numberOf(request), found.parse(request.query)),
  );
  route('POST', `${LOST_PATH}/:no/ask`, async (request) =>
    askPage(await machineOf(hub.db, numberOf(request)), asked.parse(request.body)),
  );
  route('POST', `${LOST_PATH}/:no/revoke`, async (request) => {
    const [no, { typed, ...act }] = [numberOf(request), confirmed.parse(request.body)];
    if (typed.trim() !== String(no)) fail('MACHINE_NUMBER_WRONG', { no });
    await revokeAtConsole(hub, { no, ...act });
    return machinePage(hub, no, {});
  });
}

interface Failed {
  readonly error: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function refused(hub: Hub, { error, request, reply }: Failed): void {
  const { status, body, bug } = failureOf(error, LOST_PATH);
  if (bug) request.log.error({ ref: bug.ref, ...placeOf(bug.error) }, 'failed');
  hub.metrics.refused(body.code);
  const words = `<p>${safe(body.sentence)}</p><p>Mã: ${body.code}</p><p><a href="${LOST_PATH}">Về danh sách máy</a></p>`;
  void reply.code(status).type('text/html; charset=utf-8').send(pageOf('Chưa làm được', words));
}

const when = (at: string | null) => (at === null ? 'chưa có' : momentWords(at));

function listPage(machines: readonly Machine[]): string {
  const rows = machines.map(
    (m) =>
      `<tr><td><a href="${LOST_PATH}/${m.no}">Máy ${m.no}</a></td><td>${safe(m.name)}</td><td>${safe(unitName(m.unit))}</td><td>${when(m.contactAt)}</td><td>${when(m.receiptAt)}</td><td>${m.revoked ? `đã thu hồi ${momentWords(m.revoked.at)}` : ''}</td></tr>`,
  );
  return pageOf(
    'Mất máy',
    `<p>Chọn máy bị mất.</p>
<table><caption>Các máy</caption><thead><tr><th scope="col">Máy</th><th scope="col">Tên máy</th><th scope="col">Đơn vị</th><th scope="col">Liên lạc cuối</th><th scope="col">Biên nhận cuối</th><th scope="col">Thu hồi</th></tr></thead>
${bodyOf(rows, 6, 'Chưa có máy nào ghi danh.')}</table><p><a href="/">Về trang theo dõi</a></p>`,
  );
}

async function machinePage(hub: Hub, no: number, given: z.infer<typeof found>): Promise<string> {
  const facts = await countLoss(hub, no);
  const now = hub.clock.now();
  const foundAt = foundMoment(given.found, now);
  return pageOf(
    `Mất máy số ${no}`,
    `${factList(facts)}
${kindTable(facts)}
${revokeForm(facts)}
${noticeForm(no, foundAt)}
${notice(facts, { foundAt, at: iso(now), countedAt: iso(now) })}
<p><a href="${LOST_PATH}">Về danh sách máy</a></p>`,
  );
}

/** What was typed, unless it lies ahead of the hub's clock; now where nothing was. */
function foundMoment(typed: string | undefined, now: number): string {
  const at = typed === undefined ? now : Date.parse(`${typed}+07:00`);
  return iso(Math.min(Number.isNaN(at) ? now : at, now));
}

function factList(facts: LossFacts): string {
  const { name, unit, dossiers, people, scans, contactAt, receiptAt, revoked } = facts;
  const rows: readonly (readonly [string, string])[] = [
    ['Tên máy', name],
    ['Đơn vị', unitName(unit)],
    ['Ghi danh', when(facts.enrolledAt)],
    ['Liên lạc cuối', when(contactAt)],
    ['Biên nhận cuối', when(receiptAt)],
    [
      'Hồ sơ có thể có trên máy',
      `${showCount(dossiers.open + dossiers.closed)} (đang giải quyết ${showCount(dossiers.open)}, đã xong ${showCount(dossiers.closed)}; máy này nhập ${showCount(dossiers.own)})`,
    ],
    ['Số người', `không quá ${showCount(people)}`],
    ['Ảnh chụp giấy tờ', showCount(scans)],
    [
      'Khoá của máy',
      revoked
        ? `đã thu hồi ${momentWords(revoked.at)}, người thu hồi: ${revoked.by}, lý do: ${revoked.reason}`
        : 'còn dùng được',
    ],
  ];
  const unknown = unknownWords(facts).map((line) => `<p>${safe(line)}</p>`);
  return `<dl>${rows.map(([label, value]) => `<dt>${label}</dt><dd>${safe(value)}</dd>`).join('')}</dl>${unknown.join('')}`;
}

function kindTable(facts: LossFacts): string {
  const rows = kindsHeld(facts).map(
    ({ name, sensitive, n }) =>
      `<tr><td>${safe(name)}</td><td>${sensitive ? 'nhạy cảm' : ''}</td><td>${showCount(n)}</td></tr>`,
  );
  return `<table><caption>Loại dữ liệu cá nhân</caption><thead><tr><th scope="col">Loại</th><th scope="col">Mức</th><th scope="col">Số hồ sơ</th></tr></thead>${bodyOf(rows, 3, 'Chưa có hồ sơ nào.')}</table>`;
}

function revokeForm({ no, revoked }: LossFacts): string {
  if (revoked) return '';
  return `<h2>Thu hồi khoá của máy</h2>
<form method="post" action="${LOST_PATH}/${no}/ask"><p><label>Người thu hồi: <input name="by" maxlength="80" required></label> <label>Lý do: <input name="reason" maxlength="300" required></label> <button>Tiếp tục</button></p></form>`;
}

/** The second step: what will happen, and the number once more. */
function askPage({ no, name, unit }: Machine, { by, reason }: z.infer<typeof asked>): string {
  return pageOf(
    `Thu hồi máy số ${no}?`,
    `<p>Máy ${no} (${safe(name)}, ${safe(unitName(unit))}) sẽ không gửi, không nhận được gì nữa. Không lấy lại được: máy tìm thấy thì phải ghi danh lại. Dữ liệu trên máy vẫn còn đó, mã hoá.</p>
<p>Người thu hồi: ${safe(by)}. Lý do: ${safe(reason)}.</p>
<form method="post" action="${LOST_PATH}/${no}/revoke"><input type="hidden" name="by" value="${safe(by)}"><input type="hidden" name="reason" value="${safe(reason)}"><p><label>Gõ lại số máy để xác nhận: <input name="typed" inputmode="numeric" maxlength="20" required></label> <button>Thu hồi máy ${no}</button></p></form>
<p><a href="${LOST_PATH}/${no}">Thôi</a></p>`,
  );
}

function noticeForm(no: number, foundAt: string): string {
  const { date, time } = localTime(Date.parse(foundAt));
  return `<h2>Thông báo 72 giờ</h2>
<form method="get" action="${LOST_PATH}/${no}"><p><label>Phát hiện mất lúc: <input type="datetime-local" name="found" value="${date}T${time}" required></label> <button>Tính lại</button></p></form>`;
}

function notice(facts: LossFacts, moments: { foundAt: string; at: string; countedAt: string }): string {
  const parts = lossNotice({ facts, ...moments }).map(
    ({ title, lines }) => `<h3>${safe(title)}</h3>${lines.map((line) => `<p>${safe(line)}</p>`).join('')}`,
  );
  return `<section><h3>${safe(NOTICE_TITLE)}</h3>${parts.join('\n')}</section>`;
}
