/** A password from outside the window: standard input of a run without one, or of the tests. Never the command line: others can read that. */
import { readFileSync } from 'node:fs';
import { app } from 'electron';
import type { DataProcessOptions } from '../data-messages.ts';

/** `--password-stdin [--as NAME]`, or SMC_SIGN_IN, which a packaged program refuses. */
export function givenPassword(argv: readonly string[]): DataProcessOptions['given'] {
  const at = argv.indexOf('--as');
  const name = at === -1 ? null : (argv[at + 1] ?? null);
  if (argv.includes('--password-stdin')) {
    const [password = ''] = readFileSync(0, 'utf8').split(/\r?\n/);
    return { password, name };
  }
  const fromTest = app.isPackaged ? undefined : process.env.SMC_SIGN_IN;
  return fromTest === undefined ? null : { password: fromTest, name };
}
