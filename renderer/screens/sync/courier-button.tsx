/** The road by USB stick, from the head of the room. */
import { useState } from 'react';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { CourierDialog } from './courier-dialog.tsx';

export function CourierButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('courier.open')}</Button>
      {isOpen && <CourierDialog onClose={() => setOpen(false)} />}
    </>
  );
}
