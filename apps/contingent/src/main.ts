import { runServiceProcess } from '@parta/platform-rpc';
import { configFrom } from './contingent.config.js';
import { contingentService } from './contingent.js';

await runServiceProcess(contingentService(configFrom(process.env)));
