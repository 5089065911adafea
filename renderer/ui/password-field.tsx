/** A password: shown on request, and a word where Caps Lock is on. What is typed stays in this field alone. */
import { type KeyboardEvent, useState } from 'react';
import { PlainField } from './plain-field.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly words: { readonly show: string; readonly caps: string };
  readonly shown: boolean;
  /** Absent: shown together with another field. */
  readonly onShow?: (shown: boolean) => void;
  readonly autoFocus?: boolean;
  readonly bad?: boolean;
  readonly name: string;
  readonly pin?: boolean;
  readonly disabled?: boolean;
}

export function PasswordField({ words, shown, onShow, bad = false, pin = false, ...rest }: Props) {
  const [caps, setCaps] = useState(false);
  const onKey = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to what Caps Lock is while the field is typed in
    <div className="stack password" onKeyDown={onKey} onKeyUp={onKey}>
      <PlainField
        {...rest}
        type={shown ? 'text' : 'password'}
        maxLength={200}
        aria-invalid={bad}
        {...(pin && { inputMode: 'numeric' })}
      />
      {caps && (
        <p className="warn-text" role="status">
          {words.caps}
        </p>
      )}
      {onShow && (
        <label className="row">
          <input type="checkbox" checked={shown} onChange={(e) => onShow(e.currentTarget.checked)} />
          {words.show}
        </label>
      )}
    </div>
  );
}
