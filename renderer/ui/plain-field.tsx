/** A labelled line of text. */
import { type ComponentProps, useEffect, useId, useRef } from 'react';

type Props = Omit<ComponentProps<'input'>, 'onChange'> & {
  readonly label: string;
  readonly onChange: (text: string) => void;
};

export function PlainField({ label, onChange, autoFocus = false, ...rest }: Props) {
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) ref.current?.focus();
  }, [autoFocus]);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={ref}
        id={id}
        className={rest['aria-invalid'] ? 'input bad' : 'input'}
        autoComplete="off"
        spellCheck={false}
        {...rest}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
