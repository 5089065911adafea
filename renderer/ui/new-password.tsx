/** A new password, typed twice, with what is wrong with it while it is typed. */
import { useState } from 'react';
import { type PasswordFault, passwordFault, passwordText } from '../../shared/domain/sign-in.ts';
import { t } from '../text/text.ts';
import type { TextKey } from '../text/vi.ts';
import { PasswordField } from './password-field.tsx';

export interface NewPassword {
  readonly first: string;
  readonly again: string;
}
const faultText = {
  short: 'passwordFault.short',
  few: 'passwordFault.few',
  common: 'passwordFault.common',
  name: 'passwordFault.name',
} as const satisfies Record<PasswordFault, TextKey>;
export const noPassword: NewPassword = { first: '', again: '' };

/** Null = it will do. */
export function newPasswordFault({ first, again }: NewPassword, names: readonly string[]): string | null {
  const fault = passwordFault(first, names);
  if (fault) return t(faultText[fault]);
  return passwordText(first) === passwordText(again) ? null : t('choose.differs');
}

interface Props {
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
  readonly names: readonly string[];
  /** Somebody tried to go on: now everything that is missing is told. */
  readonly asked: boolean;
  readonly autoFocus?: boolean;
}

export function NewPasswordFields({ value, onChange, names, asked, autoFocus = false }: Props) {
  const [shown, setShown] = useState(false);
  const fault = newPasswordFault(value, names);
  const told = asked || (value.first !== '' && value.again !== '');
  const words = { show: t('signIn.show'), caps: t('signIn.caps') };
  return (
    <>
      <PasswordField
        name="first"
        label={t('choose.new')}
        value={value.first}
        onChange={(first) => onChange({ ...value, first })}
        words={words}
        shown={shown}
        autoFocus={autoFocus}
        bad={told && passwordFault(value.first, names) !== null}
      />
      <p className="dim">
        {t('choose.rule')} {t('choose.typing')}
      </p>
      <PasswordField
        name="again"
        label={t('choose.again')}
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
        words={words}
        shown={shown}
        onShow={setShown}
        bad={told && fault === t('choose.differs')}
      />
      {told && fault && (
        <p className="warn-text" role="status">
          {fault}
        </p>
      )}
    </>
  );
}
