/** What the city did not take: one card for each reason, with what to do, whom to ask, and the items beneath. */
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { factOn } from '../../../shared/catalogue/law.ts';
import type { AttentionCard } from '../../../shared/contract/ipc/attention.ts';
import type { SyncItem } from '../../../shared/contract/ipc/sync.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useCards, useOpenItems } from '../../data/attention.ts';
import { useCatalogue } from '../../data/catalogue.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { fieldsNamed } from '../../ui/came-back.ts';
import { whyWords } from '../../ui/causes.tsx';
import { fieldWords } from '../../ui/field-words.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { type Care, careOf, hasVersions, inOrder, isMendedInForm, todoWords } from './attention-model.ts';
import { figuresWritten } from './items.tsx';
import { ManyDialog } from './many-dialog.tsx';
import { useOpenItem } from './use-open-item.ts';

const FIRST_SHOWN = 5;
const tones: Readonly<Record<Care, 'bad' | 'warn' | 'blue'>> = {
  ...{ mend: 'bad', choose: 'bad', ask: 'bad', support: 'bad', wait: 'warn' },
};

/** Whom to ask at the city: a row of the catalogue that the office can correct. */
function Contact() {
  const { today } = useSession();
  const fact = factOn(useCatalogue(), 'reception.citySupport', today);
  if (!fact?.value) return null;
  return (
    <>
      {' '}
      {t('attention.contact', { contact: fact.value })}
      {!fact.verified && <span className="word warn contact">{t('attention.contact.unverified')}</span>}
    </>
  );
}

function buttonWords(item: SyncItem): string {
  if (hasVersions(item)) return t('attention.choose');
  const isMended =
    item.delivery.state === 'returned' && (isMendedInForm(item) || item.subject.kind !== 'dossier');
  return t(isMended ? 'action.fix' : 'attention.open');
}

function Line({ item, first }: { readonly item: SyncItem; readonly first: boolean }) {
  const open = useOpenItem();
  const { today } = useSession();
  const fields = fieldsNamed(item.delivery).map(fieldWords).join(', ');
  const facts = [
    named('verb', item.verb),
    item.subject.kind === 'dossier' ? item.code : '',
    moment(item.at, today),
  ];
  const words = buttonWords(item);
  return (
    <li className="row attention-item">
      <div className="grow">
        <span className="strong">{item.title}</span>
        <span className="dim"> · {facts.filter(Boolean).join(' · ')}</span>
        {fields !== '' && <div className="bad-text">{t('attention.fields', { fields })}</div>}
        {item.cells.length > 0 && <div>{t('returned.wrote', { figures: figuresWritten(item.cells) })}</div>}
      </div>
      <Button
        look="tiny"
        data-item=""
        data-start={first ? 'first' : undefined}
        aria-label={`${words}: ${item.title}`}
        onClick={() => open(item, true)}
      >
        {words}
      </Button>
    </li>
  );
}

interface LinesProps {
  readonly card: AttentionCard;
  readonly first: boolean;
  readonly children: ReactNode;
}

function Lines({ card, first, children }: LinesProps) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useOpenItems(card);
  const [shown, setShown] = useState(FIRST_SHOWN);
  if (error) return <ProblemNote problem={asProblem(error, 'attention.items')} />;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const left = card.total - Math.min(shown, items.length);
  const more = () => {
    setShown(Number.POSITIVE_INFINITY);
    if (shown > FIRST_SHOWN && hasNextPage) void fetchNextPage();
  };
  return (
    <>
      <ul>
        {items.slice(0, shown).map((item, i) => (
          <Line key={item.eventId} item={item} first={first && i === 0} />
        ))}
      </ul>
      <div className="row">
        {data && left > 0 && (
          <Button look="tiny" data-item="" disabled={isFetchingNextPage} onClick={more}>
            {t('attention.more', { n: showCount(left) })}
          </Button>
        )}
        {children}
      </div>
    </>
  );
}

function Card({ card, first }: { readonly card: AttentionCard; readonly first: boolean }) {
  const { today } = useSession();
  const [many, setMany] = useState(false);
  const care = careOf(card);
  const id = `care-${card.state}-${card.code}`;
  return (
    <section className={`card attention ${tones[care]}`} aria-labelledby={id}>
      <div className="row wrap">
        <h3 id={id}>{whyWords(card.code)}</h3>
        <span className={`word ${tones[care]}`}>{t('attention.count', { n: showCount(card.total) })}</span>
        <span className="dim">{t(`attention.care.${care}`)}</span>
        {card.code !== '' && <span className="code end">{card.code}</span>}
      </div>
      <p>
        {todoWords(card)}
        {(care === 'support' || care === 'ask') && <Contact />}
      </p>
      <Lines card={card} first={first}>
        {care === 'choose' && card.total > 1 && (
          <Button look="tiny" data-item="" onClick={() => setMany(true)}>
            {t('conflict.many')}
          </Button>
        )}
        <span className="dim small">{t('attention.since', { when: moment(card.since, today) })}</span>
      </Lines>
      {many && <ManyDialog card={card} onClose={() => setMany(false)} />}
    </section>
  );
}

/** Up and down go from button to button, over the cards. */
function onKeys(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || document.querySelector('dialog[open]')) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-item]:not(:disabled)')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const next = buttons[at < 0 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function Attention() {
  const { data, error } = useCards();
  if (error) return <ProblemNote problem={asProblem(error, 'attention.cards')} />;
  if (!data) return null;
  if (data.length === 0) return <p className="empty">{t('attention.none')}</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows only move the focus between the buttons inside
    <div className="attention-list" onKeyDown={onKeys}>
      {inOrder(data).map((card, i) => (
        <Card key={`${card.state} ${card.code}`} card={card} first={i === 0} />
      ))}
      <p className="dim">{t('attention.keep')}</p>
    </div>
  );
}
