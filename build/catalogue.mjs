/** Turns the catalogue's source tables (shared/catalogue/source/*.csv) into the JSON that desk, hub and browser import. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';

const folder = path.resolve(import.meta.dirname, '../shared/catalogue');
const read = (name) =>
  Papa.parse(readFileSync(path.join(folder, 'source', name), 'utf8').normalize('NFC'), {
    header: true,
    skipEmptyLines: true,
  }).data;

/** File name -> exact text; a unit test compares it with what is stored. */
export function generatedCatalogue() {
  const lines = (rows) => `[\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`;
  const units = [...read('admin_units.csv'), ...read('admin_units_neighbours.csv')];
  return {
    'units.json': lines(units.map((u) => [u.code, u.name, u.kind, u.parent_code, u.valid_from, u.valid_to])),
    'successors.json': lines(
      read('admin_unit_successors.csv').map((s) => [s.old_code, s.new_code, s.valid_from, s.extent]),
    ),
    'holidays.json': lines(
      read('vn_holidays.csv').map((d) => [d.date, d.name, d.kind, d.source, d.verified]),
    ),
  };
}

if (process.argv[1] === import.meta.filename)
  for (const [name, text] of Object.entries(generatedCatalogue()))
    writeFileSync(path.join(folder, 'data', name), text);
