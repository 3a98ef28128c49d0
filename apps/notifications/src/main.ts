import { runServiceProcess } from '@parta/platform-rpc';
import { notificationsConfig } from './notifications.config.js';
import { notificationsService } from './notifications.js';

await runServiceProcess(notificationsService(notificationsConfig(process.env)));
