// What the runner prints, and the failure that needs no stack trace.

/** A failure that the reader can act on: only its message is printed. */
export class Failure extends Error {}

export const say = (line) => process.stdout.write(`${line}\n`);

/** Runs slow work and says what it was and how long it took. */
export async function timed(what, work) {
  say(`… ${what}`);
  const started = Date.now();
  const result = await work();
  say(`✓ ${what}, ${seconds(started)} s`);
  return result;
}

export const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);
