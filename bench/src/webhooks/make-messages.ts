import { Child } from '../harness/child.js';
import type { Bench } from '../harness/experiment.js';
import { type Installation, productEnvironment } from '../product/product-process.js';

/** Cancels every generation there is and makes what that tells. @returns how many generations there were */
export async function makeMessages(bench: Bench, installation: Installation): Promise<number> {
  const { child } = await Child.start<object, { messages: number }>(
    'webhooks/message-maker-program',
    { place: 'anywhere', pinning: bench.pinning, env: productEnvironment(installation) },
  );
  const made = await child.ask({}, 600_000);
  await child.stop();
  return made.messages;
}
