import { withClient } from '../postgres.js';

const RECORDING_MS = 5_000;

/** Each message was sent once and is recorded so. @throws Error */
export async function verifyAttempts(connectionString: string, messages: number): Promise<void> {
  const deadline = performance.now() + RECORDING_MS;
  await withClient(connectionString, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ attempts: string }>(
        `select count(*) as attempts from event_store.events where type = 'WebhookAttempted'`,
      );
      const attempts = Number(rows[0]?.attempts);
      if (attempts === messages) return;
      if (performance.now() > deadline || attempts > messages) {
        throw new Error(`${messages} messages, ${attempts} attempts recorded`);
      }
    }
  });
}
