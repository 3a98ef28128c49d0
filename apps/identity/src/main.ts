import { runServiceProcess, settingsOfProcess } from '@parta/platform-rpc';
import { identityConfig } from './identity.config.js';
import { identityService } from './identity.js';

await runServiceProcess(identityService(identityConfig(settingsOfProcess('identity'))));
