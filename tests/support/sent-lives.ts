/** Random lives of dossiers as a ward's desk would send them to the city. */
import type { Life } from './dossier-lives.ts';
import type { Wish } from './fake-desk.ts';
import { actOn, receiveDossier } from './wire-events.ts';

/** Every person of these dossiers: a word that may turn up in no figures. */
export const CANARY = 'Phan Hoàng Yến Canh Gác';

export function formOf({
  chain,
  receivedOn,
}: Pick<Life['dossier'], 'chain' | 'receivedOn'>): Record<string, string> {
  return chain === 'birth'
    ? {
        ...{ 'requester.fullName': CANARY, 'requester.relation': 'me', 'child.fullName': CANARY },
        ...{ 'child.birth': receivedOn, 'child.sex': 'nam', 'child.birthPlace': 'Bệnh viện Từ Dũ' },
      }
    : {
        ...{ 'requester.fullName': CANARY, 'requester.relation': 'con', 'deceased.fullName': CANARY },
        ...{ 'death.date': receivedOn, 'deceased.sex': 'nu' },
      };
}

/** The events of a life, as a ward's desk would send them: some papers were typed days after they came. */
export function wishesOf({ dossier, steps }: Life, ward: string): Wish[] {
  const receive = receiveDossier(ward, {
    ...{ chain: dossier.chain, regime: dossier.regime, channel: dossier.channel, due: dossier.due },
    ...{ receivedOn: dossier.receivedOn, receivedTime: dossier.receivedTime },
    components: dossier.components.map(({ code, due, waitsFor }) => ({ code, due, waitsFor })),
    form: formOf(dossier),
  });
  return [receive, ...steps.map((step) => actOn(receive.subject.id, 0, step))];
}
