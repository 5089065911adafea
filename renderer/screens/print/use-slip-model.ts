/** The paper of a dossier, or the register of a window, made from the values that the program answers. */
import { useQuery } from '@tanstack/react-query';
import type { Proof, ProofRequest } from '../../../shared/contract/ipc/attention.ts';
import type { NoticeRequest } from '../../../shared/contract/ipc/machine.ts';
import type { PersonExtract } from '../../../shared/contract/ipc/person.ts';
import { makeRegister, makeSlip } from '../../../shared/slip/make-slip.ts';
import type { SlipModel } from '../../../shared/slip/model.ts';
import type {
  RegisterAnswer,
  RegisterRequest,
  SlipAnswer,
  SlipRequest,
} from '../../../shared/slip/slip-input.ts';
import { makeNotice, type Noticed } from './notice-model.ts';
import { makePerson } from './person-model.ts';
import type { PrintPlace } from './print-place.ts';
import { makeProof } from './proof-model.ts';

/** Where the values come from: the door of the program, or fixtures in a test. */
export interface SlipSource {
  slip(request: SlipRequest): Promise<SlipAnswer>;
  register(request: RegisterRequest): Promise<RegisterAnswer>;
  proof(request: ProofRequest): Promise<Proof>;
  notice(request: NoticeRequest): Promise<Noticed>;
  person(request: { readonly id: string }): Promise<PersonExtract>;
}

async function load(source: SlipSource, place: PrintPlace): Promise<SlipModel | null> {
  if (place.paper === 'proof') return makeProof(await source.proof(place.request));
  if (place.paper === 'notice')
    return makeNotice({ ...(await source.notice(place.request)), foundAt: place.request.foundAt });
  if (place.paper === 'person') return makePerson(await source.person(place.request));
  if (place.paper === 'register') {
    const { numbering, input } = await source.register(place.request);
    return makeRegister(numbering, input);
  }
  const { numbering, input } = await source.slip(place.request);
  return makeSlip(place.request.kind, numbering, input);
}

/** `data` null = the numbering of that day has no such paper. Read anew on every opening: a paper shows what is known now. */
export function useSlipModel(source: SlipSource, place: PrintPlace) {
  return useQuery({
    queryKey: ['slip', place.paper, place.request],
    queryFn: () => load(source, place),
    gcTime: 0,
  });
}
