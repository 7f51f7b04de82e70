import 'reflect-metadata';
import { ApiModule } from '@imprest/api';
import { LedgerModule } from '@imprest/ledger';
import { OrchestratorModule } from '@imprest/orchestrator';
import { loadConfig, runProcess } from '@imprest/platform';
import { WebhooksModule } from '@imprest/webhooks';
import { serve } from '../harness/serve.js';
import type { Part, ProductAnswer, ProductCommand } from './product-process.js';
import { Profiler } from './profiler.js';
import { submitLoop } from './submit-loop.js';

const modules = {
  api: ApiModule,
  ledger: LedgerModule,
  orchestrator: OrchestratorModule,
  webhooks: WebhooksModule,
};
const parts = (process.env.BENCH_PARTS ?? '').split(' ') as Part[];
const running = await runProcess(
  loadConfig(),
  parts.map((part) => modules[part]),
);

const port = Number(new URL(running.url).port);
const profiler = new Profiler();

serve<ProductCommand, ProductAnswer>(
  { port },
  async (command) => {
    if ('submit' in command) return submitLoop(running, command.submit);
    const { profile } = command;
    if (profile === 'start') await profiler.start();
    else await profiler.write(profile);
    return { port };
  },
  running.stop,
);
