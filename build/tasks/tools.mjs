// Tasks that get the machine ready and hand over to one script.
import { appBuild } from '../bootstrap/app-build.mjs';
import { readyDesk, runtime } from '../bootstrap/desk.mjs';
import { say } from '../bootstrap/say.mjs';
import { runNode } from '../bootstrap/shell.mjs';
import { needSystem } from '../bootstrap/system-packages.mjs';

export async function demo(args) {
  await readyDesk({ needs: ['pdf'] });
  return runNode(['tests/demo/demo.ts', ...args]);
}

// A bench named first that opens no window is spared the display and the build.
export async function bench(args) {
  const named = args[0] !== undefined && !args[0].startsWith('-') && args[0] !== 'all';
  const asks = args.includes('--help') || args.includes('-h');
  if (!asks && (!named || args[0] === 'screens' || args[0] === 'start')) await readyDesk();
  return runNode(['tests/bench/bench.ts', ...args]);
}

export const verifyReceipt = (args) => runNode(['electron/cli/verify-receipt.ts', ...args]);
export const dbVerify = (args) => runNode(['electron/cli/db-tool.ts', 'verify', ...args]);
export const dbRebuild = (args) => runNode(['electron/cli/db-tool.ts', 'rebuild', ...args]);
export const decrypt = (args) => runNode(['electron/cli/decrypt.ts', ...args]);
export const build = () => appBuild();

export async function setup() {
  await needSystem('window', 'display', 'pdf', 'postgres');
  say(`Ready: Node ${process.versions.node}, Electron at ${await runtime()}.`);
}
