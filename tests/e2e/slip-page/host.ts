/** A window that shows the slip page under the product's own protocol and content policy, and nothing else. */
import path from 'node:path';
import { app, BrowserWindow } from 'electron';
import { registerAppScheme, serveApp } from '../../../electron/main/app-protocol.ts';

registerAppScheme();
// The same pixels on every machine: no graphics card, no coloured edges, no hinting of glyphs.
app.disableHardwareAcceleration();
app.commandLine.appendSwitch('disable-lcd-text');
app.commandLine.appendSwitch('font-render-hinting', 'none');
void app.whenReady().then(() => {
  serveApp(path.join(import.meta.dirname, 'page'));
  const window = new BrowserWindow({ width: 1366, height: 900, webPreferences: { sandbox: true } });
  return window.loadURL('about:blank');
});
