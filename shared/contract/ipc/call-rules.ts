/**
 * Who may make which call: one row for every call of the window. `needs` says how well the role must be proven: `reading` also whom the
 * city does not name any more, `graced` also long after the last contact (entering and sending never stop), `current` only with a role
 * paper that has not run out (RELIABILITY 3.4: export, people, corrections of the catalogue, approving, unlocking).
 * Calls before a sign-in are answered by the gate, which asks for the secret instead of the role.
 */
import { mayReadAccess } from '../../domain/access.ts';
import {
  type EventVerb,
  eventVerbs,
  mayAnswerPerson,
  mayDo,
  mayReportLoss,
  type Role,
  roles,
} from '../../domain/verbs.ts';
import type { Method } from './registry.ts';

export interface CallRule {
  readonly roles: readonly Role[];
  readonly needs: 'reading' | 'graced' | 'current';
}
const rule = (needs: CallRule['needs'], may: readonly Role[]): CallRule => ({ needs, roles: may });

/** A technician looks after the machine and sees nobody's data. */
const staff: readonly Role[] = ['clerk', 'head', 'admin', 'officer', 'auditor'];
const desk: readonly Role[] = ['clerk', 'head', 'officer'];
const leads: readonly Role[] = ['head', 'admin'];

const anybody = rule('reading', roles);
const reader = rule('reading', staff);
const entry = rule('graced', desk);
/** Who puts the whole office back in time, or takes its data to another disk, answers for it. */
const keeper = rule('graced', [...leads, 'officer', 'technician']);
/** Who changes the program of the whole office answers for it. */
const installer = rule('graced', [...leads, 'technician']);
const answering = (needs: CallRule['needs']) => rule(needs, roles.filter(mayAnswerPerson));
/** What is a colleague's, for those who answer for the desk. */
const led = rule('graced', leads);
const losses = rule('graced', roles.filter(mayReportLoss));
const logReaders = roles.filter(mayReadAccess);
/** Files and papers that take data out of the encrypted store. */
const exported = rule('current', staff);

const needsOf: Readonly<Record<EventVerb, CallRule['needs']>> = {
  'dossier.receive': 'graced',
  'dossier.correct': 'graced',
  'dossier.annotate': 'graced',
  'dossier.act': 'graced',
  'dossier.resolve': 'graced',
  'dossier.transfer': 'graced',
  'dossier.attach': 'graced',
  'dossier.detach': 'graced',
  'count.record': 'graced',
  'sheet.lock': 'graced',
  'sheet.approve': 'current',
  'sheet.return': 'current',
  'sheet.unlock': 'current',
  'sheet.resolve': 'graced',
  'target.set': 'current',
  'cluster.set': 'current',
  'report.print': 'graced',
  'report.freeze': 'current',
  'catalogue.correct': 'current',
  'day.close': 'graced',
};
const written = Object.fromEntries(
  eventVerbs.map((verb) => [
    verb,
    rule(
      needsOf[verb],
      roles.filter((role) => mayDo(role, verb)),
    ),
  ]),
) as Readonly<Record<EventVerb, CallRule>>;

