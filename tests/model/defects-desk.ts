/** Seeded defects of the desk, made by ports that lie. */

import { viewOf } from '../../db/local-view.ts';
import {
  type BatchHeader,
  batchHeader,
  type HelloReply,
  type ReplaceStream,
} from '../../shared/contract/sync/messages.ts';
import type { CityPort, DeskStore } from '../../shared/protocol/desk-ports.ts';
import { restream } from '../../shared/protocol/restream.ts';
import type { Deed } from './deeds.ts';
import type { Defect } from './defect.ts';
import type { Desk, DeskParts } from './desk.ts';
import { idOf } from './ids.ts';
import { peekJws, sha256 } from './keys.ts';
import { SOUND } from './sound.ts';

type Named = Pick<Defect, 'name' | 'breaks' | 'histories'>;
const desk = (named: Named, parts: Partial<DeskParts>): Defect => ({
  ...named,
  parts: { ...SOUND, desk: { ...SOUND.desk, ...parts } },
});
const store = (named: Named, change: (store: DeskStore, desk: Desk) => Partial<DeskStore>): Defect =>
  desk(named, { wrapStore: (sound, machine) => ({ ...sound, ...change(sound, machine) }) });
const port = (named: Named, change: (port: CityPort, desk: Desk) => Partial<CityPort>): Defect =>
  desk(named, { wrapPort: (sound, machine) => ({ ...sound, ...change(sound, machine) }) });

const greetings = new WeakMap<Desk, HelloReply>();

/** Whatever the city said of its place stands in our chain. */
const noForkCheck: Partial<DeskParts> = {
  wrapPort: (sound, machine) => ({
    ...sound,
    hello: async (message) => {
      const reply = await sound.hello(message);
      greetings.set(machine, reply);
      return reply;
    },
  }),
  wrapStore: (sound, machine) => ({
    ...sound,
    hashAt: (stream, seq) => {
      const acked = greetings.get(machine)?.acked;
      return stream === sound.stream() && acked?.seq === seq ? acked.hash : sound.hashAt(stream, seq);
    },
  }),
};

function headerOf(text: string): BatchHeader {
  return batchHeader.parse(peekJws(text));
}

/** The receipt of the first batch comes as the answer to the second. */
const OLD_RECEIPT: readonly Deed[] = [
  { do: 'count', desk: 0, at: 0, value: 0 },
  { do: 'sync', desk: 0, fault: null },
  { do: 'count', desk: 0, at: 1, value: 0 },
  { do: 'sync', desk: 0, fault: { at: 2, how: 'old_reply', where: 0 } },
];

/** The city comes back to an epoch that it and the desk had left. */
const TWICE: readonly Deed[] = [
  { do: 'count', desk: 2, at: 0, value: 0 },
  { do: 'back_up_city' },
  { do: 'sync', desk: 2, fault: null },
  { do: 'restore_city', which: 0, withMark: false },
  { do: 'sync', desk: 2, fault: null },
  { do: 'restore_city', which: 0, withMark: true },
];

/** A desk newer than the hub loses what it wrote in its own shape. */
const UNREAD: readonly Deed[] = [
  { do: 'back_up_desk', desk: 0 },
  { do: 'spoiled', desk: 0, how: 'newer' },
  { do: 'sync', desk: 0, fault: null },
  { do: 'restore_desk', desk: 0, withMark: false },
];

