/** What the window may not do: leave its page, open others, reach a network, ask for devices, read the clipboard, download. */
import { app, type Session } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** "Chép sang" writes text to the clipboard. Reading it without a paste of the clerk stays refused. */
const MAY = 'clipboard-sanitized-write';

/**
 * WebRTC knows neither the content security policy nor `webRequest`: it goes where the session's proxy leads, also for
 * loopback, and that is nowhere.
 */
const NOWHERE = {
  mode: 'fixed_servers',
  proxyRules: 'http://nowhere.invalid:1',
  proxyBypassRules: '<-loopback>',
} as const;

/** The window's own pages, and what they make themselves; the tools of a developer, which a packaged program does not have. */
const MAY_LOAD = /^(app|data|blob|devtools):/;

/** `devUrl` is the dev server's address, only in unpackaged runs. */
export function lockSession(session: Session, devUrl: string | null): void {
  const isOurs = (url: string) =>
    url.startsWith(`${APP_ORIGIN}/`) || (devUrl !== null && url.startsWith(devUrl));
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) =>
    answer(permission === MAY && isMainFrame && isOurs(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { isMainFrame }) =>
      permission === MAY && isMainFrame && isOurs(`${origin}/`),
  );
  if (devUrl === null) void session.setProxy(NOWHERE);
  session.on('will-download', (event) => event.preventDefault());
  session.setDevicePermissionHandler(() => false);
  if (devUrl === null)
    session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !MAY_LOAD.test(url) }));
}

export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      // The dev server reloads its own page; nothing else may navigate.
      if (event.url !== contents.getURL()) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
