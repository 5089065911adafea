/** A part of the page that scrolls: it has a name and takes the focus, so that keys can scroll it. */
import type { ReactNode, Ref } from 'react';

interface Props {
  readonly label: string;
  readonly className?: string;
  /** The focus comes here when the room is entered. */
  readonly start?: boolean;
  readonly ref?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}

export function ScrollRegion({ label, className = 'scroll', start = false, ref, children }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and a section would be a landmark
    <div
      ref={ref}
      className={className}
      role="group"
      aria-label={label}
      data-start={start ? '' : undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </div>
  );
}
