import { runService } from '@imprest/platform';
import { OrchestratorModule } from './orchestrator.module.js';

await runService('orchestrator', [OrchestratorModule]);
