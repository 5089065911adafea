// Which room may import which (docs/CONVENTIONS.md), and no import cycles. Every rule is an error.
const packages = (...names) => `^node_modules/(${names.join('|')})/`;
const rooms = (...names) => `^(${names.join('|')})/`;
const never = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to });

const shared = [
  never('shared-is-the-bottom', '^shared/', { path: rooms('db', 'electron', 'renderer', 'city') }),
  never('shared-needs-no-node', '^shared/', { dependencyTypes: ['core'] }),
  never('shared-few-packages', '^shared/', {
    path: '^node_modules/',
    pathNot: packages('zod', 'canonicalize'),
  }),
  never('lib-is-below-all', '^shared/lib/', { path: '^shared/', pathNot: '^shared/lib/' }),
  never('problem-is-above-lib-only', '^shared/problem(-fields|-city|-account|-update)?\\.ts$', {
    path: '^shared/',
    pathNot: '^shared/(lib/|problem-(fields|city|account|update)\\.ts$)',
  }),
  never('rules-know-no-wire', '^shared/(domain|catalogue)/', { path: '^shared/contract/' }),
];

const desk = [
  never('db-knows-shared-only', '^db/', { path: rooms('electron', 'renderer', 'city') }),
  never('electron-only-in-main-and-preload', '.', { path: packages('electron') }),
  never('handlers-are-plain', '^electron/handlers/', {
    path: ['^electron/(?!handlers/|files/|context\\.ts$)', rooms('renderer', 'city')],
  }),
  never('files-know-shared-only', '^electron/files/', {
    path: ['^electron/(?!files/)', rooms('db', 'renderer', 'city')],
  }),
  never('sync-is-plain', '^electron/sync/', {
    path: ['^electron/(?!sync/|context\\.ts$)', rooms('renderer', 'city')],
  }),
  never('context-is-plain', '^electron/context\\.ts$', {
    path: ['^electron/', rooms('renderer', 'city')],
  }),
  never('dispatch-knows-handlers', '^electron/dispatch\\.ts$', {
    path: ['^electron/(?!handlers/|context\\.ts$)', rooms('renderer', 'city')],
  }),
  never('data-has-no-window', '^electron/data/', {
    path: ['^electron/(main|preload)/', rooms('renderer', 'city')],
  }),
  never('main-has-no-data', '^electron/main/', {
    path: [
      '^electron/(data|handlers|sync|preload)/',
      '^electron/dispatch\\.ts$',
      rooms('db', 'renderer', 'city'),
    ],
  }),
  never('preload-only-bridges', '^electron/preload/', {
    path: '.',
    pathNot: ['^electron/preload/', '^shared/', packages('electron')],
  }),
  never('update-is-plain', '^electron/update/', {
    path: [
      '^electron/(main|preload|data|handlers|sync)/',
      '^electron/dispatch\\.ts$',
      rooms('renderer', 'city'),
    ],
  }),
  never('cli-is-no-window', '^electron/cli/', {
    path: ['^electron/(main|preload)/', rooms('renderer', 'city')],
  }),
];
desk[1].from = { pathNot: ['^electron/(main|preload)/', rooms('tests', 'build'), '^node_modules/'] };

const screens = [
  never('renderer-knows-shared-only', '^renderer/', { path: rooms('electron', 'db', 'city') }),
  never('renderer-has-no-node', '^renderer/', { dependencyTypes: ['core'] }),
  never('renderer-packages', '^renderer/', {
    path: '^node_modules/',
    pathNot: packages(
      'react',
      'react-dom',
      '@mantine/.+',
      '@tanstack/.+',
      '@fontsource/.+',
      'zustand',
      'zod',
      'qr',
      'echarts',
    ),
  }),
  never('screens-stand-alone', '^renderer/screens/([^/]+)/', {
    path: '^renderer/screens/',
    pathNot: '^renderer/screens/$1/',
  }),
  never('ui-has-no-data', '^renderer/ui/', { path: '^renderer/(data|state|screens|ipc\\.ts)' }),
];

const everywhere = [
  never('no-cycle', '.', { circular: true }),
  never('imports-resolve', '.', { couldNotResolve: true }),
  never('city-knows-shared-only', '^city/', { path: rooms('db', 'electron', 'renderer') }),
  never('nobody-imports-tests', rooms('shared', 'db', 'electron', 'renderer', 'city'), {
    path: rooms('tests', 'build'),
  }),
];

module.exports = {
  forbidden: [...shared, ...desk, ...screens, ...everywhere],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^shared/catalogue/(data|source)/', '\\?', '^build/runtime/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json', '.css'],
    },
  },
};
