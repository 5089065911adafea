/** The product's own print page and preview, with fixtures for a source: `#/print/…` is printed, `#/preview/…` is looked at. */
import '../../../renderer/app.css';
import '../../../renderer/ui/ui.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type PrintPlace, printPlace } from '../../../renderer/screens/print/print-place.ts';
import { PrintSlip } from '../../../renderer/screens/print/print-slip.tsx';
import { SlipPreview } from '../../../renderer/screens/print/slip-preview.tsx';
import { useSlipModel } from '../../../renderer/screens/print/use-slip-model.ts';
import type { PaperSize } from '../../../shared/slip/paper-size.ts';
import { source } from './fixtures.ts';

function Preview({ place }: { readonly place: PrintPlace }) {
  const [size, setSize] = useState<PaperSize>(place.size);
  const { data } = useSlipModel(source, place);
  if (!data) return null;
  // As high as the room that the shell gives to a screen.
  return (
    <div style={{ display: 'flex', height: '100vh' }}>
      <SlipPreview model={data} size={size} onSize={setSize} />
    </div>
  );
}

const hash = location.hash.replace('#/preview/', '#/print/');
const place = printPlace(hash);
const root = document.getElementById('root');
if (!place || !root) throw new Error(`no paper at ${location.hash}`);
const shown =
  hash === location.hash ? <PrintSlip place={place} source={source} /> : <Preview place={place} />;
createRoot(root).render(<QueryClientProvider client={new QueryClient()}>{shown}</QueryClientProvider>);
