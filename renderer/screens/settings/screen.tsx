/** Cài đặt: this machine, the law that it works by, the copies of its data, and who looked at them. */
import { useState } from 'react';
import { mayReadAccess } from '../../../shared/domain/access.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../text/text.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { useStart } from '../../ui/use-start.ts';
import { AccessPanel } from './access-panel.tsx';
import { BackupPanel } from './backup-panel.tsx';
import { CataloguePanel } from './catalogue-panel.tsx';
import { LostPanel } from './lost-panel.tsx';
import { MachinePanel } from './machine-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { PersonPanel } from './person-panel.tsx';
import { SyncPanel } from './sync-panel.tsx';

const tabs = ['machine', 'catalogue', 'sync', 'people', 'backup', 'person', 'lost', 'access'] as const;
type Tab = (typeof tabs)[number];
const panels = {
  machine: MachinePanel,
  catalogue: CataloguePanel,
  sync: SyncPanel,
  backup: BackupPanel,
  people: PeoplePanel,
  access: AccessPanel,
  person: PersonPanel,
  lost: LostPanel,
} as const;

export function SettingsScreen({ start = 'machine' }: { readonly start?: Tab }) {
  const [tab, setTab] = useState<Tab>(start);
  const { actor } = useSession();
  const mine = tabs.filter((name) => name !== 'access' || (actor !== null && mayReadAccess(actor.role)));
  const Panel = panels[mine.includes(tab) ? tab : 'machine'];
  useReady(true);
  useStart(true);
  return (
    <>
      <div className="head">
        <h1>{t('room.settings')}</h1>
      </div>
      <Tabs
        label={t('settings.tabs')}
        tabs={mine.map((name) => ({ name, text: t(`settings.tab.${name}`) }))}
        current={mine.includes(tab) ? tab : 'machine'}
        onPick={setTab}
      >
        <Panel />
      </Tabs>
    </>
  );
}
