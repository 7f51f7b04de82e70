import { runService } from '@imprest/platform';
import { LedgerModule } from './ledger.module.js';

await runService('ledger', [LedgerModule]);
