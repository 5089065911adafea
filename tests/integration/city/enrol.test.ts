/** Enrolment: one code, one device, proof of the key. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enrolReply } from '../../../shared/contract/sync/messages.ts';
import { codeOf, enrolDesk, json, newKeys, post, sendEnrol, sign } from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';

describe.each(engines())('enrol on %s', (engine) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(() => hub.remove());

  test('a code makes a device with a number, a stream and an account', async () => {
    const desk = await enrolDesk(hub);
    expect(desk.me).toMatchObject({
      office: '26740',
      epoch: await hub.epoch(),
      receiptKey: hub.keys.receiptPublic,
      demo: false,
    });
    expect(desk.me.account).toMatchObject({ name: 'Cán bộ Dùng Thử', role: 'clerk' });
    expect((await enrolDesk(hub)).me.no).toBe(desk.me.no + 1);
  });

  test('a unit above the commune gets an officer', async () => {
    expect((await enrolDesk(hub, '79')).me.account.role).toBe('officer');
  });

  test('the code may be typed without its dash and in small letters', async () => {
    const code = await hub.createEnrolCode({ unit: '26740' });
    expect((await sendEnrol(hub.url, code.toLowerCase().replace('-', ' '), await newKeys())).status).toBe(
      200,
    );
  });

  test('a code that was used is refused to another key, and answered again to the same one', async () => {
    const [code, keys] = [await hub.createEnrolCode({ unit: '26740' }), await newKeys()];
    const first = json(await sendEnrol(hub.url, code, keys), enrolReply);
    expect(json(await sendEnrol(hub.url, code, keys), enrolReply)).toEqual(first);
    const other = await sendEnrol(hub.url, code, await newKeys());
    expect([other.status, codeOf(other)]).toEqual([403, 'ENROL_CODE_WRONG']);
  });

  test('of many desks that type one code at once, one gets in', async () => {
    const code = await hub.createEnrolCode({ unit: '26740' });
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => sendEnrol(hub.url, code, await newKeys())),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
  });

  test('an expired code is refused', async () => {
    const code = await hub.createEnrolCode({ unit: '26740' });
    hub.clock.move(8 * 86_400_000);
    expect(codeOf(await sendEnrol(hub.url, code, await newKeys()))).toBe('ENROL_CODE_WRONG');
  });

  test('a key cannot enrol twice', async () => {
    const keys = await newKeys();
    await sendEnrol(hub.url, await hub.createEnrolCode({ unit: '26740' }), keys);
    const second = await hub.createEnrolCode({ unit: '26740' });
    expect(codeOf(await sendEnrol(hub.url, second, keys))).toBe('ENROL_CODE_WRONG');
    // A refusal uses nothing up.
    expect((await sendEnrol(hub.url, second, await newKeys())).status).toBe(200);
  });

  test('an unknown unit gets no code', async () => {
    await expect(hub.createEnrolCode({ unit: '99999' })).rejects.toMatchObject({ code: 'UNIT_UNKNOWN' });
  });

  test('bad requests are refused', async () => {
    const [mine, other] = [await newKeys(), await newKeys()];
    const good = { v: 1, code: 'AAAA-BBBB', key: mine.key, name: 'Máy thử', at: '2026-11-20T02:00:00Z' };
    const cases: [unknown, number, string][] = [
      [{ jws: await sign(mine.privateKey, 'smc-enrol+jws', good) }, 403, 'ENROL_CODE_WRONG'],
      [{ jws: await sign(other.privateKey, 'smc-enrol+jws', good) }, 401, 'SIGNATURE_INVALID'],
      [{ jws: await sign(mine.privateKey, 'smc-hello+jws', good) }, 401, 'SIGNATURE_INVALID'],
      [{ jws: await sign(mine.privateKey, 'smc-enrol+jws', { ...good, name: '' }) }, 422, 'INPUT_INVALID'],
      [
        { jws: await sign(mine.privateKey, 'smc-enrol+jws', { ...good, key: { ...mine.key, d: 'secret' } }) },
        422,
        'INPUT_INVALID',
      ],
      [{ jws: 'not a signature at all' }, 401, 'SIGNATURE_INVALID'],
      [{ jws: 'e30.e30.e30 but longer than twenty' }, 422, 'INPUT_INVALID'],
      [{}, 422, 'INPUT_INVALID'],
      [[], 422, 'INPUT_INVALID'],
      [null, 422, 'INPUT_INVALID'],
    ];
    for (const [body, status, code] of cases) {
      const answer = await post(`${hub.url}/v1/enrol`, body);
      expect([answer.status, codeOf(answer)], JSON.stringify(body)).toEqual([status, code]);
    }
  });
});
