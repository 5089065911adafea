/** Each room: no serious accessibility finding, nothing cut, and the window can do nothing that it must not. */
import AxeBuilder from '@axe-core/playwright';
import { expect, startWorld, test } from './fixture.ts';

const rooms = ['Hôm nay', 'Hồ sơ', 'Ngoại ngành', 'Báo cáo', 'Đồng bộ', 'Cài đặt'];

for (const [i, name] of rooms.entries())
  test(`${name} has no serious accessibility finding and no sideways scroll at 1366x768 and at 125 %`, async ({
    page,
    world,
  }) => {
    await world.desk.room(i + 1);
    await expect(page.getByRole('heading', { name }).first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
    expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
    for (const zoom of [1, 1.25]) {
      await world.desk.app.evaluate(
        ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor),
        zoom,
      );
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, `at ${zoom}`).toBeLessThanOrEqual(0);
    }
    await world.desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1),
    );
  });

for (const key of ['n', 'm'])
  test(`the form behind ${key.toUpperCase()} has no serious accessibility finding, also with errors`, async ({
    page,
    world,
  }) => {
    await world.desk.room(2);
    await page.keyboard.press(key);
    await page.getByRole('heading', { name: /Tiếp nhận/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
    expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)).toEqual([]);
  });

test('the window has no Node and no network, and runs no foreign script', async ({ page, world }) => {
  expect(
    await page.evaluate(() => [
      typeof (globalThis as { require?: unknown }).require,
      typeof (globalThis as { process?: unknown }).process,
    ]),
  ).toEqual(['undefined', 'undefined']);
  const reached = await page.evaluate(async (url) => {
    const tries = [
      url,
      'https://example.com/',
      'file:///etc/passwd',
      'app://bundle/../package.json',
      'app://other/',
    ];
    return Promise.all(
      tries.map((u) =>
        fetch(u).then(
          (r) => r.ok,
          () => false,
        ),
      ),
    );
  }, `${world.hub.url}/health`);
  expect(reached).toEqual([false, false, false, false, false]);
  const injected = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'globalThis.injected = true';
    } catch {
      script.append('globalThis.injected = true');
    }
    document.body.append(script);
    return (globalThis as { injected?: boolean }).injected === true;
  });
  expect(injected).toBe(false);
  // The words about it come a little later.
  await expect.poll(() => world.desk.stopped().length).toBeGreaterThan(0);
  await page.waitForTimeout(500);
  world.desk.stopped();
});

test('calls that are no calls are refused by name', async ({ page }) => {
  const codes = await page.evaluate(async () => {
    const desk = (
      globalThis as unknown as {
        desk: { invoke(m: unknown, i: unknown): Promise<{ ok: boolean; problem?: { code: string } }> };
      }
    ).desk;
    const tries: [unknown, unknown][] = [
      ['no.such', {}],
      ['__proto__', {}],
      ['dossier.get', { id: "x' OR 1=1" }],
      ['dossier.rows', { ns: 'all' }],
      [{}, {}],
      ['report.save', { source: { report: 'ngoai-nganh', to: '../../etc' }, format: 'pdf' }],
      ['report.save', { source: { frozen: '../../etc' }, format: 'pdf' }],
      ['draft.save', { id: 'x', chain: 'birth', values: {} }],
    ];
    return Promise.all(tries.map(async ([m, i]) => (await desk.invoke(m, i)).problem?.code ?? 'OK'));
  });
  expect(codes).toEqual(Array(8).fill('INPUT_INVALID'));
});

test('the window opens no other and stays on its page', async () => {
  const world = await startWorld('26743');
  try {
    const { app, page } = world.desk;
    await page.evaluate(() => {
      window.open('https://example.com');
      setTimeout(() => location.assign('https://example.com/'), 0);
    });
    await page.waitForTimeout(500);
    const urls = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((w) => w.webContents.getURL()),
    );
    expect(urls).toHaveLength(1);
    expect(urls[0]).toMatch(/^app:\/\/bundle\//);
  } finally {
    await world.end();
  }
});
