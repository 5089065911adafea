/** How each deed is done to the world. */

import { receipt as receiptSchema } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { eventHash } from '../../shared/domain/event.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { unreachable } from '../../shared/lib/must.ts';
import type { SealedBatch } from '../../shared/protocol/desk-ports.ts';
import { receiptFits } from '../../shared/protocol/receipt-fits.ts';
import { nextBatch } from '../../shared/protocol/seal.ts';
import { epochOf } from './city-db.ts';
import type { Deed } from './deeds.ts';
import { type Desk, sealing } from './desk.ts';
import { copyDesk } from './desk-db.ts';
import { idOf } from './ids.ts';
import { keysOf, openJws, peekJws, readJson, sha256, signJws } from './keys.ts';
import { checkDesk, isUntouched } from './standing-checks.ts';
import { bendBytes } from './wire.ts';
import type { World } from './world.ts';
import { spoiledWish, subjectOf, wishOf } from './writing.ts';

/** A USB stick: sealed batches of one desk, then the city's answers to them. */
export interface Stick {
  readonly desk: Desk;
  readonly stream: string;
  readonly batches: readonly SealedBatch[];
  readonly receipts: readonly { readonly batch: SealedBatch; readonly jws: string }[];
}
export interface Run {
  readonly world: World;
  readonly sticks: Stick[];
}

/** Does one deed; `n` is its number in the history. */
export async function act(run: Run, deed: Deed, n: number): Promise<void> {
  const { world } = run;
  world.now += 60_000;
  switch (deed.do) {
    case 'receive':
    case 'note':
    case 'count':
    case 'setting':
    case 'step': {
      const desk = world.desk(deed.desk);
      const wish = wishOf(desk, deed);
      if (!wish) return;
      const about = deed.do === 'receive' ? { ...wish, subject: subjectOf(n) } : wish;
      desk.write(idOf('event', n), about, world.now);
      return world.ledger.note(desk);
    }
    case 'spoiled': {
      const desk = world.desk(deed.desk);
      desk.write(idOf('event', n), spoiledWish(deed.how, n), world.now);
      return world.ledger.note(desk);
    }
    case 'sync': {
      const desk = world.desk(deed.desk);
      const before = copyDesk(desk.db);
      const problem = await world.sync(desk, deed.fault);
      return checkDesk(world, desk, { before, problem });
    }
    case 'back_up_city':
      return world.backUpCity();
    case 'restore_city':
      return world.restoreCity(deed.which, deed.withMark);
    case 'restart_city':
      return world.city.start();
    case 'upgrade':
    case 'downgrade':
      world.city.old = deed.do === 'downgrade';
      return world.city.start();
    case 'other_protocol':
      world.city.foreign = !world.city.foreign;
      return;
    case 'back_up_desk': {
      const desk = world.desk(deed.desk);
      desk.backup = { db: copyDesk(desk.db), high: desk.high };
      return;
    }
    case 'restore_desk':
      return restoreDesk(world, world.desk(deed.desk), deed.withMark);
    case 'clone':
      return world.clone(world.desk(deed.desk));
    case 'wipe':
      return world.wipe(world.desk(deed.desk));
    case 'revoke':
      world.city.revoked.add(world.desk(deed.desk).person.device);
      return;
    case 'usb_out':
      return fillStick(run, world.desk(deed.desk));
    case 'usb_in':
      return readStick(run);
    case 'usb_back':
      return emptyStick(run, world.desk(deed.desk));
    case 'replay':
      return world.replay(deed.which);
    case 'forge':
      return forge(world, deed);
    case 'clock':
      // The city's own clock is kept by its operators: it is off by hours, not by years.
      if (deed.desk === null) world.city.skew = (deed.days % 3) * 3_600_000;
      else world.desk(deed.desk).skew = deed.days * 86_400_000;
      return;
    default:
      return unreachable(deed);
  }
}

function restoreDesk(world: World, desk: Desk, withMark: boolean): void {
  desk.restore(withMark);
  world.ledger.note(desk);
}

const STICK_BATCHES = 3;

async function fillStick({ world, sticks }: Run, desk: Desk): Promise<void> {
  const store = desk.store();
  const stream = store.stream();
  const batches: SealedBatch[] = [];
  let acked = store.acked(stream);
  while (batches.length < STICK_BATCHES) {
    const limits = { events: 3, bytes: 1024 * 1024 };
    const batch = await nextBatch(store, sealing(desk.person.device), { stream, acked, limits });
    if (!batch) break;
    batches.push(batch);
    acked = batch.toSeq;
  }
  world.ledger.note(desk);
  if (batches.length > 0) sticks.push({ desk, stream, batches, receipts: [] });
}

