/** What the window may not do: leave its page, open others, reach a network, ask for devices, download. */
import { app, type Session } from 'electron';

/** `devUrl` is the dev server's address, only in unpackaged runs. */
export function lockSession(session: Session, devUrl: string | null): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  if (devUrl === null)
    session.webRequest.onBeforeRequest(
      { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*'] },
      (_details, answer) => answer({ cancel: true }),
    );
}

export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      // The dev server reloads its own page; nothing else may navigate.
      if (event.url !== contents.getURL()) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
