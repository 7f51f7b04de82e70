import { randomUUID } from 'node:crypto';
import { serve } from '../harness/serve.js';
import { RowBatcher } from '../programs/row-batcher.js';
import { type SendAnswer, type SendCommand, sendAll } from './send-loop.js';
import { SignedPost } from './signed-post.js';

/** As much as the fact of an attempt says, with its envelope. */
const ATTEMPTED = JSON.stringify({
  ...{ attempt: 1, outcome: 'delivered', status: 200, error: null, durationMs: 12 },
  endpointId: 'whe_47a7g9mdzs0f0ahn4xzfx7r6z0',
  attemptedAt: '2026-01-15T09:00:00.000Z',
});
const ENVELOPE = JSON.stringify({
  correlationId: 'req_47a7g9mdzs0f0ahn4xzfx7r6z0',
  causationId: '0190b1c7-9f00-7000-8000-000000000000',
  occurredAt: '2026-01-15T09:00:00.000Z',
  actor: { kind: 'system', id: 'webhook-deliverer' },
});

/** Signed posts of which each leaves one durable row, many in one commit: the least that a record can cost. */
serve<SendCommand, SendAnswer>({ sent: 0 }, async (command) => {
  const rows = await RowBatcher.connect(process.env.DATABASE_URL as string);
  const post = new SignedPost(command);
  const sent = await sendAll(command, async (body) => {
    const status = await post.send(body);
    await rows.insert({ id: randomUUID(), data: ATTEMPTED, metadata: ENVELOPE });
    return status;
  });
  await post.close();
  return sent;
});
