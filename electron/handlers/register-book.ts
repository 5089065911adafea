/** Sổ theo dõi hồ sơ: the dossiers that came in from one day to another, as the book lists them. */
import { standingEvents, viewOf } from '../../db/local-view.ts';
import { deliveriesOf } from '../../db/queries/delivery.ts';
import { inboxRead } from '../../db/queries/device.ts';
import { eventsOfSubject } from '../../db/queries/event.ts';
import { registerRows } from '../../db/queries/register.ts';
import { type Catalogue, factOn } from '../../shared/catalogue/law.ts';
import { slipFormOn } from '../../shared/catalogue/slips.ts';
import { peoplesCommittee, unitOn } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { agencyName } from '../../shared/domain/agency.ts';
import { chainState, componentOutcome, type Dossier } from '../../shared/domain/dossier.ts';
import { isCountedAt } from '../../shared/domain/transfer.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import { deliveryWords, stateWords } from '../../shared/slip/case-words.ts';
import type { RegisterRow } from '../../shared/slip/slip-input.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';
import { effectiveCatalogue } from './law.ts';
import { promisedAtReception } from './paper-facts.ts';

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
  // What came from another ward stands in the register of that ward.
  const stored = registerRows(ctx.db, from, to).filter((row) => isCountedAt(office, row));
  const deliveries = deliveriesOf(
    ctx.db,
    'dossier',
    stored.map((r) => r.id),
  );
  const read = inboxRead(ctx.db);
  const rows = stored.flatMap(({ id }) => {
    const events = eventsOfSubject(ctx.db, 'dossier', id);
    const { subject } = viewOf(events, read);
    if (subject?.kind !== 'dossier') return [];
    const dueAt = promisedAtReception(standingEvents(events)) ?? '';
    return [{ ...rowOf(law, subject.state), dueAt, pending: deliveries.get(id)?.state !== 'received' }];
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

function rowOf(law: Catalogue, dossier: Dossier): Omit<RegisterRow, 'pending' | 'dueAt'> {
  const { form, components, receivedOn, receivedTime } = dossier;
  const rule = law.regimes.find((r) => r.id === dossier.regime)?.chains[dossier.chain];
  return {
    code: { official: form['code.official'] ?? '', temporary: dossier.code },
    procedure: rule?.name ?? dossier.regime,
    sets: 1,
    name: form['requester.fullName'] ?? '',
    address: form['requester.residence'] ?? '',
    phone: form['requester.phone'] ?? '',
    agency: agencyName(law, dossier, { code: components[0]?.code ?? '', on: receivedOn }),
    receivedAt: `${receivedOn}T${receivedTime}`,
    resultAt: givenAt(dossier),
    delivery: deliveryWords(form['result.way'] ?? '', ''),
    note: stateWords[chainState(components)],
  };
}

/** When the last result was handed over; '' while a component is open or its result still lies at the counter. */
function givenAt({ components, steps }: Dossier): string {
  if (components.some((c) => c.state === 'done' || componentOutcome(c.state) === 'under_way')) return '';
  const given = components.filter((c) => c.state === 'given').map((c) => c.code);
  return (
    steps
      .filter((s) => s.action === 'give_result' && s.components.some((code) => given.includes(code)))
      .map((s) => `${s.on}T${s.time}`)
      .sort()
      .at(-1) ?? ''
  );
}