export const callRules: Readonly<Record<Method, CallRule>> = {
  ...written,
  // the machine
  'session.get': anybody,
  'session.may': anybody,
  'office.communes': anybody,
  'device.enrol': anybody,
  'data.verify': anybody,
  'backup.state': anybody,
  'backup.list': anybody,
  'backup.make': anybody,
  'backup.check': anybody,
  'backup.look': anybody,
  'backup.restore': keeper,
  'backup.read-recovery': anybody,
  'backup.choose-place': keeper,
  'backup.set-place': keeper,
  'backup.forget-place': keeper,
  /** Only a machine that has no data of its own yet. */
  'backup.choose-old': anybody,
  'backup.find-old': anybody,
  'backup.take-old': anybody,
  'file.storage': anybody,
  'file.free': anybody,
  // taking closed dossiers off this machine: whoever answers for the desk
  'retention.state': led,
  'retention.look': led,
  'retention.purge': rule('current', leads),
  'retention.set-auto': rule('current', leads),
  // the answer to a person who asks for his data
  'person.find': answering('graced'),
  'person.open': answering('graced'),
  'person.get': answering('graced'),
  'person.requests': answering('graced'),
  'person.file': answering('current'),
  'person.log': answering('current'),
  'person.print': answering('current'),
  'person.save': answering('current'),
  // a lost machine: what the city answers are figures
  /** What it holds is at the city first, and nothing is deleted; the city's code decides who goes on. */
  'machine.begin-anew': anybody,
  'machine.list': losses,
  'machine.loss': losses,
  'machine.revoke': losses,
  'machine.print': losses,
  'machine.save': losses,
  // the program: everybody may fetch the next one and put it off
  'update.state': anybody,
  'update.check': anybody,
  'update.load': anybody,
  'update.cancel': anybody,
  'update.later': anybody,
  'update.read-outcome': anybody,
  'update.from-stick': installer,
  'update.take': installer,
  'update.install': installer,
  'update.prepare': installer,
  // the access log: not for those whom it is about
  'access.list': rule('reading', logReaders),
  'access.verify': rule('reading', logReaders),
  'access.file': rule('current', logReaders),
  'access.save': rule('current', logReaders),
  // sending
  'sync.state': anybody,
  'sync.run': anybody,
  'sync.cancel': anybody,
  'sync.settings': anybody,
  'sync.road': anybody,
  'sync.set-day-end': rule('graced', [...leads, 'clerk', 'officer', 'technician']),
  // Whoever chooses the authority chooses whom this machine takes for the city.
  'sync.set-ca': rule('graced', [...leads, 'technician']),
  'sync.recovery': anybody,
  'courier.look': anybody,
  'courier.export': anybody,
  'courier.import': anybody,
  'courier.write': anybody,
  'courier.read': anybody,
  'courier.cancel': anybody,
  'sync.items': reader,
  'receipt.list': reader,
  'receipt.get': reader,
  'receipt.save': reader,
  'attention.cards': reader,
  'attention.items': reader,
  'attention.causes': reader,
  'attention.events': reader,
  'conflict.get': reader,
  'proof.get': reader,
  'proof.print': reader,
  'proof.save': reader,
  // dossiers
  'today.get': reader,
  'dossier.index': reader,
  'dossier.rows': reader,
  'dossier.get': reader,
  'dossier.duplicates': reader,
  'filter.list': reader,
  'filter.save': reader,
  'filter.remove': reader,
  'access.about-me': anybody,
  'draft.list': reader,
  'draft.get': reader,
  'draft.others': led,
  'draft.take': led,
  'draft.save': reader,
  'draft.discard': reader,
  'typed.get': reader,
  'typed.save': reader,
  'file.choose': entry,
  'file.keep': entry,
  'file.take': entry,
  'file.read': reader,
  'file.fetch': reader,
  'file.cancel-fetch': reader,
  'file.save': exported,
  'file.log': exported,
  'slip.get': reader,
  'slip.log': reader,
  'slip.print': reader,
  'slip.save': entry,
  'paper.log': reader,
  'register.get': reader,
  'register.save': exported,
  'register.print': exported,
  // figures and reports
  'count.grid': reader,
  'count.dates': reader,
  'count.imports': reader,
  'count.check-import': entry,
  'count.import': entry,
  'count.cancel-import': entry,
  'count.undo-import': entry,
  'count.file': exported,
  'count.save': exported,
  'target.list': reader,
  'target.file': exported,
  'target.save': exported,
  'target.import': written['target.set'],
  'cluster.list': reader,
  'day.figures': reader,
  'report.make': reader,
  'report.source': reader,
  'report.ask': reader,
  'report.printed': reader,
  'report.frozen': reader,
  'report.compare': reader,
  'report.kept': reader,
  'choice.list': reader,
  'choice.save': reader,
  'choice.remove': reader,
  'report.file': exported,
  'report.clipping': exported,
  'report.save': exported,
  'report.copy': exported,
  'report.paper': reader,
  'catalogue.get': anybody,
  'catalogue.history': anybody,
  // people: what is one's own needs no role; a colleague's way in is for those who lead
  'account.state': anybody,
  'account.sign-in': anybody,
  'account.sign-in-by-pin': anybody,
  'account.lock': anybody,
  'account.choose': anybody,
  'account.change': anybody,
  'account.recover': anybody,
  'account.ask-city': anybody,
  'account.write-request': anybody,
  'account.hear-city': anybody,
  'account.read-answer': anybody,
  'account.recover-by-city': anybody,
  'account.new-recovery': anybody,
  'account.set-pin': anybody,
  'account.set-idle': anybody,
  'account.add': rule('current', roles),
  /** Also whoever gives somebody who has a password another one. */
  'account.remove': rule('current', leads),
};
