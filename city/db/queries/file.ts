/** Which dossiers and sheets show a scan now. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Subject } from '../../../shared/domain/project.ts';
import { type CityDb, rowsOf } from '../handle.ts';
import { loadSubjects } from './subject.ts';

type Showing = Extract<Subject, { readonly kind: 'dossier' | 'sheet' }>;

export async function subjectsShowing(db: CityDb, sha256: string): Promise<readonly Showing[]> {
  const rows = await rowsOf(
    db,
    sql`select 'dossier' as kind, id from dossier where files @> ${JSON.stringify([{ sha256 }])}::jsonb
      union all select 'sheet', id from sheet where jsonb_path_query_array(notes, '$.*.file.sha256') @> ${JSON.stringify([sha256])}::jsonb`,
    z.object({ kind: z.string(), id: z.string() }),
  );
  const subjects = [...(await loadSubjects(db, rows)).values()];
  return subjects.filter((s): s is Showing => s.kind === 'dossier' || s.kind === 'sheet');
}
