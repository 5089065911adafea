/** What this very step needs: reason, items, papers, agency, new day, codes, obstacle. */
import { type Catalogue, type PaperState, paperStates, validOn } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { supplementUntil } from '../../../../shared/domain/deadline.ts';
import { calendarOf, workingDaysBetween } from '../../../../shared/domain/working-days.ts';
import { type LocalDate, showDate } from '../../../../shared/lib/local-date.ts';
import type { ProblemCode } from '../../../../shared/problem.ts';
import { named, t } from '../../../text/text.ts';
import { shortDate } from '../../../text/when.ts';
import { type ChangeProps, goOn, Labelled } from './act-fields.tsx';
import { agencies, fieldsOfAct, type MissingPaper, readyReasons, unreadable } from './act-model.ts';
import { rulesOf } from './dossier-words.ts';
import { papersOf } from './papers-model.ts';

interface Props extends ChangeProps {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
  readonly missing: readonly MissingPaper[];
  readonly tried: boolean;
  /** What the rules miss; the field that it is about is marked. */
  readonly problem: ProblemCode | null;
  readonly today: LocalDate;
}

/** A ready wording puts its words into the field, where they can be edited; its code goes along for statistics. */
function ReasonFields({ detail, catalogue, form, tried, problem, onChange }: Props) {
  const ready = readyReasons(catalogue, form.action, detail.receivedOn);
  const bad = tried && problem === 'REASON_REQUIRED';
  return (
    <>
      {ready.length > 0 && (
        <Labelled label={t('act.reason.ready')}>
          {(id) => (
            <select
              id={id}
              className="input"
              data-dialog-start=""
              value={form.reasonCode}
              onKeyDown={goOn}
              onChange={(event) => {
                const reason = ready.find((r) => r.code === event.currentTarget.value);
                onChange({ reasonCode: reason?.code ?? '', reason: reason?.text ?? form.reason });
              }}
            >
              <option value="">{t('act.reason.own')}</option>
              {ready.map((r) => (
                <option key={r.code} value={r.code}>
                  {r.text}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <Labelled label={t('act.reason')}>
        {(id) => (
          <textarea
            id={id}
            className={bad ? 'input area bad' : 'input area'}
            rows={2}
            maxLength={300}
            value={form.reason}
            aria-invalid={bad}
            onChange={(event) => onChange({ reason: event.currentTarget.value })}
          />
        )}
      </Labelled>
    </>
  );
}

function Note({ form, onChange }: ChangeProps) {
  return (
    <Labelled label={t('act.reason.note')}>
      {(id) => (
        <input
          id={id}
          className="input"
          data-dialog-start=""
          maxLength={300}
          value={form.reason}
          autoComplete="off"
          onKeyDown={goOn}
          onChange={(event) => onChange({ reason: event.currentTarget.value })}
        />
      )}
    </Labelled>
  );
}

/** The missing papers of the chosen components, all ticked: one request names everything. */
function Items({ detail, missing, form, tried, problem, onChange }: Props) {
  const shown = missing.filter((p) => form.components.includes(p.component));
  const short = (code: string) => detail.components.find((c) => c.code === code)?.short ?? code;
  const bad = tried && problem === 'ITEMS_REQUIRED';
  return (
    <fieldset className="ticks">
      <legend className="strong">{t('act.items')}</legend>
      {shown.length === 0 && <p className="dim">{t('act.items.none')}</p>}
      {shown.map((paper, i) => {
        const checked = form.papers.includes(paper.code);
        const others = form.papers.filter((code) => code !== paper.code);
        return (
          <label className="tick-line" key={paper.code}>
            <input
              type="checkbox"
              data-dialog-start={i === 0 ? '' : undefined}
              checked={checked}
              onKeyDown={goOn}
              onChange={() => onChange({ papers: checked ? others : [...others, paper.code] })}
            />
            <span>
              {paper.todo} <span className="dim small">({short(paper.component)})</span>
            </span>
          </label>
        );
      })}
      <Labelled label={t('act.items.more')}>
        {(id) => (
          <textarea
            id={id}
            className={bad ? 'input area bad' : 'input area'}
            data-dialog-start={shown.length === 0 ? '' : undefined}
            rows={2}
            value={form.more}
            aria-invalid={bad}
            onChange={(event) => onChange({ more: event.currentTarget.value })}
          />
        )}
      </Labelled>
    </fieldset>
  );
}

/** The papers that were asked for, and those that are missing besides: each handed in as what, or not yet. */
function Papers({ detail, catalogue, form, onChange }: Props) {
  const lines = papersOf(catalogue, detail).filter(
    (line) => line.state === 'missing' || form.arrived[line.code] !== undefined,
  );
  if (lines.length === 0) return <p className="dim">{t('act.papers.none')}</p>;
  return (
    <fieldset className="ticks">
      <legend className="strong">{t('act.papers')}</legend>
      {lines.map(({ code, name }, i) => (
        <div className="row paper-arrived" key={code}>
          <label htmlFor={`arrived-${code}`} className="grow">
            {name}
          </label>
          <select
            id={`arrived-${code}`}
            className="input"
            data-dialog-start={i === 0 ? '' : undefined}
            value={form.arrived[code] ?? 'missing'}
            onKeyDown={goOn}
            onChange={(event) =>
              onChange({ arrived: withState(form.arrived, code, event.currentTarget.value) })
            }
          >
            {paperStates.map((state) => (
              <option key={state} value={state}>
                {state === 'missing' ? t('act.papers.notYet') : named('paper', state)}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  );
}

function withState(
  arrived: Readonly<Record<string, PaperState>>,
  code: string,
  value: string,
): Readonly<Record<string, PaperState>> {
  const state = paperStates.find((s) => s === value);
  const { [code]: _, ...others } = arrived;
  return state && state !== 'missing' ? { ...others, [code]: state } : others;
}

function Agency({
  detail,
  catalogue,
  form,
  tried,
  problem,
  today,
  onChange,
  side,
}: Props & { side: 'from' | 'to' }) {
  const bad = side === 'to' && tried && problem === 'AGENCY_REQUIRED';
  const label = side === 'from' ? t('act.from') : t(form.action === 'hand_over' ? 'act.to' : 'act.to.agency');
  return (
    <Labelled label={label}>
      {(id) => (
        <>
          <input
            id={id}
            className={bad ? 'input bad' : 'input'}
            data-dialog-start={side === 'from' || form.action === 'forward' ? '' : undefined}
            list={`${id}list`}
            maxLength={300}
            autoComplete="off"
            value={form[side]}
            aria-invalid={bad}
            onKeyDown={goOn}
            onChange={(event) =>
              onChange(
                side === 'to'
                  ? { to: event.currentTarget.value, toFollows: false }
                  : { from: event.currentTarget.value },
              )
            }
          />
          <datalist id={`${id}list`}>
            {agencies(catalogue, detail, today).map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Labelled>
  );
}

function NewDue({ detail, form, tried, problem, today, onChange }: Props) {
  const chosen = detail.components.filter((c) => form.components.includes(c.code) && c.due !== null);
  const dues = chosen.map((c) => `${c.short} ${shortDate(c.due ?? '', today)}`).join(', ');
  const unread = unreadable(form).includes('newDue');
  const bad = unread || (tried && (problem === 'NEW_DUE_REQUIRED' || problem === 'NEW_DUE_NOT_LATER'));
  return (
    <Labelled
      label={t('act.newDue')}
      say={unread ? t('act.date.bad', { example: showDate('2026-11-30') }) : undefined}
    >
      {(id) => (
        <div className="row">
          <input
            id={id}
            className={bad ? 'input date bad' : 'input date'}
            data-dialog-start=""
            inputMode="numeric"
            autoComplete="off"
            placeholder={t('form.dateHint')}
            value={form.newDue}
            aria-invalid={bad}
            onKeyDown={goOn}
            onChange={(event) => onChange({ newDue: event.currentTarget.value })}
          />
          <span className="dim">{t('act.newDue.old', { dues })}</span>
        </div>
      )}
    </Labelled>
  );
}

function Codes({ detail, form, onChange }: Props) {
  return detail.components
    .filter((c) => form.components.includes(c.code))
    .map((c, i) => (
      <Labelled key={c.code} label={t('act.code', { name: c.short })}>
        {(id) => (
          <input
            id={id}
            className="input"
            data-dialog-start={i === 0 ? '' : undefined}
            maxLength={300}
            autoComplete="off"
            spellCheck={false}
            placeholder={t('act.code.hint', { result: c.result })}
            value={form.codes[c.code] ?? ''}
            onKeyDown={goOn}
            onChange={(event) => onChange({ codes: { ...form.codes, [c.code]: event.currentTarget.value } })}
          />
        )}
      </Labelled>
    ));
}

function Obstacle({ detail, catalogue, form, tried, problem, onChange }: Props) {
  const bad = tried && problem === 'OBSTACLE_REQUIRED';
  return (
    <Labelled label={t('act.obstacle')}>
      {(id) => (
        <select
          id={id}
          className={bad ? 'input bad' : 'input'}
          data-dialog-start=""
          value={form.obstacle}
          aria-invalid={bad}
          onKeyDown={goOn}
          onChange={(event) => onChange({ obstacle: event.currentTarget.value })}
        >
          <option value="">{t('act.choose')}</option>
          {validOn(catalogue.obstacles, detail.receivedOn).map((group) => (
            <option key={group.code} value={group.code}>
              {group.name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** How long the citizen may still complete the papers before a refusal is due. */
function RefusalTime({ detail, catalogue, form, today }: Props) {
  const asked = detail.components.find((c) => form.components.includes(c.code) && c.state === 'supplement');
  const rules = rulesOf(catalogue, detail);
  const until = asked && rules ? supplementUntil(asked.askedOn, rules) : null;
  if (until === null || form.action !== 'refuse') return null;
  const date = shortDate(until, today);
  if (until < today) return <p className="ok strong">{t('act.refuse.over', { date })}</p>;
  const n = workingDaysBetween(today, until, calendarOf(catalogue));
  return <p className="warn-text strong">{t('act.refuse.left', { n, date })}</p>;
}

export function ActNeeds(props: Props) {
  const asks = fieldsOfAct(props.form.action);
  return (
    <>
      <RefusalTime {...props} />
      {asks.includes('items') && <Items {...props} />}
      {asks.includes('papers') && <Papers {...props} />}
      {asks.includes('from') && <Agency {...props} side="from" />}
      {asks.includes('to') && <Agency {...props} side="to" />}
      {asks.includes('newDue') && <NewDue {...props} />}
      {asks.includes('codes') && <Codes {...props} />}
      {asks.includes('obstacle') && <Obstacle {...props} />}
      {asks.includes('reason') && <ReasonFields {...props} />}
      {asks.includes('note') && <Note {...props} />}
    </>
  );
}
