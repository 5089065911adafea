/** City, desks and line together: what can be done to them, and nothing else. */
import { receipt as receiptSchema } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { EVENT_SCHEMA } from '../../shared/domain/event.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { must } from '../../shared/lib/must.ts';
import { Problem } from '../../shared/problem.ts';
import type { DeskStore } from '../../shared/protocol/desk-ports.ts';
import { City, type CityMark, type HubParts } from './city.ts';
import { type CityDb, copyCity } from './city-db.ts';
import { answer } from './city-doors.ts';
import { Desk, type DeskParts, sealing } from './desk.ts';
import { copyDesk } from './desk-db.ts';
import { idOf } from './ids.ts';
import { keysOf, openJws, readJson, signJws } from './keys.ts';
import { hold, Ledger } from './ledger.ts';
import { type Carrier, cityPort, type LineParts } from './line.ts';
import {
  bend,
  bendRequest,
  calm,
  type Fault,
  Killed,
  problem,
  type Reply,
  type Request,
  stormy,
  type Weather,
} from './wire.ts';

export interface Parts {
  readonly hub: HubParts;
  readonly desk: DeskParts;
  readonly line: LineParts;
}
export const WARD = '26740';
const CITY_OFFICE = '79';
const START = Date.parse('2026-11-20T02:30:00Z');
export const MOST_DESKS = 6;

interface Sent {
  readonly request: Request;
  readonly reply: Reply | null;
}
export interface Backup {
  readonly db: CityDb;
  readonly mark: CityMark;
}

export class World {
  readonly parts: Parts;
  readonly ledger = new Ledger();
  readonly city: City;
  readonly desks: Desk[] = [];
  readonly sent: Sent[] = [];
  backups: Backup[] = [];
  now = START;
  private enrolled = 0;
  private nonces = 0;

  constructor(parts: Parts, desks = 3) {
    this.parts = parts;
    this.city = new City(parts.hub, () => this.now, this.ledger);
    for (let i = 0; i < desks; i++) this.enrol(i === 2 ? CITY_OFFICE : WARD);
  }

  enrol(office: string): Desk {
    const no = ++this.enrolled;
    const role: Role = office === WARD ? 'head' : 'officer';
    const person = { device: idOf('device', no), office, actor: `p${no}`, role };
    this.city.devices.set(person.device, {
      id: person.device,
      office,
      accounts: new Map([[person.actor, role]]),
    });
    const desk = new Desk(`D${no}`, person, this.parts.desk);
    this.desks.push(desk);
    return desk;
  }

  get alive(): readonly Desk[] {
    return this.desks.filter((d) => !d.dead);
  }
  desk(n: number): Desk {
    return must(this.alive[n % this.alive.length], 'desk');
  }

  /** Answers the problem with which the exchange ended, or null. */
  async sync(desk: Desk, fault: Fault | null = null): Promise<Problem | Killed | null> {
    const weather = fault ? stormy(fault) : calm();
    try {
      await this.parts.desk.exchange({
        store: killable(desk.store(), weather),
        city: this.parts.desk.wrapPort(this.port(desk, weather), desk),
        sealing: sealing(desk.person.device),
        newStream: () => desk.newStream(),
        now: () => this.now + desk.skew,
        cancelled: () => false,
        progress: () => undefined,
        sendFiles: async () => false,
      });
      return null;
    } catch (error) {
      if (error instanceof Problem || error instanceof Killed) return error;
      throw error;
    } finally {
      desk.start();
      this.ledger.note(desk);
      this.city.dies = false;
    }
  }

  private port(desk: Desk, weather: Weather) {
    const speaker = {
      device: desk.person.device,
      now: () => this.now + desk.skew,
      nonce: () => idOf('nonce', ++this.nonces),
    };
    return cityPort(this.carrier(desk, weather), speaker, this.parts.line);
  }

  private carrier(desk: Desk, weather: Weather): Carrier {
    return async (request) => {
      // A line can carry places that were written in this very exchange.
      this.ledger.note(desk);
      const { fault } = weather;
      weather.messages++;
      if (!fault || weather.messages !== fault.at || fault.how === 'desk_dies') return this.deliver(request);
      return this.strike(request, fault, desk);
    };
  }

  private async strike(request: Request, { how, where }: Fault, desk: Desk): Promise<Reply> {
    switch (how) {
      case 'lost_request':
        throw problem('CITY_UNREACHABLE');
      case 'foreign':
        return { ours: false, text: '<html>Đăng nhập Wi-Fi</html>' };
      case 'too_large':
        if (request.route === 'batch') throw problem('BATCH_TOO_LARGE');
        throw problem('CITY_ERROR');
      case 'bent_request':
        await this.attack(bendRequest(request, where), 'P10');
        throw problem('CITY_UNREACHABLE');
      case 'forged':
        return this.forge(request, desk);
      case 'old_reply':
        return (
          this.sent.findLast((s) => s.request.route === request.route && s.reply)?.reply ??
          this.deliver(request)
        );
      case 'hub_dies':
        this.city.dies = true;
        return this.deliver(request);
      case 'city_restored':
        await this.restoreCity(where, false);
        return this.deliver(request);
      case 'hub_dies_answered': {
        const reply = await this.deliver(request);
        await this.city.start();
        return reply;
      }
      default:
        break;
    }
    const { ours, text } = await this.deliver(request);
    if (how === 'lost_reply') throw problem('CITY_UNREACHABLE');
    return { ours, text: how === 'cut_reply' ? text.slice(0, where % text.length) : bend(text, where) };
  }

