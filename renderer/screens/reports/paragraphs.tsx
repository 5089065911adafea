/** The ready sentences of the monthly report, to be copied into it. */
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';

interface Props {
  readonly paragraphs: readonly string[];
  /** Absent = nothing to copy. */
  readonly onCopy?: () => void;
}

export function Paragraphs({ paragraphs, onCopy }: Props) {
  if (paragraphs.length === 0) return <p className="empty">{t('report.paragraphs.none')}</p>;
  return (
    <div className="stack report-text">
      {onCopy && (
        <div className="row">
          <Button keys="L" onClick={onCopy}>
            {t('report.copy.paragraph')}
          </Button>
        </div>
      )}
      {paragraphs.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}
