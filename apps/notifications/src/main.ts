import { runServiceProcess } from '@parta/platform-rpc';
import { notificationsService } from './notifications.js';

await runServiceProcess(notificationsService());
