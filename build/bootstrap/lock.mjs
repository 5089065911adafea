// One at a time: two runners that start together do slow work once, the second waits for the first.
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { cached } from './paths.mjs';

let waiting = 0;

/** Runs work while nobody else of this user holds the same name. */
export async function oneAtATime(name, work) {
  const lock = cached('locks', name);
  const own = `${lock}.${process.pid}.${++waiting}`;
  writeFileSync(own, String(process.pid));
  while (!taken(own, lock)) await sleep(200);
  rmSync(own);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

// A hard link appears together with its content, so a lock without an owner is never seen.
function taken(own, lock) {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!alive(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function alive(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
