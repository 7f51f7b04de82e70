import { generationStream, WebhookMessageCreator } from '@imprest/application';
import { streamCategory, streamId } from '@imprest/event-catalogue';
import { createInfrastructure, loadConfig } from '@imprest/platform';
import { serve } from '../harness/serve.js';

const context = {
  correlationId: 'bench',
  causationId: 'bench',
  actor: { kind: 'system', id: 'bench' },
} as const;

/**
 * Ends every generation by cancelling it and makes its webhook message, so that all messages are due
 * before the first one is sent. The deliverer's own process then finds nothing left to make.
 */
async function makeMessages(): Promise<{ messages: number }> {
  const { eventStore, runner, webhookQueue, endpointTraffic, checkpoints, close } =
    await createInfrastructure(loadConfig());
  const creator = new WebhookMessageCreator(runner, eventStore, webhookQueue, endpointTraffic);
  const categories = creator.categories;
  for await (const page of eventStore.readAll({ after: 0n, categories })) {
    await Promise.all(
      page.map(({ stream }) => {
        if (streamCategory(stream) !== 'generation') return undefined;
        const command = { type: 'CancelGeneration', reason: 'bench' } as const;
        return runner.run(generationStream, streamId(stream), command, context);
      }),
    );
  }
  let messages = 0;
  for await (const page of eventStore.readAll({ after: 0n, categories })) {
    await Promise.all(page.map((event) => creator.react(event)));
    await creator.flush();
    messages += page.filter(({ type }) => type === 'GenerationCancelled').length;
  }
  await checkpoints.save(creator.name, await eventStore.head());
  await close();
  return { messages };
}

serve<object, { messages: number }>({ messages: 0 }, makeMessages);
