/** Cài đặt: this machine, the law that it works by, and the copies of its data. */
import { useState } from 'react';
import { t } from '../../text/text.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { useStart } from '../../ui/use-start.ts';
import { BackupPanel } from './backup-panel.tsx';
import { CataloguePanel } from './catalogue-panel.tsx';
import { LostPanel } from './lost-panel.tsx';
import { MachinePanel } from './machine-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { PersonPanel } from './person-panel.tsx';
import { SyncPanel } from './sync-panel.tsx';

const tabs = ['machine', 'catalogue', 'sync', 'people', 'backup', 'person', 'lost'] as const;
type Tab = (typeof tabs)[number];
const panels = {
  machine: MachinePanel,
  catalogue: CataloguePanel,
  sync: SyncPanel,
  backup: BackupPanel,
  people: PeoplePanel,
  person: PersonPanel,
  lost: LostPanel,
} as const;

export function SettingsScreen({ start = 'machine' }: { readonly start?: Tab }) {
  const [tab, setTab] = useState<Tab>(start);
  const Panel = panels[tab];
  useReady(true);
  useStart(true);
  return (
    <>
      <div className="head">
        <h1>{t('room.settings')}</h1>
      </div>
      <Tabs
        label={t('settings.tabs')}
        tabs={tabs.map((name) => ({ name, text: t(`settings.tab.${name}`) }))}
        current={tab}
        onPick={setTab}
      >
        <Panel />
      </Tabs>
    </>
  );
}