  /** A stranger's answer in the city's words: as the city would say it, signed by another key. */
  private async forge(request: Request, desk: Desk): Promise<Reply> {
    const { text } = await this.city.silently(() => answer(this.city, request));
    const value = readJson(text);
    const jws = value && typeof value === 'object' && 'jws' in value ? String(value.jws) : '';
    const [head = '', body = ''] = jws.split('.');
    const typ = String(
      (readJson(Buffer.from(head, 'base64url').toString()) as { typ?: string } | undefined)?.typ,
    );
    const payload = readJson(Buffer.from(body, 'base64url').toString()) as object | undefined;
    if (!payload) throw problem('CITY_UNREACHABLE');
    return { ours: true, text: JSON.stringify({ jws: signJws(keysOf(desk.person.device), typ, payload) }) };
  }

  /** What the city has not been asked by an honest desk must not move it. */
  async attack(request: Request, property: string): Promise<Reply | null> {
    const before = this.city.db;
    const reply = await this.handOver(request);
    hold(this.city.db === before, property, () => `a changed or strange ${request.route} changed the city`);
    return reply;
  }

  /** A request as the city gets it; whatever it says is kept for replay. */
  private async deliver(request: Request): Promise<Reply> {
    const reply = await this.handOver(request);
    this.sent.push({ request, reply });
    if (!reply) throw problem('CITY_UNREACHABLE');
    return reply;
  }

  async handOver(request: Request): Promise<Reply | null> {
    try {
      const reply = await answer(this.city, request);
      if (request.route === 'batch') this.heedReceipt(reply);
      return reply;
    } catch (error) {
      if (error instanceof Killed) {
        await this.city.start();
        return null;
      }
      // A schema that refuses is an answer too: the endpoint makes a refusal of it.
      if (error instanceof Error && error.name === 'ZodError')
        return { ours: true, text: '{"code":"INPUT_INVALID"}' };
      throw error;
    }
  }

  private heedReceipt(reply: Reply): void {
    const value = readJson(reply.text);
    if (!value || typeof value !== 'object' || !('jws' in value)) return;
    const jws = String(value.jws);
    const parsed = receiptSchema.safeParse(openJws(this.city.keys, TYP.receipt, jws));
    if (parsed.success) this.ledger.answered(parsed.data.epoch, parsed.data.batch, jws);
  }

  async replay(n: number): Promise<void> {
    const old = this.sent[n % Math.max(1, this.sent.length)];
    if (old) await this.handOver(old.request);
  }

  clone(desk: Desk): void {
    if (this.alive.length >= MOST_DESKS) return;
    const twin = new Desk(`D${++this.enrolled}`, desk.person, this.parts.desk);
    twin.db = copyDesk(desk.db);
    twin.high = desk.high;
    twin.backup = desk.backup;
    twin.skew = desk.skew;
    [twin.cloned, desk.cloned] = [true, true];
    this.desks.push(twin);
  }

  wipe(desk: Desk): void {
    desk.dead = true;
    this.enrol(desk.person.office);
  }

  backUpCity(): void {
    this.backups = [...this.backups.slice(-2), { db: copyCity(this.city.db), mark: this.city.mark }];
  }

  async restoreCity(n: number, withMark: boolean): Promise<void> {
    const backup = this.backups[n % Math.max(1, this.backups.length)];
    if (!backup) return;
    if (withMark) this.ledger.unseenRestores++;
    await this.city.restore(backup.db, withMark ? backup.mark : null);
  }
}

export const SCHEMA_OF_TOMORROW = EVENT_SCHEMA + 1;

const WRITES = [
  'keepSealed',
  'dropSealed',
  'countAttempt',
  'keepReceipt',
  'keepInbox',
  'keepOwn',
  'openStream',
  'told',
  'settle',
  'keepGreeting',
] as const satisfies readonly (keyof DeskStore)[];

/** A store whose machine loses its power before the chosen write. */
function killable(store: DeskStore, weather: Weather): DeskStore {
  const { fault } = weather;
  if (fault?.how !== 'desk_dies') return store;
  const before =
    (write: (...args: never[]) => unknown) =>
    (...args: never[]) => {
      weather.writes++;
      if (weather.writes === fault.at) throw new Killed('the desk lost its power');
      return write(...args);
    };
  const guarded = WRITES.map((name) => [name, before(store[name])] as const);
  return { ...store, ...Object.fromEntries(guarded) };
}
