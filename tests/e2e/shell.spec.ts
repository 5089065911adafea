/** The shell around the window, item by item as the running app has it (the list in docs/security.md). */
import type { ElectronApplication, Page } from '@playwright/test';
import { COMMUNE, form } from '../support/forms.ts';
import { expect, test } from './fixture.ts';

test.use({ worldName: 'shell' });

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default inert',
].join('; ');

/** Electron has it, its types do not. */
interface HasPreferences {
  getLastWebPreferences(): Electron.WebPreferences | null;
}

/** What the app's own session answers for an address. */
const fetched = (app: ElectronApplication, url: string) =>
  app.evaluate(async ({ session }, asked) => {
    const reply = await session.defaultSession.fetch(asked).catch(() => null);
    return reply && { status: reply.status, headers: Object.fromEntries(reply.headers) };
  }, url);

test('every file of the window is served with the whole policy, and nothing beside the list is served', async ({
  page,
  world: { desk, hub },
}) => {
  const files = await page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script[src], link[rel=stylesheet]'),
    ].map((element) => ('src' in element ? element.src : element.href)),
  );
  expect(files.length).toBeGreaterThan(1);
  for (const url of ['app://bundle/index.html', ...files])
    expect((await fetched(desk.app, url))?.headers, url).toMatchObject({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    });
  for (const url of [
    ...[
      'app://bundle/',
      'app://bundle/../package.json',
      'app://bundle/%2e%2e/package.json',
      'app://other/index.html',
    ],
    ...[
      'app://bundle/assets/',
      'app://bundle//index.html',
      'app://bundle/INDEX.HTML',
      'app://bundle/scan/x/y',
    ],
    ...files.map((file) => `${file}.map`),
  ])
    expect((await fetched(desk.app, url))?.status ?? 404, url).toBe(404);
  for (const url of [`${hub.url}/health`, 'https://example.com/', 'ftp://example.com/'])
    expect(await fetched(desk.app, url), url).toBe(null);
});

test('windows, also the hidden ones that print, are sandboxed and apart from Node', async ({ world }) => {
  const { desk } = world;
  await desk.app.evaluate(({ app, dialog }) => {
    const seen: unknown[] = [];
    Object.assign(globalThis, { seen });
    app.on('web-contents-created', (_event, contents) =>
      // Not yet told while it is being made.
      contents.once('did-start-loading', () =>
        seen.push((contents as unknown as HasPreferences).getLastWebPreferences()),
      ),
    );
    Object.assign(dialog, { showSaveDialog: async () => ({ canceled: true, filePath: '' }) });
  });
  const { id } = await desk.call('dossier.receive', {
    ...{ id: crypto.randomUUID(), chain: 'birth', channel: 'truc_tiep', commune: COMMUNE, received: null },
    ...{ atOnce: null, values: form('birth', 1, {}) },
  });
  await desk.call('slip.save', { id, kind: 'receipt', size: 'A4', guard: { way: 'password' } });
  const preferences = await desk.app.evaluate(({ BrowserWindow }) => [
    ...BrowserWindow.getAllWindows().map(({ webContents }) =>
      (webContents as unknown as HasPreferences).getLastWebPreferences(),
    ),
    ...(globalThis as unknown as { seen: Electron.WebPreferences[] }).seen,
  ]);
  expect(preferences).toHaveLength(2);
  for (const one of preferences)
    expect(one).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true },
      ...{ webviewTag: false, nodeIntegrationInSubFrames: false },
    });
});

test('the page has the door and nothing else of the program', async ({ page }) => {
  const there = await page.evaluate(() => {
    const names = [
      'require',
      'process',
      'module',
      'global',
      'Buffer',
      'electron',
      '__dirname',
      'ipcRenderer',
    ];
    const { desk } = globalThis as unknown as { desk: object };
    return { names: names.filter((name) => name in globalThis), door: Object.keys(desk).sort() };
  });
  expect(there).toEqual({ names: [], door: ['invoke', 'subscribe'] });
});

