/** An entry of the history in sentences: what was done to which components, and what it changed. */
import { type Catalogue, paperStates } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { componentStates } from '../../../../shared/domain/action-rules.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import { type LocalDate, showDate } from '../../../../shared/lib/local-date.ts';
import { choiceLabel, named, t } from '../../../text/text.ts';
import { shortDate } from '../../../text/when.ts';
import { placeOf } from '../intake/jump.ts';
import { choiceWords } from './copy-model.ts';

type Entry = DossierDetail['history'][number];
type Change = Entry['changes'][number];

export interface Telling {
  readonly detail: Pick<DossierDetail, 'chain' | 'components' | 'linked'>;
  readonly catalogue: Catalogue;
  readonly today: LocalDate;
}

function shortOf({ components }: Telling['detail'], code: string): string {
  return components.find((c) => c.code === code)?.short ?? code;
}

/** Whose field, which component, paper or code a change is about. */
export function changeLabel({ detail, catalogue }: Telling, field: string): string {
  const [group, code = ''] = field.split(/[./](.*)/);
  switch (group) {
    case 'component':
      return shortOf(detail, code);
    case 'paper':
      return catalogue.requirements.find((r) => r.code === code)?.name ?? code;
    case 'code':
      return t('change.code', { name: codeName({ detail, catalogue }, code) });
    case 'entered':
      return catalogue.outsideSystems.find((s) => s.code === code)?.name ?? code;
    case 'link':
      return t('change.link');
    case 'file':
      return t('files.one');
    default:
      return placeOf(detail.chain, field);
  }
}

function codeName({ detail, catalogue }: Pick<Telling, 'detail' | 'catalogue'>, code: string): string {
  if (code === 'official') return t('change.official');
  const system = catalogue.outsideSystems.find((s) => s.code === code);
  return system ? system.name : shortOf(detail, code);
}

export function shownValue({ detail, catalogue }: Telling, field: string, value: string): string {
  if (value === '') return t('detail.history.blank');
  if (componentStates.some((s) => s === value) && field.startsWith('component/'))
    return named('state', value);
  if (paperStates.some((s) => s === value) && field.startsWith('paper.')) return named('paper', value);
  if (field === 'link.dossier') return detail.linked?.id === value ? detail.linked.code : value.slice(0, 8);
  const kind = fieldRule(detail.chain, field)?.kind;
  if (kind === 'choice') return choiceWords(catalogue, field, value);
  if (kind === 'flag') return choiceLabel(value);
  return kind === 'date' || kind === 'partial_date' ? showDate(value) : value;
}

/** Changes told one by one: states follow from the step itself, due days have their own sentence. */
export function plainChanges({ changes }: Entry): readonly Change[] {
  return changes.filter(({ field }) => !field.startsWith('component/') && !isDue(field));
}

function isDue(field: string): boolean {
  return field === 'due' || field.startsWith('due/');
}

/** "Hạn Thường trú: 26/11 → 27/11" */
export function dueChanges(telling: Telling, { changes }: Entry): readonly string[] {
  const day = (value: string) => (value === '' ? t('step.none') : shortDate(value, telling.today));
  return changes
    .filter(({ field }) => isDue(field))
    .map(({ field, before, after }) =>
      t('step.due', {
        name: field === 'due' ? t('step.chain') : shortOf(telling.detail, field.slice('due/'.length)),
        before: day(before),
        after: day(after),
      }),
    );
}

function transferWords({ to, receivedBy }: NonNullable<Entry['transfer']>): string {
  return receivedBy ? t('transfer.told.by', { to, name: receivedBy }) : t('transfer.told', { to });
}

const resolvedWords = { city: 'resolved.city', mine: 'resolved.mine', mixed: 'resolved.mixed' } as const;

/** Of a step: which components, when it happened, from where to where, what has to come until when. */
export function stepWords(telling: Telling, { step, transfer, resolves }: Entry): readonly string[] {
  if (transfer) return [transferWords(transfer)];
  if (resolves) return [t(resolvedWords[resolves.kept])];
  if (!step) return [];
  const { detail, catalogue, today } = telling;
  const group = catalogue.obstacles.find((o) => o.code === step.obstacle);
  const parts = [
    step.components.map((code) => shortOf(detail, code)).join(', '),
    t('step.on', { date: shortDate(step.on, today), time: step.time }),
    step.from ? t('step.from', { from: step.from }) : '',
    step.to ? t('step.to', { to: step.to }) : '',
    step.until ? t('step.until', { date: shortDate(step.until, today) }) : '',
    step.obstacle ? t('step.obstacle', { name: group?.name ?? step.obstacle }) : '',
  ];
  const items = step.items ?? [];
  return [
    parts.filter((part) => part !== '').join(' · '),
    ...(items.length > 0 ? [t('step.items', { items: items.join('; ') })] : []),
  ];
}

export function entryTitle({ verb, step }: Entry): string {
  return step ? named('act', step.action) : named('verb', verb);
}
