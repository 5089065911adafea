/** Dossiers in memory, moved by the same two functions as at the desk and the hub: the plan of a step, then its projection. */
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import { specialDays } from '../../shared/catalogue/holidays.ts';
import { type Catalogue, type ChainCode, regimeOn } from '../../shared/catalogue/law.ts';
import type { Action } from '../../shared/domain/action-rules.ts';
import { type ClockRules, dueDates } from '../../shared/domain/deadline.ts';
import {
  type ActBody,
  type Dossier,
  type DossierComponent,
  projectDossier,
  wantedComponents,
} from '../../shared/domain/dossier.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import { type ActRequest, planAct } from '../../shared/domain/plan-act.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import type { LocalTime } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { EMPTY_FORM_RECEIVE, event } from './events.ts';

interface Opening {
  readonly chain?: ChainCode;
  readonly date: string;
  readonly time?: string;
  /** Flags that ask for components. */
  readonly form?: Readonly<Record<string, string>>;
  readonly law?: Catalogue;
}

export function rulesOn({ chain = 'birth', date, law = catalogue }: Opening): ClockRules {
  const rule = must(regimeOn(law, date), `regime on ${date}`).chains[chain];
  return { catalogue: law, chain: rule, receivedOn: date, calendar: specialDays };
}

/** A dossier taken in at that hour with the clocks of its law. */
export function opened(opening: Opening): Dossier {
  const { chain = 'birth', date, time = '09:00', form = {}, law = catalogue } = opening;
  const rules = rulesOn(opening);
  const wanted = wantedComponents(rules.chain, form);
  const due = dueDates(rules, wanted, { date, time });
  const components = rules.chain.components.filter((c) => wanted.has(c.code));
  const body = {
    ...EMPTY_FORM_RECEIVE,
    ...{ chain, regime: must(regimeOn(law, date), date).id, receivedOn: date, receivedTime: time, form },
    due: due.chain,
    components: components.map(({ code, limit }) => {
      const after = limit.kind === 'working_days' ? limit.after : null;
      return { code, due: due.components[code] ?? null, waitsFor: after && wanted.has(after) ? after : null };
    }),
  };
  return must(projectDossier(event({ body }), undefined), 'dossier');
}

export type Said = Omit<Partial<ActRequest>, 'at'> & {
  readonly action: Action;
  readonly on: string;
  readonly time?: string;
  readonly role?: Role;
  readonly law?: Catalogue;
};

/** What every action must carry, so that a test says only what it is about. */
const words = {
  reason: 'Lý do thử',
  items: ['Bổ sung giấy chứng sinh'],
  to: 'Công an phường',
  obstacle: 'khac',
  newDue: '2029-12-31',
} as const;

export function planned(
  dossier: Dossier,
  { on, time = '09:00', role = 'clerk', law, ...said }: Said,
): ActBody {
  const { chain, receivedOn } = dossier;
  const at: LocalTime = { date: on, time };
  const rules = rulesOn({ chain, date: receivedOn, ...(law && { law }) });
  return planAct(
    dossier,
    { ...words, components: dossier.components.map((c) => c.code), ...said, at },
    { role, office: dossier.office, rules },
  );
}

export function projected(dossier: Dossier, body: ActBody): Dossier {
  return must(projectDossier(event({ verb: 'dossier.act', body: bodyOf(body) }), dossier), 'dossier');
}

export function stepped(dossier: Dossier, ...steps: readonly Said[]): Dossier {
  return steps.reduce((before, said) => projected(before, planned(before, said)), dossier);
}

export function part(dossier: Dossier, code: string): DossierComponent {
  return must(
    dossier.components.find((c) => c.code === code),
    code,
  );
}