export const DESK_DEFECTS: readonly Defect[] = [
  desk({ name: 'no fork check', breaks: ['P11', 'P3', 'P6'], histories: 'restored' }, noForkCheck),
  desk(
    { name: 'store behind its mark ignored', breaks: ['P8'], histories: 'restored' },
    { heedsHighWater: false },
  ),
  desk(
    { name: 'screen by clock', breaks: ['P13'], histories: 'any' },
    {
      viewOf: (stored, read) => {
        const byTime = stored.toSorted((a, b) => a.event.at.localeCompare(b.event.at));
        return viewOf(
          byTime.map((e, i) => ({ ...e, hubSeq: e.hubSeq === null ? null : i })),
          read,
        );
      },
    },
  ),
  {
    name: 'no receipt signature check',
    breaks: ['P4', 'P10', 'P11'],
    histories: 'any',
    parts: { ...SOUND, line: { checksSignatures: false } },
  },
  store({ name: 'ack before receipt', breaks: ['P4', 'P6'], histories: 'any' }, (_, { db }) => ({
    countAttempt: (id) => {
      const sent = db.sealed.get(id);
      if (!sent) return;
      for (const link of (db.chains.get(sent.stream) ?? []).slice(0, sent.batch.toSeq))
        if (!db.words.has(link.id))
          db.words.set(link.id, {
            hub: 1,
            epoch: db.epoch ?? '',
            verdict: { kind: 'accepted', revision: 1 },
          });
    },
  })),
  store({ name: 'purge after ack', breaks: ['P1'], histories: 'any' }, (sound, { db }) => ({
    keepReceipt: (receipt, jws) => {
      sound.keepReceipt(receipt, jws);
      for (const { id } of receipt.verdicts) db.events.delete(id);
    },
  })),
  store(
    { name: 'rejected dropped at the desk', breaks: ['P1', 'P6', 'P8'], histories: 'any' },
    (sound, { db }) => ({
      keepReceipt: (receipt, jws) => {
        sound.keepReceipt(receipt, jws);
        for (const { id, kind } of receipt.verdicts) if (kind === 'rejected') db.events.delete(id);
      },
    }),
  ),
  store({ name: 'deliveries not voided', breaks: ['P4', 'P6', 'P13'], histories: 'restored' }, (sound) => ({
    settle: (epoch, _, acked) => sound.settle(epoch, Number.MAX_SAFE_INTEGER, acked),
  })),
  store(
    { name: 'words void by number alone', breaks: ['P6', 'P13'], histories: 'restored' },
    (sound, { db }) => ({
      settle: (epoch, since, acked) => {
        const fresh = db.epoch !== null && db.epoch !== epoch;
        sound.settle(epoch, since, acked);
        if (fresh) for (const [id, word] of db.words) if (word.hub > since) db.words.delete(id);
      },
    }),
  ),
  store(
    { name: 'inbox cursor not reset', breaks: ['P13', 'P6'], histories: 'restored' },
    (sound, { db }) => ({
      settle: (epoch, since, acked) => {
        const { cursor } = db;
        sound.settle(epoch, since, acked);
        db.cursor = cursor;
      },
    }),
  ),
  store({ name: 'restream reorders', breaks: ['P7', 'P13', 'P2'], histories: 'restored' }, (sound) => ({
    ownAmong: (ids) => sound.ownAmong(ids).toReversed(),
  })),
  store(
    { name: 'restream changes id', breaks: ['P1', 'P6', 'P8', 'P10', 'P11'], histories: 'restored' },
    (sound) => ({
      openStream: (opened) => {
        const events = opened.links.map(({ id, raw }) => {
          const other = idOf('changed', id);
          return { id: other, raw: raw.replace(id, other) };
        });
        sound.openStream({ ...opened, links: restream(events, opened.stream, sha256) });
      },
    }),
  ),
  store({ name: 'cut recovery forgotten', breaks: ['P1', 'P9', 'P6', 'P8'], histories: 'any' }, () => ({
    recovering: () => null,
  })),
  store({ name: 'later word ignored', breaks: ['P6'], histories: 'any' }, (sound, { db, person }) => ({
    keepInbox: (page) => {
      const before = new Map(db.words);
      sound.keepInbox(page);
      for (const { event } of page.events) {
        const old = before.get(event.id);
        if (event.device === person.device && old) db.words.set(event.id, old);
      }
    },
  })),
  store({ name: 'older word wins', breaks: ['P6', 'P13'], histories: 'any' }, (sound, { db }) => ({
    keepReceipt: (receipt, jws) => {
      const before = new Map(db.words);
      sound.keepReceipt(receipt, jws);
      for (const [id, word] of before) db.words.set(id, word);
    },
    keepInbox: (page) => {
      const before = new Map(db.words);
      sound.keepInbox(page);
      for (const [id, word] of before) db.words.set(id, word);
    },
  })),
  port({ name: 'rewind only', breaks: ['P1', 'P11', 'P6'], histories: 'restored' }, () => ({
    missing: async () => [],
  })),
  port(
    { name: 'own events not pulled', breaks: ['P8', 'P6', 'P11'], histories: 'restored' },
    (_, { db, person }) => ({
      own: async (after) => ({
        ...{ v: 1, epoch: db.epoch ?? idOf('epoch', 0), device: person.device },
        ...{ after, next: after, more: false, events: [], receipts: [], unread: [] },
      }),
    }),
  ),
  store(
    { name: 'a second receipt in one epoch not heard', breaks: ['P6'], histories: TWICE },
    (sound, { db }) => ({
      keepReceipt: (receipt, jws) => {
        if (!db.receipts.has(`${receipt.epoch}/${receipt.batch}`)) sound.keepReceipt(receipt, jws);
      },
    }),
  ),
  port({ name: 'what only this desk can read stays away', breaks: ['P8'], histories: UNREAD }, (sound) => ({
    own: async (after, under) => ({ ...(await sound.own(after, under)), unread: [] }),
  })),
  port({ name: 'events of others not brought back', breaks: ['P1'], histories: 'restored' }, () => ({
    returned: async () => undefined,
  })),
  port({ name: 'city not told of the new stream', breaks: ['P9'], histories: 'restored' }, () => ({
    replaceStream: async (_: ReplaceStream) => undefined,
  })),
  port(
    { name: 'trust the local ack', breaks: ['P1', 'P6', 'P11', 'P3'], histories: 'restored' },
    (sound, { db }) => ({
      hello: async (message) => {
        const reply = await sound.hello(message);
        const seq = db.acked.get(message.stream) ?? 0;
        const hash = seq === 0 ? reply.acked.hash : (db.chains.get(message.stream)?.[seq - 1]?.hash ?? '');
        return seq > reply.acked.seq ? { ...reply, acked: { seq, hash } } : reply;
      },
    }),
  ),
  port(
    { name: 'receipt of another range accepted', breaks: ['P4'], histories: OLD_RECEIPT },
    (sound, { db }) => ({
      sendBatch: async (stream, batch) => {
        const { receipt, jws } = await sound.sendBatch(stream, batch);
        const links = (db.chains.get(stream) ?? []).slice(batch.fromSeq - 1, batch.toSeq);
        const verdicts = links.map(({ id, seq }, i) => {
          const {
            kind = 'accepted',
            revision = 1,
            hub = 1,
          } = receipt.verdicts[i] ?? receipt.verdicts[0] ?? {};
          return receipt.verdicts[i]?.id === id ? receipt.verdicts[i] : { kind, revision, hub, id, seq };
        });
        const { from, to, head } = headerOf(batch.header);
        return { receipt: { ...receipt, stream, from, to, head, batch: batch.id, verdicts }, jws };
      },
    }),
  ),
];
