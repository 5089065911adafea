/** A button with its word and, where there is one, its key. */
import type { ComponentProps } from 'react';

type Props = ComponentProps<'button'> & {
  readonly look?: 'primary' | 'danger' | 'tiny';
  readonly keys?: string;
};

/** The key is shown, not read out: it is told by aria-keyshortcuts, the accessible name stays the word. */
export function Button({ look, keys, children, className, type = 'button', ...rest }: Props) {
  return (
    <button
      type={type}
      className={['btn', look, className].filter(Boolean).join(' ')}
      {...(keys && { 'aria-keyshortcuts': keys.replaceAll(' ', '') })}
      {...rest}
    >
      {children}
      {keys && (
        <span className="key" aria-hidden="true">
          {keys}
        </span>
      )}
    </button>
  );
}
