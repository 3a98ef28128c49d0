import { runServiceProcess } from '@parta/platform-rpc';
import { identityConfig } from './identity.config.js';
import { identityService } from './identity.js';

await runServiceProcess(identityService(identityConfig(process.env)));
