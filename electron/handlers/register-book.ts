/** Sổ theo dõi hồ sơ: the dossiers that came in from one day to another, as the book lists them. */
import { localView } from '../../db/local-view.ts';
import { deliveriesOf } from '../../db/queries/delivery.ts';
import { registerRows } from '../../db/queries/register.ts';
import { type Catalogue, factOn } from '../../shared/catalogue/law.ts';
import { slipFormOn } from '../../shared/catalogue/slips.ts';
import { peoplesCommittee, unitOn } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { agencyName } from '../../shared/domain/agency.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { chainState } from '../../shared/domain/dossier.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import { deliveryWords, stateWords } from '../../shared/slip/case-words.ts';
import type { RegisterRow } from '../../shared/slip/slip-input.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';
import { effectiveCatalogue } from './law.ts';

export function getRegister(
  ctx: Pick<ReadCtx, 'db' | 'desk' | 'identity'>,
  { from, to }: Input<'register.get'>,
): Output<'register.get'> {
  if (to < from) fail('WINDOW_REVERSED');
  const { office, account } = requireIdentity(ctx.identity);
  const now = ctx.desk.clock.now();
  const issuedOn = localTime(now).date;
  const law = effectiveCatalogue({ db: ctx.db, office, now });
  const unit = unitOn(office, to) ?? unitOn(office, issuedOn);
  const form = slipFormOn('register', to) ?? fail('SLIP_NOT_THERE');
  const stored = registerRows(ctx.db, from, to);
  const deliveries = deliveriesOf(
    ctx.db,
    'dossier',
    stored.map((r) => r.id),
  );
  const rows = stored.flatMap(({ id }) => {
    const { subject } = localView(ctx.db, 'dossier', id);
    if (subject?.kind !== 'dossier') return [];
    return [{ ...rowOf(law, subject.state), pending: deliveries.get(id)?.state !== 'received' }];
  });
  return {
    numbering: form.numbering,
    input: {
      office: {
        agency: unit ? peoplesCommittee(unit) : '',
        desk: factOn(law, 'agency.reception', to)?.value ?? '',
        phone: '',
      },
      place: unit?.name ?? '',
      issuedOn,
      book: '',
      from,
      to,
      keeper: account.name,
      rows,
      sample: stored.some((r) => r.synthetic),
    },
  };
}

function rowOf(law: Catalogue, dossier: Dossier): Omit<RegisterRow, 'pending'> {
  const { form, components, steps, receivedOn, receivedTime } = dossier;
  const rule = law.regimes.find((r) => r.id === dossier.regime)?.chains[dossier.chain];
  const given = steps.findLast((s) => s.action === 'give_result');
  return {
    code: { official: form['code.official'] ?? '', temporary: dossier.code },
    procedure: rule?.name ?? dossier.regime,
    sets: 1,
    name: form['requester.fullName'] ?? '',
    address: form['requester.residence'] ?? '',
    phone: form['requester.phone'] ?? '',
    agency: agencyName(law, dossier, { code: components[0]?.code ?? '', on: receivedOn }),
    receivedAt: `${receivedOn}T${receivedTime}`,
    dueAt: dossier.due ?? '',
    resultAt: given ? `${given.on}T${given.time}` : '',
    delivery: deliveryWords(form['result.way'] ?? '', ''),
    note: stateWords[chainState(components)],
  };
}
