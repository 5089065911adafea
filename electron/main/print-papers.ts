/** Shell calls of the printed papers: to a printer, or into a PDF file. One renderer: what is previewed is what is printed. */
import type { ProofRequest } from '../../shared/contract/ipc/attention.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { ask, save, saveGuarded } from './save-files.ts';
import { pagePdf, printOut } from './window.ts';

type Slip = Input<'slip.print'>;
type Register = Input<'register.print'>;

/** Never a person's name: a receipt by its number, a day by its date, a dossier by the first letters of its id. */
const proofNames = { receipt: 'bien-nhan', dossier: 'bien-nhan-lien-thong', day: 'chot-ngay' } as const;
function proofName({ kind, id }: ProofRequest): string {
  return `${proofNames[kind]}-${kind === 'day' ? id : id.slice(0, 8)}.pdf`;
}

type Notice = Input<'machine.print'>;

type PaperCall = `${'slip' | 'register' | 'proof' | 'machine' | 'person'}.${'print' | 'save'}`;

export function paperCalls(data: DataClient, devUrl: string | null): Record<PaperCall, ShellCall> {
  const slipPage = ({ id, kind, size }: Slip) => `#/print/slip/${id}/${kind}/${size}`;
  const registerPage = ({ from, to }: Register) => `#/print/register/${from}/${to}`;
  const proofPage = ({ kind, id, size }: Input<'proof.print'>) => `#/print/proof/${kind}/${id}/${size}`;
  const paper = (of: 'register' | 'proof', about: string, way: 'print' | 'pdf') =>
    ask(data, 'paper.log', { paper: of, about, way });
  const noticePage = ({ no, foundAt }: Notice) => `#/print/notice/${no}/${Date.parse(foundAt)}`;
  const personPage = ({ id }: Input<'person.print'>) => `#/print/person/${id}`;
  const log = ({ id, kind }: Slip) => ask(data, 'slip.log', { id, kind });
  return {
    'slip.print': async (input): Promise<Output<'slip.print'>> => {
      const slip = input as Slip;
      const done = await printOut(devUrl, slipPage(slip), slip.size);
      // Printed and "đã in" are two acts: only paper that the printer took is noted.
      if (done) await log(slip);
      return { done };
    },
    'slip.save': async (input, event): Promise<Output<'slip.save'>> => {
      const { guard, ...slip } = input as Input<'slip.save'>;
      const { input: words } = await ask(data, 'slip.get', { id: slip.id, kind: slip.kind });
      const name = `phieu-${slip.kind}-${words.code.temporary}.pdf`;
      const bytes = await pagePdf(devUrl, slipPage(slip));
      const about = { what: 'slip', about: slip.kind, owner: slip.id } as const;
      const file = await saveGuarded(data, event, { name, bytes, guard, ...about });
      if (file.saved) await log(slip);
      return file;
    },
    'proof.print': async (input): Promise<Output<'proof.print'>> => {
      const proof = input as Input<'proof.print'>;
      const done = await printOut(devUrl, proofPage(proof), proof.size);
      if (done) await paper('proof', proof.id, 'print');
      return { done };
    },
    'proof.save': async (input, event): Promise<Output<'proof.save'>> => {
      const { guard, ...proof } = input as Input<'proof.save'>;
      const bytes = await pagePdf(devUrl, proofPage(proof));
      const about = { what: 'proof', about: proof.id, owner: null } as const;
      const file = await saveGuarded(data, event, { name: proofName(proof), bytes, guard, ...about });
      if (file.saved) await paper('proof', proof.id, 'pdf');
      return file;
    },
    'register.print': async (input): Promise<Output<'register.print'>> => {
      const window = input as Register;
      const done = await printOut(devUrl, registerPage(window), 'A4');
      if (done) await paper('register', `${window.from}-${window.to}`, 'print');
      return { done };
    },
    'machine.print': async (input): Promise<Output<'machine.print'>> => ({
      done: await printOut(devUrl, noticePage(input as Notice), 'A4'),
    }),
    'machine.save': async (input, event): Promise<Output<'machine.save'>> => {
      const notice = input as Notice;
      const pdf = await pagePdf(devUrl, noticePage(notice));
      return { saved: (await save(event, `thong-bao-mat-may-${notice.no}.pdf`, pdf)) !== null };
    },
    'person.print': async (input): Promise<Output<'person.print'>> => {
      const { id } = input as Input<'person.print'>;
      const done = await printOut(devUrl, personPage({ id }), 'A4');
      if (done) await ask(data, 'person.log', { id, what: 'paper' });
      return { done };
    },
    'person.save': async (input, event): Promise<Output<'person.save'>> => {
      const { id, format, guard } = input as Input<'person.save'>;
      const json = await ask(data, 'person.file', { id });
      const bytes = format === 'json' ? json.bytes : await pagePdf(devUrl, personPage({ id }));
      const about = { what: 'person', about: id, owner: null } as const;
      const name = json.name.replace('json', format);
      const file = await saveGuarded(data, event, { name, bytes, guard, ...about });
      if (file.saved) await ask(data, 'person.log', { id, what: format });
      return file;
    },
    'register.save': async (input, event): Promise<Output<'register.save'>> => {
      const { guard, ...window } = input as Input<'register.save'>;
      const bytes = await pagePdf(devUrl, registerPage(window));
      const about = `${window.from}-${window.to}`;
      const file = await saveGuarded(data, event, {
        ...{ name: `so-theo-doi-${about}.pdf`, bytes, guard, what: 'register', about, owner: null },
      });
      if (file.saved) await paper('register', about, 'pdf');
      return file;
    },
  };
}
