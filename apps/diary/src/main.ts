import { runServiceProcess } from '@parta/platform-rpc';
import { diaryService } from './diary.js';

await runServiceProcess(diaryService());
