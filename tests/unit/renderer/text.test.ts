// Every key that is made at run time has its words, and no visible Vietnamese stands outside renderer/text.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { vi } from '../../../renderer/text/vi.ts';
import { channels, componentOutcomes } from '../../../shared/domain/dossier.ts';
import { forms } from '../../../shared/domain/dossier-form.ts';
import { eventVerbs, roles } from '../../../shared/domain/verbs.ts';
import { verdictKinds } from '../../../shared/domain/verdict.ts';

const fields = Object.values(forms).flatMap((sections) => sections.flatMap((s) => s.fields));
const keys = [
  ...Object.values(forms).flatMap((sections) => sections.map((s) => `section.${s.key}`)),
  ...fields.map((f) => `field.${f.key}`),
  ...fields.flatMap((f) => (f.choices ?? []).map((c) => `choice.${c}`)),
  ...channels.map((c) => `choice.${c}`),
  ...componentOutcomes.map((o) => `component.${o}`),
  ...eventVerbs.map((v) => `verb.${v}`),
  ...roles.map((r) => `role.${r}`),
  ...verdictKinds.map((v) => `verdict.${v}`),
  ...[0, 1, 2, 3, 4, 5, 6].flatMap((d) => [`day.${d}`, `day.short.${d}`]),
];

test.each([...new Set(keys)])('%s has words', (key) => {
  expect(Object.hasOwn(vi, key)).toBe(true);
});

const root = path.resolve(import.meta.dirname, '../../../renderer');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f));
const withoutComments = (code: string) =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const screens = sources.filter((f) => !f.startsWith('text'));

describe('words live in renderer/text', () => {
  test.each(screens)('%s holds no Vietnamese literal', (file) => {
    expect(
      withoutComments(read(file)).match(
        /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/giu,
      ),
    ).toBeNull();
  });
  test('every text is used somewhere', () => {
    const made =
      /^(field|section|choice|verb|role|verdict|component|outcome|chain|room|delivery|day|filter|sync\.tab|sync\.empty|report\.export|import\.weight)\./;
    const code = screens
      .concat(sources.filter((f) => /^text.(text|when)\.ts$/.test(f)))
      .map(read)
      .join('\n');
    const unused = Object.keys(vi).filter(
      (key) => !made.test(key) && !code.includes(`'${key}'`) && !code.includes(`"${key}"`),
    );
    expect(unused).toEqual([]);
  });
});
