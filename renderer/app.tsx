/** The window: theme, cache, and either the shell, the first run, or a page to print. */
import './trusted-html.ts';
import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/latin-600.css';
import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-600.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app.css';
import './ui/notice.css';
import './ui/ui.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '../shared/lib/must.ts';
import { followAnnouncements, queryClient } from './data/client.ts';
import { useSessionQuery } from './data/session.ts';
import { slipSource } from './data/slip.ts';
import { asProblem } from './ipc.ts';
import { RoomView } from './routes.tsx';
import { FirstRun } from './screens/first-run/first-run.tsx';
import { printPlace } from './screens/print/print-place.ts';
import { PrintSlip } from './screens/print/print-slip.tsx';
import { printReportPlace } from './screens/reports/print-report-place.ts';
import { Shell } from './screens/shell/shell.tsx';
import { Gate } from './screens/sign-in/gate.tsx';
import { usePlace } from './state/place.ts';
import { t } from './text/text.ts';
import { cssVariables, theme } from './theme.ts';
import { Button } from './ui/button.tsx';
import { ProblemNote } from './ui/problem-note.tsx';

/** Charts come in a chunk of their own: the window of a clerk who takes in dossiers does not wait for them. */
const PrintReport = lazy(async () => ({
  default: (await import('./screens/reports/print-report.tsx')).PrintReport,
}));

function Window() {
  const session = useSessionQuery();
  const place = usePlace((s) => s.place);
  useEffect(() => {
    if (session.isError || session.data?.enrolled === false) document.body.dataset.ready = '1';
  }, [session.isError, session.data]);

  if (session.data)
    return session.data.enrolled ? (
      <Shell>
        <RoomView place={place} />
      </Shell>
    ) : (
      <FirstRun />
    );
  if (!session.error) return <p className="empty">{t('app.loading')}</p>;
  return (
    <main className="stack" style={{ padding: 24 }}>
      <h1>{t('app.name')}</h1>
      <ProblemNote problem={asProblem(session.error, 'session.get')}>
        <Button look="tiny" onClick={() => void session.refetch()}>
          {t('action.retry')}
        </Button>
      </ProblemNote>
    </main>
  );
}

function Guarded() {
  useEffect(followAnnouncements, []);
  return (
    <Gate>
      <Window />
    </Gate>
  );
}

function App() {
  const report = printReportPlace(location.hash);
  const paper = printPlace(location.hash);
  const print = report !== null || paper !== null;
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme={print ? 'light' : 'auto'}
      {...(print && { forceColorScheme: 'light' })}
      cssVariablesResolver={cssVariables}
    >
      <QueryClientProvider client={queryClient}>
        {report && (
          <Suspense>
            <PrintReport source={report} />
          </Suspense>
        )}
        {paper && <PrintSlip place={paper} source={slipSource} />}
        {!print && <Guarded />}
        <Notifications className="notices" position="bottom-left" limit={1} autoClose={6000} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

createRoot(must(document.getElementById('root'), 'root element')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
