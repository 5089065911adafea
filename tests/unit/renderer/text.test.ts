// Every key that is made at run time has its words, and no visible Vietnamese stands outside renderer/text.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { vi } from '../../../renderer/text/vi.ts';
import { paperStates } from '../../../shared/catalogue/law.ts';
import { listOrders, listStates } from '../../../shared/contract/ipc/dossier.ts';
import { accessActions } from '../../../shared/domain/access.ts';
import { findingKinds } from '../../../shared/domain/access-chain.ts';
import { actions, componentStates, portalCode } from '../../../shared/domain/action-rules.ts';
import { channels } from '../../../shared/domain/dossier.ts';
import { forms } from '../../../shared/domain/dossier-form.ts';
import { formPeople } from '../../../shared/domain/form-people.ts';
import { exportKinds } from '../../../shared/domain/person-request.ts';
import { readOnlyReasons } from '../../../shared/domain/read-only.ts';
import { keptReasons } from '../../../shared/domain/retention.ts';
import { timeClasses } from '../../../shared/domain/time-class.ts';
import { eventVerbs, roles } from '../../../shared/domain/verbs.ts';
import { verdictKinds } from '../../../shared/domain/verdict.ts';

const fields = Object.values(forms).flatMap((sections) => sections.flatMap((s) => s.fields));
const keys = [
  ...Object.values(formPeople).flatMap((places) => places.map(({ role }) => `person.role.${role}`)),
  ...exportKinds.map((what) => `person.export.${what}`),
  ...Object.values(forms).flatMap((sections) => sections.map((s) => `section.${s.key}`)),
  ...fields.map((f) => `field.${f.key}`),
  ...fields.flatMap((f) => (f.choices ?? []).map((c) => `choice.${c}`)),
  ...channels.map((c) => `choice.${c}`),
  ...componentStates.flatMap((s) => [`state.${s}`, `portal.${portalCode[s]}`]),
  ...timeClasses.map((c) => `time.${c}`),
  ...actions.map((a) => `act.${a}`),
  ...paperStates.map((s) => `paper.${s}`),
  ...listStates.map((s) => `filter.state.${s}`),
  ...listOrders.map((o) => `filter.order.${o}`),
  ...['supplement', 'elsewhere', 'toGive'].flatMap((k) => [`today.${k}`, `today.${k}.none`]),
  ...['birth', 'death'].map((chain) => `linked.${chain}`),
  ...eventVerbs.map((v) => `verb.${v}`),
  ...accessActions.map((a) => `access.do.${a}`),
  ...findingKinds.map((k) => `access.found.${k}`),
  ...roles.map((r) => `role.${r}`),
  ...readOnlyReasons.map((r) => `readOnly.${r}`),
  ...keptReasons.map((r) => `retention.kept.${r}`),
  ...verdictKinds.map((v) => `verdict.${v}`),
  ...[0, 1, 2, 3, 4, 5, 6].flatMap((d) => [`day.${d}`, `day.short.${d}`]),
];

test('every hint is of a field or of a kind of field', () => {
  const places = new Set(fields.flatMap((f): string[] => [f.key, f.kind]));
  const hints = Object.keys(vi).filter((key) => key.startsWith('hint.'));
  expect(hints.filter((key) => !places.has(key.slice('hint.'.length)))).toEqual([]);
});

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
      /^(field|section|choice|hint|verb|role|verdict|component|outcome|chain|room|delivery|day|filter|settings\.tab|catalogue\.(group|col|unit)|dayKind|weight|reasonUse|sync\.(tab|empty|phase|recovered)|attention\.(care|todo)|why|causes\.avoid|report\.(window|tree|tab|key|copied|export)|import\.(weight|role)|imports\.left|counts\.(part|status|standing|late|locked|sign|told|step|export\.(wide|long))|intake\.holder|sending\.(alone|road\.proxy)|backup\.(reason|where)|recovery|retention\.kept|lamp\.(title|about)|access\.(do|fact|guard|paper|subject|table|found))\./;
    const code = screens
      .concat(sources.filter((f) => /^text.(text|when)\.ts$/.test(f)))
      .map(read)
      .join('\n');
    const unused = Object.keys(vi).filter(
      (key) =>
        !keys.includes(key) && !made.test(key) && !code.includes(`'${key}'`) && !code.includes(`"${key}"`),
    );
    expect(unused).toEqual([]);
  });
});
