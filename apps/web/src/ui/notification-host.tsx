import '@mantine/notifications/styles.css';
import { Notifications, notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { mountHost } from './notification-slot';

let isMounted = false;

export function showNotification(message: string, closeLabel: string): void {
  if (!isMounted) {
    isMounted = true;
    mountHost(<Notifications position="bottom-right" autoClose={6000} />);
  }
  notifications.show({
    message,
    color: 'green.9',
    icon: <IconCheck size={18} aria-hidden />,
    role: 'status',
    closeButtonProps: { 'aria-label': closeLabel },
  });
}
