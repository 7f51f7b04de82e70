import { runService } from '@imprest/platform';
import { ApiModule } from './api.module.js';

await runService('api', [ApiModule]);
