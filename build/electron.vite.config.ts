// Bundles the desk app: main and data process (ES modules), preload (CommonJS, the sandbox needs it), renderer.
// Targets are fixed to Electron 33, the oldest that must run it; only the native SQLite module stays outside.
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = path.resolve(import.meta.dirname, '..');
const at = (file: string) => path.join(root, file);

export default defineConfig({
  main: {
    root,
    build: {
      outDir: at('out/main'),
      target: 'node20.18',
      minify: 'oxc',
      sourcemap: true,
      externalizeDeps: { include: ['better-sqlite3'] },
      rolldownOptions: {
        input: {
          main: at('electron/main/main.ts'),
          'data-process': at('electron/data/data-process.ts'),
          'table-worker': at('electron/files/table-worker.ts'),
          'backup-worker': at('electron/data/backup-worker.ts'),
        },
      },
    },
  },
  preload: {
    root,
    build: {
      outDir: at('out/preload'),
      target: 'node20.18',
      rolldownOptions: {
        input: { preload: at('electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: 'chrome130',
      minify: 'oxc',
      sourcemap: 'hidden',
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
});
