/**
 * One table of every call and every role, written out here a second time and walked on a real desk: whoever changes a rule meets this file.
 * What is refused because of the role is refused before the input is looked at, so each call is made with an input that nothing accepts.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ipc, type Method } from '../../../shared/contract/ipc/registry.ts';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { cityNames, sitDown } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const refusedTo: Readonly<Record<Role, string>> = {
  clerk: `
    access.file access.list access.save access.verify
    account.remove backup.choose-place backup.forget-place backup.restore backup.set-place catalogue.correct
    cluster.set sheet.approve sheet.return sheet.unlock sync.set-ca target.import target.set
    machine.list machine.loss machine.print machine.revoke machine.save
    update.from-stick update.install update.prepare update.take
    person.file person.find person.get person.log person.open person.print person.requests person.save draft.others draft.take
    retention.look retention.purge retention.set-auto retention.state`,
  head: `
    `,
  admin: `
    count.cancel-import count.check-import count.import count.record count.undo-import day.close dossier.act
    dossier.annotate dossier.attach dossier.correct dossier.detach dossier.receive dossier.resolve
    dossier.transfer file.choose file.keep file.take report.freeze report.print sheet.approve sheet.lock
    sheet.resolve sheet.return sheet.unlock slip.save`,
  officer: `
    access.file access.list access.save access.verify
    account.remove catalogue.correct sync.set-ca
    update.from-stick update.install update.prepare update.take
    person.file person.find person.get person.log person.open person.print person.requests person.save draft.others draft.take
    retention.look retention.purge retention.set-auto retention.state`,
  auditor: `
    account.remove backup.choose-place backup.forget-place backup.restore backup.set-place catalogue.correct
    cluster.set count.cancel-import count.check-import count.import count.record count.undo-import day.close
    dossier.act dossier.annotate dossier.attach dossier.correct dossier.detach dossier.receive dossier.resolve
    dossier.transfer file.choose file.keep file.take report.freeze report.print sheet.approve sheet.lock
    sheet.resolve sheet.return sheet.unlock slip.save sync.set-ca sync.set-day-end target.import target.set
    machine.list machine.loss machine.print machine.revoke machine.save
    update.from-stick update.install update.prepare update.take
    person.file person.find person.get person.log person.open person.print person.requests person.save draft.others draft.take
    retention.look retention.purge retention.set-auto retention.state`,
  technician: `
    access.file access.list access.save access.verify
    account.remove attention.cards attention.causes attention.events attention.items catalogue.correct
    choice.list choice.remove choice.save cluster.list cluster.set conflict.get count.cancel-import
    count.check-import count.dates count.file count.grid count.import count.imports count.record count.save
    count.undo-import day.close day.figures dossier.act dossier.annotate dossier.attach dossier.correct
    dossier.detach dossier.duplicates dossier.get dossier.index dossier.receive dossier.resolve dossier.rows
    dossier.transfer draft.discard draft.get draft.list draft.save file.cancel-fetch file.choose file.fetch
    file.keep file.log file.read file.save file.take filter.list filter.remove filter.save proof.get proof.print
    proof.save receipt.get receipt.list receipt.save register.get register.print register.save report.ask
    report.clipping report.compare report.copy report.file report.freeze report.frozen report.kept report.make
    report.paper report.print report.printed report.save report.source sheet.approve sheet.lock sheet.resolve
    sheet.return sheet.unlock slip.get slip.log slip.print slip.save sync.items target.file target.import
    target.list target.save target.set today.get typed.get typed.save paper.log
    machine.list machine.loss machine.print machine.revoke machine.save
    person.file person.find person.get person.log person.open person.print person.requests person.save draft.others draft.take
    retention.look retention.purge retention.set-auto retention.state`,
};
const graced = `
    draft.others draft.take retention.look retention.state
    person.find person.get person.open person.requests
    backup.choose-place backup.forget-place backup.restore backup.set-place count.cancel-import
    count.check-import count.import count.record count.undo-import day.close dossier.act dossier.annotate
    dossier.attach dossier.correct dossier.detach dossier.receive dossier.resolve dossier.transfer file.choose
    file.keep file.take report.print sheet.lock sheet.resolve slip.save sync.set-ca sync.set-day-end
    machine.list machine.loss machine.print machine.revoke machine.save
    update.from-stick update.install update.prepare update.take`;
const current = `
    person.file person.log person.print person.save retention.purge retention.set-auto
    access.file access.save
    account.add account.remove catalogue.correct cluster.set count.file count.save file.log file.save
    register.print register.save report.clipping report.copy report.file report.freeze report.save sheet.approve
    sheet.return sheet.unlock target.file target.import target.save target.set`;

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
const calls = Object.keys(ipc) as Method[];
const nothing = { '~': 1 };
const who = (role: Role) => ({ id: `person-${role}`, role });
const NOT_LED = ['FORBIDDEN', 'ACCOUNT_UNKNOWN', 'ROLE_UNPROVEN', 'ROLE_EXPIRED'];

let desk: TestDesk;
beforeAll(() => {
  desk = openTestDesk();
});
afterAll(() => dropTestDesk(desk));
/** The codes of all calls that were refused because of who asks. Calls of the window's own process and of the gate are asked for by name. */
async function refusals(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const call of calls) {
    const direct = !['shell', 'gate'].includes(ipc[call].kind);
    const code = direct ? await desk.refusal(call, nothing) : await desk.refusal('session.may', { call });
    if (NOT_LED.includes(code)) found[call] = code;
  }
  return found;
}
const all = (names: readonly string[], code: string) => Object.fromEntries(names.map((name) => [name, code]));
const needy = [...words(graced), ...words(current)];