test('permissions, devices, downloads, other windows and other pages are refused by the shell itself', async ({
  page,
  world: { desk },
}) => {
  const told = await desk.app.evaluate(async ({ BrowserWindow, session, shell }) => {
    const counts = { opened: 0, downloaded: 0 };
    const count = async () => {
      counts.opened += 1;
      return '';
    };
    Object.assign(shell, { openExternal: count, openPath: count });
    session.defaultSession.on('will-download', (_event, item) => {
      item.once('done', (_done, state) => {
        if (state === 'completed') counts.downloaded += 1;
      });
    });
    Object.assign(globalThis, { counts });
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.downloadURL('app://bundle/index.html');
    return window?.webContents.getURL();
  });
  const names = [
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'midi',
    'clipboard-read',
    'persistent-storage',
  ];
  const states = await page.evaluate(
    (all) =>
      Promise.all(
        all.map((name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(
            ({ state }) => state,
            () => 'denied',
          ),
        ),
      ),
    names,
  );
  expect([...new Set(states)]).toEqual(['denied']);
  await page.evaluate(() => {
    window.open('app://bundle/index.html');
    window.open('mailto:a@example.com');
    for (const href of [
      'mailto:a@example.com',
      'tel:113',
      'smc:x',
      'https://example.com/',
      'file:///etc/passwd',
    ]) {
      const link = document.createElement('a');
      Object.assign(link, { href, target: '_blank' });
      document.body.append(link);
      link.click();
      Object.assign(link, { target: '' });
      link.click();
      link.remove();
    }
    const saved = document.createElement('a');
    Object.assign(saved, { href: URL.createObjectURL(new Blob(['x'])), download: 'x.txt' });
    saved.click();
  });
  await page.waitForTimeout(1_000);
  const after = await desk.app.evaluate(({ BrowserWindow }) => ({
    ...(globalThis as unknown as { counts: Record<string, number> }).counts,
    urls: BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  }));
  expect(after).toEqual({ opened: 0, downloaded: 0, urls: [told] });
  desk.stopped();
  await page.reload();
  await page.locator('body[data-ready="1"]').waitFor();
});

/** Writes texts where a page takes markup or script; what was made of them. */
const tryMarkup = (page: Page) =>
  page.evaluate(() => {
    const markup = '<img src=x onerror="globalThis.pwned=1">';
    const ways: Record<string, () => void> = {
      innerHTML: () => {
        document.createElement('div').innerHTML = markup;
      },
      outerHTML: () => {
        const inner = document.createElement('div');
        document.createElement('div').append(inner);
        inner.outerHTML = markup;
      },
      insertAdjacentHTML: () => document.createElement('div').insertAdjacentHTML('beforeend', markup),
      'document.write': () => document.write(markup),
      DOMParser: () => void new DOMParser().parseFromString(markup, 'text/html'),
      range: () => void document.createRange().createContextualFragment(markup),
      srcdoc: () => {
        document.createElement('iframe').srcdoc = markup;
      },
      'script text': () => {
        document.createElement('script').text = 'globalThis.pwned=1';
      },
      'script src': () => {
        document.createElement('script').src = 'data:text/javascript,globalThis.pwned=1';
      },
      timer: () => void setTimeout('globalThis.pwned=1' as unknown as () => void, 0),
      handler: () => document.createElement('div').setAttribute('onclick', 'globalThis.pwned=1'),
      'a second policy': () => {
        type Types = { createPolicy(name: string, rules: object): unknown };
        const { trustedTypes } = globalThis as unknown as { trustedTypes: Types };
        trustedTypes.createPolicy('mine', { createHTML: (text: string) => text });
      },
      'the other policy again': () => {
        type Types = { createPolicy(name: string, rules: object): unknown };
        const { trustedTypes } = globalThis as unknown as { trustedTypes: Types };
        trustedTypes.createPolicy('inert', { createHTML: (text: string) => text });
      },
      'the policy again': () => {
        type Types = { createPolicy(name: string, rules: object): unknown };
        const { trustedTypes } = globalThis as unknown as { trustedTypes: Types };
        trustedTypes.createPolicy('default', { createHTML: (text: string) => text });
      },
    };
    return Object.entries(ways)
      .filter(([, way]) => {
        try {
          way();
          return true;
        } catch {
          return false;
        }
      })
      .map(([name]) => name);
  });

test('texts become markup and script nowhere', async ({ page, world }) => {
  expect(await tryMarkup(page)).toEqual([]);
  // Playwright's own calls may make functions out of text; what runs after them may not.
  const made = await page.evaluate(
    () =>
      new Promise((done) =>
        setTimeout(() => {
          try {
            new Function('globalThis.pwned=1')();
            done('made');
          } catch (error) {
            done((error as Error).name);
          }
        }, 0),
      ),
  );
  expect(made).toBe('EvalError');
  expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
  await page.waitForTimeout(500);
  expect(world.desk.stopped().length).toBeGreaterThan(5);
});
