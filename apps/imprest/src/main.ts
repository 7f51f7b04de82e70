import { endProcess, explain, loadConfig, untilSignal } from '@imprest/platform';
import { banner } from './banner.js';
import { startImprest } from './imprest.js';

try {
  const running = await startImprest(loadConfig());
  console.log(banner(running, performance.now()));
  const lost = running.infrastructure.lost.then(() => 'lost' as const);
  const reason = await Promise.race([untilSignal(), lost]);
  if (reason === 'lost') {
    console.error('The embedded PostgreSQL has ended by itself; stopping.');
    await running.stop().catch(() => undefined);
    process.exit(1);
  }
  console.log('Stopping: finishing what is under way …');
  await endProcess('imprest', async () => {
    await running.stop();
    console.log('Stopped.');
  });
} catch (error) {
  console.error(`Imprest cannot start: ${explain(error)}`);
  process.exit(1);
}
