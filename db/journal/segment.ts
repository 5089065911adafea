/**
 * Segments of the mirror journal: `<folder>/journal/<number>.journal`, a new one at each start and after each backup; sealed frames
 * (`sealed-frames.ts`), of which the first one is the header. What a killed program left half written, or what was spoiled, ends a
 * segment there.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DataKey } from '../key-store.ts';
import { createFrames, type FrameKind, framesOf, startOf } from '../sealed-frames.ts';

const KIND: FrameKind = { magic: 'SMCJ1', purpose: 'so-mot-cua/journal/v1' };
export const SEGMENT_START = startOf(KIND);
export const SEGMENT_NAME = /^(\d{8})\.journal$/;

/** A history of one store: another branch begins where a store was put back and something was lost. */
export interface BranchPoint {
  readonly branch: string;
  readonly position: number;
}
const branchPoint = z.strictObject({ branch: z.string(), position: z.int().min(0) });
const segmentHeader = z.strictObject({
  v: z.literal(1),
  branch: z.string(),
  /** Entries of this segment come after this position. */
  base: z.int().min(0),
  /** Where this branch left another one. */
  parent: branchPoint.nullable(),
  /** The branch began with an empty store, so that it can be made anew from nothing. */
  fresh: z.boolean(),
});
export type SegmentHeader = z.infer<typeof segmentHeader>;

/** SQLite's values; a blob as `{b: base64}`. */
const cell = z.union([z.string(), z.number(), z.null(), z.strictObject({ b: z.string() })]);
const row = z.tuple([z.string(), z.enum(['put', 'del']), z.array(cell)]);
const entry = z.strictObject({
  /** Place in its branch: 1, 2, 3 … */
  p: z.int().min(1),
  at: z.iso.datetime(),
  /** Version of the tables. */
  v: z.int(),
  /** [table, what, all columns of a row that was put, or the primary key of one that was deleted] */
  rows: z.array(row),
});
export type Entry = z.infer<typeof entry>;
export type JournalRow = Entry['rows'][number];

export const journalFolder = (folder: string) => path.join(folder, 'journal');

/** Segments in their order. */
export function segmentNumbers(folder: string): number[] {
  const place = journalFolder(folder);
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .flatMap((name) => SEGMENT_NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

export function segmentFile(folder: string, number: number): string {
  return path.join(journalFolder(folder), `${String(number).padStart(8, '0')}.journal`);
}

export interface SegmentWriter {
  readonly handle: number;
  append(entry: Entry): void;
}

export function createSegment(file: string, key: DataKey, header: SegmentHeader): SegmentWriter {
  const segment = createFrames(file, KIND, key);
  segment.append(header);
  return segment;
}

export interface Segment {
  readonly number: number;
  readonly header: SegmentHeader;
  /** Up to the first frame that cannot be read. */
  entries(): Generator<Entry>;
}

/** null: no segment, or its header cannot be read. */
export function readSegment(folder: string, number: number, key: DataKey): Segment | null {
  const bytes = readFileSync(segmentFile(folder, number));
  const frames = () => framesOf(bytes, KIND, key);
  const first = segmentHeader.safeParse(frames().next().value);
  if (!first.success) return null;
  return {
    number,
    header: first.data,
    *entries() {
      const rest = frames();
      rest.next();
      for (const content of rest) yield entry.parse(content);
    },
  };
}
