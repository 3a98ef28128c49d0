import i18next from 'i18next';

/** A short word that something was done. The code for it comes with the first one: most visits need none. */
export async function notify(message: string): Promise<void> {
  const { showNotification } = await import('./notification-host');
  showNotification(message, i18next.t('close'));
}
