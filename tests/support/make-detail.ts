/** The page of an invented dossier as the data process would answer it, out of its events' bodies. */
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import { specialDays } from '../../shared/catalogue/holidays.ts';
import { type ChainCode, regimeOn } from '../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../shared/contract/ipc/dossier.ts';
import { dueDates } from '../../shared/domain/deadline.ts';
import { type ActBody, chainOutcome, type Dossier, projectDossier } from '../../shared/domain/dossier.ts';
import type { Event } from '../../shared/domain/event.ts';
import { type ActRequest, planAct } from '../../shared/domain/plan-act.ts';
import { must } from '../../shared/lib/must.ts';

const ID = '0198b0c4-0000-7000-8000-000000000001';

function event(verb: Event['verb'], body: unknown): Event {
  return {
    ...{ v: 1, id: ID, stream: ID, seq: 1, prev: null, verb, base: 0, at: '2026-11-16T02:00:00.000Z' },
    ...{ subject: { kind: 'dossier', id: ID }, office: '26743', device: ID, body },
    actor: { id: ID, name: 'Lê Thị Hạnh', role: 'clerk' },
  } as unknown as Event;
}

export interface Life {
  readonly chain?: ChainCode;
  readonly received?: { readonly date: string; readonly time: string };
  readonly form?: Readonly<Record<string, string>>;
  readonly steps?: readonly ActRequest[];
}

export const clockRules = (chain: ChainCode, receivedOn: string) => ({
  catalogue,
  chain: must(regimeOn(catalogue, receivedOn), 'regime').chains[chain],
  receivedOn,
  calendar: specialDays,
});

export function makeDetail({
  chain = 'birth',
  received = { date: '2026-11-16', time: '09:00' },
  form = {},
  steps = [],
}: Life = {}): DossierDetail {
  const rules = clockRules(chain, received.date);
  const regime = must(regimeOn(catalogue, received.date), 'regime');
  const wanted = rules.chain.components.filter((c) => c.onRequest === null || form[c.onRequest] === '1');
  const due = dueDates(rules, new Set(wanted.map((c) => c.code)), received);
  const body = {
    ...{
      code: 'T-1-261116-001',
      chain,
      regime: regime.id,
      channel: 'truc_tiep',
      commune: '26743@2025-07-01',
    },
    ...{ receivedOn: received.date, receivedTime: received.time, due: due.chain, form, synthetic: true },
    components: wanted.map(({ code, limit }) => ({
      code,
      due: due.components[code] ?? null,
      waitsFor: limit.kind === 'working_days' ? limit.after : null,
    })),
  };
  const acted = steps.reduce<Dossier>(
    (state, request) => {
      const step: ActBody = planAct(state, request, { role: 'clerk', office: '26743', rules });
      return must(projectDossier(event('dossier.act', step), state), 'dossier');
    },
    must(projectDossier(event('dossier.receive', body), undefined), 'dossier'),
  );
  return {
    ...acted,
    ...{
      chainName: rules.chain.name,
      procedureCode: null,
      regimeName: regime.name,
      officeName: 'Phường Bến Thành',
    },
    commune: { key: acted.commune, code: '26743', name: 'Phường Bến Thành' },
    outcome: chainOutcome(acted.components),
    components: acted.components.map((c) => {
      const rule = must(
        wanted.find((w) => w.code === c.code),
        'component',
      );
      return {
        ...c,
        name: rule.name,
        short: rule.short,
        agency: `Cơ quan ${c.code}`,
        result: rule.result,
        dueVerified: true,
      };
    }),
    steps: [...acted.steps],
    form: { ...acted.form },
    files: [],
    ...{ linked: null, holder: null, transfers: [], handled: true },
    delivery: { state: 'waiting', receipt: null, at: null, code: null, field: null },
    history: [],
    prints: [],
  };
}
