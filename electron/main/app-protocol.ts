/** `app://bundle/`: the built window, from a fixed list of files, with the content security policy on every answer. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';

export const APP_ORIGIN = 'app://bundle';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
// 'unsafe-inline' for styles only: Mantine sets style attributes and its variables at run time.
export const CSP = [
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
  // The one policy stands in renderer/trusted-html.ts.
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

/** Before `ready`. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

type Pictures = (path: string) => Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>;

/** The map path -> file is made once from what the build holds: no request is ever joined into a path. Scans come decrypted from the data process. */
export function serveApp(root: string, pictureAt: Pictures = async () => null): void {
  const files = new Map<string, string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(`/${path.relative(root, file).split(path.sep).join('/')}`, file);
  }
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    if (url.host === 'bundle' && url.pathname.startsWith('/scan/'))
      return picture(await pictureAt(url.pathname).catch(() => null));
    const file = files.get(decodeURIComponent(url.pathname));
    const type = file && TYPES[path.extname(file)];
    if (url.host !== 'bundle' || !file || !type) return new Response('', { status: 404 });
    return new Response(new Uint8Array(await readFile(file)), {
      headers: {
        'content-type': type,
        'content-security-policy': CSP,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      },
    });
  });
}

function picture(found: Awaited<ReturnType<Pictures>>): Response {
  if (!found) return new Response('', { status: 404 });
  return new Response(new Uint8Array(found.bytes), {
    headers: {
      'content-type': found.type,
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
