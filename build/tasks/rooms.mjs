// The folders of our own code that exist.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';

export const rooms = () =>
  ['shared', 'db', 'electron', 'renderer', 'city', 'tests', 'build'].filter((room) =>
    existsSync(path.join(root, room)),
  );
