/** Hồ sơ: the list, one dossier, taking in, correcting. */
import './dossiers.css';
import './intake/intake.css';
import type { Place } from '../../state/place.ts';
import { Detail } from './detail/detail.tsx';
import { CorrectForm, ReceiveForm } from './intake/form-doors.tsx';
import { List } from './list/list.tsx';

type DossierPlace = Exclude<Extract<Place, { room: 'dossiers' }>, { view: 'slip' | 'register' }>;

export function DossiersScreen({ place }: { readonly place: DossierPlace }) {
  switch (place.view) {
    case 'list':
      return <List />;
    case 'detail':
      return <Detail key={place.id} place={place} />;
    case 'form':
      return (
        <ReceiveForm
          key={place.draftId}
          draftId={place.draftId}
          chain={place.chain}
          fresh={place.fresh}
          newborn={place.newbornOf}
        />
      );
    case 'correct':
      return <CorrectForm key={place.id} id={place.id} field={place.field} />;
  }
}
