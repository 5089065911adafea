/** A short word on what was done: it stands over the lamps of the status bar, never over a button, and the newest one only. */
import { notifications } from '@mantine/notifications';

export function notice(message: string): void {
  notifications.cleanQueue();
  notifications.clean();
  notifications.show({ message });
}