describe.each(roles)('%s', (role) => {
  const forbidden = all(words(refusedTo[role]), 'FORBIDDEN');

  test('with a role that the city signed', async () => {
    sitDown(desk.desk, who(role));
    expect(await refusals()).toEqual(forbidden);
  });
  test('after ninety days without a contact: entering and sending go on, the rest waits', async () => {
    sitDown(desk.desk, who(role), { until: '2026-11-20T02:29:59.000Z' });
    expect(await refusals()).toEqual({ ...all(words(current), 'ROLE_EXPIRED'), ...forbidden });
  });
  test.each([
    ['no paper', 'UPDATE desk_account SET paper = NULL'],
    ['a paper of another key', "UPDATE desk_account SET paper = replace(paper, '.', '.A')"],
    ['the paper of a colleague', 'UPDATE desk_account SET paper = (SELECT paper FROM desk_account LIMIT 1)'],
  ])('with %s: reading and sending alone', async (_, sql) => {
    sitDown(desk.desk, who(role));
    desk.desk.db.$client.prepare(`${sql} WHERE id = ?`).run(who(role).id);
    expect(await refusals()).toEqual({ ...forbidden, ...all(needy, 'ROLE_UNPROVEN') });
  });
  test('whom the city does not name any more: reading and sending alone', async () => {
    sitDown(desk.desk, who(role));
    cityNames(desk.desk, [{ id: 'somebody', name: 'Ai đó', role: 'clerk' }]);
    expect(await refusals()).toEqual({ ...forbidden, ...all(needy, 'ACCOUNT_UNKNOWN') });
    desk.desk.db.$client.prepare('UPDATE desk_account SET known = 1').run();
    expect(await refusals()).toEqual({ ...forbidden, ...all(needy, 'ROLE_UNPROVEN') });
  });
  test('whom the table calls a head: the paper decides', async () => {
    sitDown(desk.desk, who(role));
    const { $client } = desk.desk.db;
    $client.prepare("UPDATE desk_account SET role = 'head', name = 'Tôi'").run();
    $client.prepare("UPDATE device_state SET account = json_set(account, '$.role', 'head')").run();
    expect(await refusals()).toEqual(forbidden);
    expect((await desk.call('session.get', {})).actor).toEqual({ ...who(role), name: 'Người khác' });
  });
});

test('each call has its row, and each row its call', () => {
  const named = [...Object.values(refusedTo), graced, current].flatMap(words);
  expect(named.filter((name) => !calls.includes(name as Method))).toEqual([]);
});
test('what is no call is asked for in vain', async () => {
  expect(await desk.refusal('session.may', { call: 'dossier.destroy' })).toBe('INPUT_INVALID');
});
