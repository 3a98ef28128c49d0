import { runServiceProcess } from '@parta/platform-rpc';
import { journalService } from './journal.js';

await runServiceProcess(journalService());
