// Unit and integration tests; the folder is chosen on the command line. Forks, because SQLite is a native module.
import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    include: ['tests/{unit,integration,model}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // Against hanging only: nothing here says how fast a test has to be.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