/** The city reads the oldest stick that it has not read; what it refuses leaves no receipt. */
async function readStick({ world, sticks }: Run): Promise<void> {
  const at = sticks.findIndex((s) => s.receipts.length === 0);
  const stick = sticks[at];
  if (!stick) return;
  const receipts: { batch: SealedBatch; jws: string }[] = [];
  for (const batch of stick.batches) {
    const path = `/v1/streams/${stick.stream}/${batch.fromSeq}-${batch.toSeq}`;
    const reply = await world.handOver({ route: 'batch', path, jws: batch.header, body: batch.body });
    const value = reply && readJson(reply.text);
    if (value && typeof value === 'object' && 'jws' in value)
      receipts.push({ batch, jws: String(value.jws) });
  }
  sticks[at] = { ...stick, receipts };
}

async function emptyStick({ world, sticks }: Run, desk: Desk): Promise<void> {
  const stick = sticks.find((s) => s.desk === desk && s.receipts.length > 0);
  if (!stick || desk.dead) return;
  const before = copyDesk(desk.db);
  const store = desk.store();
  for (const { batch, jws } of stick.receipts) {
    const said = receiptSchema.safeParse(openJws(keysOf('city'), TYP.receipt, jws));
    const epoch = store.epoch();
    if (
      said.success &&
      epoch !== null &&
      receiptFits(store, said.data, { stream: stick.stream, batch, epoch })
    )
      store.keepReceipt(said.data, jws);
  }
  checkDesk(world, desk, { before, problem: null });
}

type Forgery = Extract<Deed, { do: 'forge' }>;

/** A stranger, or another desk, sends what it should not be able to. */
async function forge(world: World, { how, which, where }: Forgery): Promise<void> {
  if (how === 'mark') return forgeMark(world, which);
  if (how === 'header_key' || how === 'broken_chain') return forgeBatch(world, { how, which });
  const batches = world.sent.filter((s) => s.request.route === 'batch');
  const request = batches[which % Math.max(1, batches.length)]?.request;
  if (!request || !(request.body instanceof Uint8Array)) return;
  const header = peekJws(request.jws) as { readonly from: number; readonly to: number };
  const device = world.desk(which).person.device;
  const stream = idOf('strange', which);
  const spoiled = {
    other_stream: {
      ...request,
      jws: signJws(keysOf(device), TYP.batch, { ...header, device, stream }),
      path: `/v1/streams/${stream}/${header.from}-${header.to}`,
    },
    body: { ...request, body: bendBytes(request.body, where) },
    rerouted: { ...request, path: request.path.replace(/\d+$/, '999') },
  };
  await isUntouched(world, spoiled[how]);
}

/** A well-made next batch of a device's stream: by a stranger's key, or with an event whose content is not what its hash seals. */
async function forgeBatch(
  world: World,
  { how, which }: { readonly how: 'header_key' | 'broken_chain'; readonly which: number },
): Promise<void> {
  const { person, db } = world.desk(which);
  const row = world.city.db.streams.get(db.stream);
  if (!row || row.frozen) return;
  const seq = row.acked + 1;
  const wish = spoiledWish('category', which);
  const unsealed = {
    ...{ id: idOf('invented', which), schema: 1, stream: row.id, seq, base: 0, prev: row.head, ...wish },
    ...{ actor: { id: person.actor, name: person.actor, role: person.role }, device: person.device },
    ...{ office: person.office, at: '2026-11-20T02:00:00.000Z', boot: 'boot', mono: 0 },
  };
  const hash = how === 'broken_chain' ? sha256('other') : eventHash(unsealed, sha256);
  const body = sealing(person.device).pack([canonicalJson({ ...unsealed, hash })]);
  const header = {
    v: 1,
    device: person.device,
    stream: row.id,
    from: seq,
    to: seq,
    prev: row.head,
    head: hash,
  };
  const signer = how === 'broken_chain' ? person.device : 'stranger';
  const jws = signJws(keysOf(signer), TYP.batch, { ...header, body: sha256(body) });
  await isUntouched(world, { route: 'batch', path: `/v1/streams/${row.id}/${seq}-${seq}`, jws, body });
}

/** An enrolled desk claims that the city once held what it never held. */
async function forgeMark(world: World, which: number): Promise<void> {
  const desk = world.desk(which);
  const kept = [...desk.db.events.values()][which % Math.max(1, desk.db.events.size)];
  if (!kept) return;
  const { device } = desk.person;
  const event = { ...kept.event, id: idOf('invented', which) };
  const claim = { hub: 1, event, epoch: epochOf(world.city.db).id, mark: 'A'.repeat(86) };
  const body = JSON.stringify({ events: [claim] });
  const path = '/v1/returned';
  const proof = { device, challenge: world.city.challenge(device), method: 'POST', path, body: sha256(body) };
  await isUntouched(world, {
    route: 'returned',
    path,
    body,
    jws: signJws(keysOf(device), TYP.request, proof),
  });
}
