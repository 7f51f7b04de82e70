/** Asks for a picture, polls until it is made, saves it as lighthouse.png, and repeats the order without paying again. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { IMPREST_BASE_URL: base, IMPREST_API_KEY: key, POLL_SECONDS = '5' } = process.env;
const order = `lighthouse-${randomUUID()}`;

interface Generation {
  readonly requestId: string;
  readonly status: 'queued' | 'processing' | 'succeeded' | 'failed' | 'expired';
  readonly pollUrl: string;
  readonly images?: readonly { readonly url: string }[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly cost: { readonly xTokens: number; readonly refunded: number };
}

async function call(url: string, request: RequestInit = {}): Promise<Generation> {
  const headers = { Authorization: `Bearer ${key}`, ...request.headers };
  const answer = await fetch(url, { ...request, headers });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Generation;
}

const ask = () =>
  call(`${base}/v1/generations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': order },
    body: JSON.stringify({
      endUserEmail: 'ada@example.com',
      prompt: 'A lighthouse in a storm',
      size: '1900x1900',
    }),
  });

const receipt = await ask();
let record = await call(receipt.pollUrl);
while (record.status === 'queued' || record.status === 'processing') {
  await sleep(Number(POLL_SECONDS) * 1000);
  record = await call(receipt.pollUrl);
}
const [image] = record.images ?? [];
if (image === undefined) throw new Error(`${record.status}: ${record.error?.message}`);

const picture = await fetch(image.url);
await writeFile('lighthouse.png', new Uint8Array(await picture.arrayBuffer()));
console.log('saved lighthouse.png');
console.log(`cost ${record.cost.xTokens}, refunded ${record.cost.refunded}`);
const again = await ask();
if (again.requestId === receipt.requestId) console.log('repeated: the same generation');
