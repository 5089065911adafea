/** A lost machine: what stood on it, in figures; its key revoked in one act that is recorded; the pages of the console. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { lossReply, machinesReply, revokeReply } from '../../../shared/contract/sync/machines.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import {
  ask,
  codeOf,
  enrolDesk,
  type FakeDesk,
  get,
  makeEvent,
  opened,
  sendEvents,
  sendHello,
} from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { actOn, correctDossier, receiveDossier } from '../../support/wire-events.ts';

const WARD = '26743';
const NAMES = ['Phan Hoàng Yến Canh', 'Trần Văn Gác', 'Lê Thị Kín'];

describe.each(engines())('on %s', (engine) => {
  let hub: TestHub;
  let head: FakeDesk;
  let lost: FakeDesk;
  let elsewhere: FakeDesk;
  const lossOf = async (asker: FakeDesk, no: number) =>
    (await opened(asker, await get(asker, `/v1/machines/loss?no=${no}`), TYP.loss, lossReply)).facts;
  const listOf = async (asker: FakeDesk) =>
    (await opened(asker, await get(asker, '/v1/machines'), TYP.machines, machinesReply)).machines;
  const revokeBody = (desk: FakeDesk, more: object = {}) => ({
    ...{ no: lost.me.no, actor: desk.me.account.id, reason: 'mất trộm' },
    ...more,
  });
  const rows = (query: string) => rowsOf(hub.db, sql.raw(query), z.looseObject({}));
  const birth = (unit: string, more: Record<string, string>) =>
    receiveDossier(unit, {
      form: {
        ...{
          'requester.fullName': NAMES[0] ?? '',
          'requester.relation': 'me',
          'requester.citizenNumber': '079 196 004 217',
        },
        ...{
          'child.fullName': NAMES[1] ?? '',
          'child.birth': '2026-11-10',
          'child.sex': 'nam',
          'child.birthPlace': 'Bệnh viện Từ Dũ',
        },
        ...more,
      },
    });

  beforeAll(async () => {
    hub = await startTestHub(engine);
    head = await enrolDesk(hub, WARD, 'head');
    lost = await enrolDesk(hub, WARD);
    elsewhere = await enrolDesk(hub, '26740', 'head');
    const mine = birth(WARD, { 'mother.fullName': NAMES[0] ?? '', 'mother.citizenNumber': '079196004217' });
    const refusedOne = birth(WARD, { 'child.fullName': NAMES[2] ?? '', 'child.ethnicity': 'Kinh' });
    const { verdicts } = await sendEvents(lost, [
      makeEvent(lost, mine),
      makeEvent(
        lost,
        actOn(mine.subject.id, 0, {
          action: 'refuse',
          components: ['K1', 'K2', 'K3'],
          reason: 'không thuộc thẩm quyền',
          reasonCode: 'khac',
        }),
      ),
      makeEvent(lost, { ...refusedOne, body: { ...refusedOne.body, regime: 'nd-khong-co' } }),
    ]);
    expect(verdicts.map((v) => v.kind)).toEqual(['accepted', 'accepted', 'rejected']);
    // Of a colleague at the same ward, and of another ward.
    await sendEvents(head, [makeEvent(head, birth(WARD, { 'child.birth': '2026-11-11' }))]);
    await sendEvents(elsewhere, [
      makeEvent(elsewhere, birth('26740', { 'child.fullName': 'Nguyễn Khác Phường' })),
    ]);
    await sendHello(lost);
  });
  afterAll(() => hub.remove());

  test('what it sent and what it could read is counted: dossiers, people, fields; what was refused counts too', async () => {
    const facts = await lossOf(head, lost.me.no);
    expect(facts).toMatchObject({
      ...{ no: lost.me.no, unit: WARD, revoked: null, unsent: 0, scans: 0, busiest: 2 },
      dossiers: { open: 2, closed: 1, own: 2 },
      // The mother and requester by her number, three children by name and birth.
      people: 4,
    });
    const fieldOf = (key: string) => facts.fields.find((f) => f.key === key)?.dossiers;
    expect([fieldOf('child.fullName'), fieldOf('mother.fullName'), fieldOf('child.ethnicity')]).toEqual([
      3, 1, 1,
    ]);
    expect(facts.contactAt).toBe(new Date(hub.clock.now()).toISOString());
    expect(facts.receiptAt).not.toBeNull();
  });

  test('the answer names nobody', async () => {
    const text = JSON.stringify(await lossOf(head, lost.me.no));
    for (const word of [...NAMES, 'Nguyễn Khác Phường', '079196004217', '196 004', 'Từ Dũ', '2026-11-10'])
      expect(text).not.toContain(word);
  });

  test('what it had written and not sent is told; what came to the ward after its last greeting is not counted', async () => {
    const before = await lossOf(head, lost.me.no);
    await sendHello(lost, { seq: lost.seq + 4 });
    expect((await lossOf(head, lost.me.no)).unsent).toBe(4);
    // A greeting is good for ten minutes: so long it may have read on.
    hub.clock.move(11 * 60_000);
    await sendEvents(head, [makeEvent(head, birth(WARD, { 'child.birth': '2026-11-12' }))]);
    expect((await lossOf(head, lost.me.no)).dossiers).toEqual(before.dossiers);
    await sendHello(lost);
    expect((await lossOf(head, lost.me.no)).dossiers.open).toBe(before.dossiers.open + 1);
    const again = await lossOf(head, lost.me.no);
    expect(again.unsent).toBe(0);
  });

  test('each office sees its own machines and those below it', async () => {
    const city = await enrolDesk(hub, '79', 'officer');
    expect((await listOf(head)).map((m) => m.no)).toEqual([head.me.no, lost.me.no]);
    expect((await listOf(city)).map((m) => m.no)).toEqual(
      expect.arrayContaining([head.me.no, lost.me.no, elsewhere.me.no]),
    );
    expect((await lossOf(city, lost.me.no)).no).toBe(lost.me.no);
  });

  describe('is refused', () => {
    it.each(roles)('or not, by the role of %s', async (role: Role) => {
      const desk = await enrolDesk(hub, WARD, role);
      const may = ['head', 'admin', 'officer'].includes(role);
      const answers = [
        await get(desk, '/v1/machines'),
        await get(desk, `/v1/machines/loss?no=${lost.me.no}`),
      ];
      expect(answers.map((a) => a.status)).toEqual(may ? [200, 200] : [403, 403]);
      if (may) return;
      expect(answers.map(codeOf)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      expect(codeOf(await ask(desk, '/v1/machines/revoke', revokeBody(desk)))).toBe('FORBIDDEN');
    });
    it.each<[string, () => Promise<string>, string]>([
      [
        'a machine of another ward',
        async () => codeOf(await get(elsewhere, `/v1/machines/loss?no=${lost.me.no}`)),
        'MACHINE_NOT_YOURS',
      ],
      [
        'to revoke one of another ward',
        async () => codeOf(await ask(elsewhere, '/v1/machines/revoke', revokeBody(elsewhere))),
        'MACHINE_NOT_YOURS',
      ],
      [
        'a machine that does not exist',
        async () => codeOf(await get(head, '/v1/machines/loss?no=9999')),
        'MACHINE_UNKNOWN',
      ],
      [
        'a number that is none',
        async () => codeOf(await get(head, '/v1/machines/loss?no=abc')),
        'INPUT_INVALID',
      ],
      [
        'to revoke the very machine that asks',
        async () => codeOf(await ask(head, '/v1/machines/revoke', revokeBody(head, { no: head.me.no }))),
        'MACHINE_IS_THIS',
      ],
      [
        'without a reason',
        async () => codeOf(await ask(head, '/v1/machines/revoke', revokeBody(head, { reason: ' \u200b ' }))),
        'REASON_REQUIRED',
      ],
      [
        'in the name of somebody else',
        async () =>
          codeOf(
            await ask(head, '/v1/machines/revoke', revokeBody(head, { actor: elsewhere.me.account.id })),
          ),
        'FORBIDDEN',
      ],
      [
        'in the name of nobody',
        async () => codeOf(await ask(head, '/v1/machines/revoke', revokeBody(head, { actor: randomUUID() }))),
        'FORBIDDEN',
      ],
    ])('%s', async (_, doing, code) => {
      expect(await doing()).toBe(code);
      expect(await rows('select * from device_revocation')).toEqual([]);
    });
  });

  describe('its key revoked', () => {
    test('is done, recorded with who, when and why, and said again changes nothing', async () => {
      const at = new Date(hub.clock.now()).toISOString();
      const answer = await ask(
        head,
        '/v1/machines/revoke',
        revokeBody(head, { reason: ' mất trộm\u00a0 đêm 19/11 ' }),
      );
      const { revoked } = await opened(head, answer, TYP.revoke, revokeReply);
      expect(revoked).toEqual({ at, by: head.me.account.name, reason: 'mất trộm đêm 19/11' });
      expect(codeOf(await sendHello(lost))).toBe('DEVICE_REVOKED');
      hub.clock.move(60_000);
      const again = await ask(head, '/v1/machines/revoke', revokeBody(head, { reason: 'bấm lại' }));
      expect((await opened(head, again, TYP.revoke, revokeReply)).revoked).toEqual(revoked);
      expect(
        await rows('select device, by_device, by_account, by_name, reason from device_revocation'),
      ).toEqual([
        {
          device: lost.me.device,
          by_device: head.me.device,
          by_account: head.me.account.id,
          by_name: head.me.account.name,
          reason: 'mất trộm đêm 19/11',
        },
      ]);
      expect((await lossOf(head, lost.me.no)).revoked).toEqual(revoked);
    });
    it.each([
      "update device_revocation set reason = ''",
      'delete from device_revocation',
      'truncate device_revocation',
    ])('the record stands: %s', async (statement) => {
      await expect(hub.db.execute(sql.raw(statement))).rejects.toThrow();
      expect(await rows('select * from device_revocation')).toHaveLength(1);
    });
  });

  describe('the console', () => {
    const page = (path: string, init: RequestInit = {}) => fetch(`${hub.url}/console/machines${path}`, init);
    const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      page(path, { method: 'POST', body: new URLSearchParams(fields), headers });
    let other: FakeDesk;
    beforeAll(async () => {
      other = await enrolDesk(hub, WARD);
    });

    test('lists the machines, shows one with its figures and the notice, without scripts and persons', async () => {
      expect(await (await fetch(hub.url)).text()).toContain('href="/console/machines"');
      expect(await (await page('')).text()).toContain(`href="/console/machines/${lost.me.no}"`);
      const html = await (await page(`/${lost.me.no}?found=2026-11-20T08:30`)).text();
      for (const said of ['Phát hiện lúc 08:30 ngày 20/11/2026', 'Điều 23', 'nhạy cảm', 'mất trộm đêm 19/11'])
        expect(html).toContain(said);
      for (const word of [...NAMES, '079196004217', '<script']) expect(html).not.toContain(word);
    });
    test('a finding that lies ahead, or that is none, counts from now', async () => {
      for (const found of ['2030-01-01T00:00', 'hôm qua'])
        expect(await (await page(`/${lost.me.no}?found=${encodeURIComponent(found)}`)).text()).toContain(
          'còn 72 giờ',
        );
    });
    test('revokes in two steps: asked again with what was typed, then done by its number', async () => {
      const { no } = other.me;
      const words = { by: 'Trần "Trực" <b>', reason: 'mất tại trụ sở' };
      const asked = await (await post(`/${no}/ask`, words)).text();
      expect(asked).toContain('Gõ lại số máy');
      expect(asked).not.toContain('<b>');
      expect((await sendHello(other)).status).toBe(200);
      const wrong = await post(`/${no}/revoke`, { ...words, typed: '999' });
      expect([wrong.status, await wrong.text()]).toEqual([
        422,
        expect.stringContaining('MACHINE_NUMBER_WRONG'),
      ]);
      expect((await sendHello(other)).status).toBe(200);
      expect((await post(`/${no}/revoke`, { ...words, typed: ` ${no} ` })).status).toBe(200);
      expect(codeOf(await sendHello(other))).toBe('DEVICE_REVOKED');
      expect(
        await rows(
          `select by_name, by_device, reason from device_revocation where device = '${other.me.device}'`,
        ),
      ).toEqual([{ by_name: 'Trần "Trực" <b>', by_device: null, reason: 'mất tại trụ sở' }]);
    });
    it.each<[string, () => Promise<Response>, number, string]>([
      [
        'through a proxy',
        () => page('', { headers: { 'x-forwarded-for': '10.0.0.7' } }),
        403,
        'COURIER_CONSOLE_ONLY',
      ],
      [
        'sent by a page of somebody else',
        () =>
          post(
            `/${head.me.no}/revoke`,
            { by: 'A', reason: 'B', typed: `${head.me.no}` },
            { 'sec-fetch-site': 'cross-site' },
          ),
        403,
        'COURIER_CONSOLE_ONLY',
      ],
      ['a machine that does not exist', () => page('/9999'), 404, 'MACHINE_UNKNOWN'],
      ['no number', () => page('/x'), 422, 'INPUT_INVALID'],
      [
        'nobody who answers for it',
        () => post(`/${head.me.no}/revoke`, { by: ' ', reason: 'B', typed: `${head.me.no}` }),
        422,
        'FIELD_REQUIRED',
      ],
      [
        'no reason',
        () => post(`/${head.me.no}/revoke`, { by: 'A', reason: ' ', typed: `${head.me.no}` }),
        422,
        'REASON_REQUIRED',
      ],
      ['fields missing', () => post(`/${head.me.no}/ask`, {}), 422, 'INPUT_INVALID'],
    ])('refuses what comes %s, in a sentence', async (_, doing, status, code) => {
      const answer = await doing();
      expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(code)]);
      expect((await sendHello(head)).status).toBe(200);
    });
  });

  test('a correction of somebody else’s dossier makes it one that the machine wrote to', async () => {
    const third = await enrolDesk(hub, WARD);
    const wish = birth(WARD, { 'child.birth': '2026-11-13' });
    await sendEvents(head, [makeEvent(head, wish)]);
    await sendEvents(third, [
      makeEvent(third, correctDossier(wish.subject.id, 1, { 'child.birthPlace': 'Trạm y tế' })),
    ]);
    expect((await lossOf(head, third.me.no)).dossiers.own).toBe(1);
  });
});
