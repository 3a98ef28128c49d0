import { runServiceProcess } from '@parta/platform-rpc';
import { curriculumService } from './curriculum.js';

await runServiceProcess(curriculumService());
