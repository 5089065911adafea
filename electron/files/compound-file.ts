/** A compound file of [MS-CFB], version 3: folders and streams in sectors of 512 bytes. Written in one go, never changed. */

export type CompoundFolder = { readonly [name: string]: Buffer | CompoundFolder };

const SECTOR = 512;
const MINI_SECTOR = 64;
/** A shorter stream lies in the mini stream (2.2). */
const MINI_CUTOFF = 4_096;
/** Numbers of FAT sectors that stand in the header; the others stand in sectors of their own, 127 in each (2.5). */
const IN_HEADER = 109;
const IN_DIFAT = SECTOR / 4 - 1;
const [FREE, END, FAT_SECTOR, DIFAT_SECTOR] = [0xffffffff, 0xfffffffe, 0xfffffffd, 0xfffffffc];
const NOBODY = 0xffffffff;

interface Entry {
  readonly name: string;
  /** 1 = folder, 2 = stream, 5 = root. */
  readonly type: number;
  readonly content: Buffer;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
}

export function compoundFile(root: CompoundFolder): Buffer {
  const entries = entriesOf(root);
  const [fat, miniFat]: [number[], number[]] = [[], []];
  const [sectors, minis]: [Buffer[], Buffer[]] = [[], []];
  for (const entry of entries.filter(({ content }) => content.length > 0)) {
    const isMini = entry.content.length < MINI_CUTOFF;
    entry.size = entry.content.length;
    entry.start = isMini
      ? chained(miniFat, minis, entry.content, MINI_SECTOR)
      : chained(fat, sectors, entry.content, SECTOR);
  }
  const miniStream = Buffer.concat(minis);
  const [top] = entries;
  if (top) top.size = miniStream.length;
  if (top) top.start = chained(fat, sectors, miniStream, SECTOR);
  const miniFatStart = chained(fat, sectors, numbers(miniFat), SECTOR);
  const directory = chained(fat, sectors, Buffer.concat(entries.map(entryBytes)), SECTOR, entryBytes());
  const { fatSectors, difatSectors } = tableSizes(fat.length);
  const fatAt = fat.length;
  fat.push(...Array<number>(fatSectors).fill(FAT_SECTOR), ...Array<number>(difatSectors).fill(DIFAT_SECTOR));
  const places = Array.from({ length: fatSectors }, (_, n) => fatAt + n);
  const header = numbers([
    ...[fatSectors, directory, 0, MINI_CUTOFF, miniFatStart, Math.ceil((miniFat.length * 4) / SECTOR)],
    ...[difatSectors > 0 ? fatAt + fatSectors : END, difatSectors],
    ...Array.from({ length: IN_HEADER }, (_, n) => places[n] ?? FREE),
  ]);
  const fatBytes = filled(numbers(fat), SECTOR, Buffer.alloc(4, 0xff));
  const difat = difatBytes(places.slice(IN_HEADER), fatAt + fatSectors, difatSectors);
  return Buffer.concat([HEAD, header, ...sectors, fatBytes, difat]);
}

/** 2.2: signature, no class, version 3.62, little-endian, sectors of 2^9 and 2^6 bytes, no count of directory sectors. */
const HEAD = Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(16)}3e000300feff09000600${'00'.repeat(10)}`, 'hex');

function entriesOf(root: CompoundFolder): Entry[] {
  const entries: Entry[] = [];
  const add = (name: string, type: number, value: Buffer | CompoundFolder): number => {
    const content = Buffer.isBuffer(value) ? value : Buffer.alloc(0);
    const entry: Entry = {
      ...{ name, type, content, start: type === 2 ? END : 0, size: 0 },
      ...{ left: NOBODY, right: NOBODY, child: NOBODY },
    };
    const place = entries.push(entry) - 1;
    if (!Buffer.isBuffer(value)) {
      const children = Object.entries(value).sort(([a], [b]) => inOrder(a, b));
      entry.child = tree(
        entries,
        children.map(([key, one]) => add(key, Buffer.isBuffer(one) ? 2 : 1, one)),
      );
    }
    return place;
  };
  add('Root Entry', 5, root);
  return entries;
}

/** 2.6.4: a shorter name comes first, then by capital letters. */
function inOrder(a: string, b: string): number {
  return a.length - b.length || (a.toUpperCase() < b.toUpperCase() ? -1 : 1);
}

/** Brothers as a search tree, the middle one on top. All are black, which 2.6.4 calls the simplest way. */
function tree(entries: readonly Entry[], places: readonly number[]): number {
  const middle = places.length >> 1;
  const place = places[middle];
  const entry = entries[place ?? NOBODY];
  if (place === undefined || !entry) return NOBODY;
  entry.left = tree(entries, places.slice(0, middle));
  entry.right = tree(entries, places.slice(middle + 1));
  return place;
}

/** Lays a content into sectors; answers the first one. */
function chained(fat: number[], sectors: Buffer[], content: Buffer, size: number, fill?: Buffer): number {
  const start = fat.length;
  const count = Math.ceil(content.length / size);
  for (let n = 1; n <= count; n++) fat.push(n === count ? END : start + n);
  sectors.push(filled(content, size, fill ?? Buffer.alloc(1)));
  return count === 0 ? END : start;
}

function filled(content: Buffer, size: number, fill: Buffer): Buffer {
  const rest = (size - (content.length % size)) % size;
  return Buffer.concat([content, Buffer.alloc(rest, fill)]);
}

/** The tables describe themselves as well. */
function tableSizes(sectors: number): { fatSectors: number; difatSectors: number } {
  let [fatSectors, difatSectors] = [0, 0];
  while (fatSectors * (SECTOR / 4) < sectors + fatSectors + difatSectors) {
    fatSectors++;
    difatSectors = Math.ceil(Math.max(0, fatSectors - IN_HEADER) / IN_DIFAT);
  }
  return { fatSectors, difatSectors };
}

function difatBytes(places: readonly number[], start: number, count: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, n) => {
      const here = places.slice(n * IN_DIFAT, (n + 1) * IN_DIFAT);
      const rest = Array<number>(IN_DIFAT - here.length).fill(FREE);
      return numbers([...here, ...rest, n === count - 1 ? END : start + n + 1]);
    }),
  );
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [n, value] of values.entries()) bytes.writeUInt32LE(value, n * 4);
  return bytes;
}

/** 2.6.1; without an entry, a place in the directory that nobody has taken. */
function entryBytes(entry?: Entry): Buffer {
  const bytes = Buffer.alloc(128);
  const { left, right, child } = entry ?? { left: NOBODY, right: NOBODY, child: NOBODY };
  numbers([left, right, child]).copy(bytes, 68);
  if (!entry) return bytes;
  bytes.write(entry.name, 'utf16le');
  bytes.writeUInt16LE((entry.name.length + 1) * 2, 64);
  bytes.writeUInt8(entry.type, 66);
  bytes.writeUInt8(1, 67);
  bytes.writeUInt32LE(entry.start, 116);
  bytes.writeUInt32LE(entry.size, 120);
  return bytes;
}
