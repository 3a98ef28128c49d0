import { runServiceProcess } from '@parta/platform-rpc';
import { reportingService } from './reporting.js';

await runServiceProcess(reportingService());
