import { endProcess, explain, giveUp, loadConfig, untilSignal } from '@imprest/platform';
import { banner } from './banner.js';
import { consoleLink } from './console-link.js';
import { startImprest } from './imprest.js';

try {
  const running = await startImprest(loadConfig());
  console.log(banner(running, performance.now(), await consoleLink(running)));
  const lost = running.infrastructure.lost.then((reason) => new Error(reason));
  const why = await Promise.race([untilSignal(), lost]);
  if (why instanceof Error) await giveUp('imprest', running, why.message);
  console.log('Stopping: finishing what is under way …');
  await endProcess('imprest', async () => {
    await running.stop();
    console.log('Stopped.');
  });
} catch (error) {
  console.error(`Imprest cannot start: ${explain(error)}`);
  process.exit(1);
}
