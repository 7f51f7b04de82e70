/** The same as typescript.ts with @imprest/sdk, which waits, repeats safely and knows the errors. */
import { writeFile } from 'node:fs/promises';
import { Imprest, InsufficientBalanceError } from '@imprest/sdk';

const { IMPREST_BASE_URL: baseUrl = '', IMPREST_API_KEY: apiKey = '' } = process.env;
const imprest = new Imprest({ baseUrl, apiKey });
const order = { idempotencyKey: `lighthouse-${crypto.randomUUID()}` };
const request = {
  endUserEmail: 'ada@example.com',
  prompt: 'A lighthouse in a storm',
  size: '1900x1900',
};

try {
  const record = await imprest.generations.run(request, order);
  const [image] = record.images ?? [];
  if (image === undefined || !('url' in image)) throw new Error(record.error?.message);
  await writeFile('lighthouse.png', Buffer.from(await (await fetch(image.url)).arrayBuffer()));
  console.log('saved lighthouse.png');
  console.log(`cost ${record.cost.xTokens}, refunded ${record.cost.refunded}`);

  const again = await imprest.generations.create(request, order);
  if (again.requestId === record.requestId) console.log('repeated: the same generation');
} catch (error) {
  if (!(error instanceof InsufficientBalanceError)) throw error;
  console.error(`it costs ${error.required} tokens, ${error.balance} are left`);
}
