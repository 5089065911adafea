/** Where a record stands between this machine and the city, in words and colour together. */
import type { Delivery } from '../../shared/contract/ipc/common.ts';
import { codeSentence, t } from '../text/text.ts';

const tones = {
  waiting: 'warn-text',
  received: 'ok',
  returned: 'bad-text',
  conflict: 'bad-text',
  held: 'warn-text',
} as const;

export function deliveryText(delivery: Delivery): string {
  if (delivery.state !== 'received') return t(`delivery.${delivery.state}`);
  return delivery.receipt
    ? t('delivery.received', { receipt: shortReceipt(delivery.receipt) })
    : t('delivery.received.plain');
}

/** The first four characters say it at a glance; the receipt itself carries the whole. */
export function shortReceipt(receipt: string): string {
  return receipt.slice(0, 4).toUpperCase();
}

export function DeliveryWord({ delivery }: { readonly delivery: Delivery }) {
  const text = deliveryText(delivery);
  return (
    <span className={tones[delivery.state]} title={delivery.code ? codeSentence(delivery.code) : text}>
      {text}
    </span>
  );
}
