/** The official client of OpenAI with another base URL: waits for a picture, saves it, and repeats the order without paying again. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import OpenAI from 'openai';

const { IMPREST_BASE_URL: base, IMPREST_API_KEY: apiKey } = process.env;
const openai = new OpenAI({ baseURL: `${base}/v1`, apiKey });

// The client repeats by itself what may pass; under this key a repeat costs nothing.
const headers = { 'Idempotency-Key': `boat-${randomUUID()}` };
const paint = () =>
  openai.images.generate(
    { model: 'xSD4.5', prompt: 'A paper boat on a pond', size: '1024x1024' },
    { headers },
  );

const { created, data = [], ...more } = await paint();
const [image] = data;
if (image?.url === undefined) throw new Error('the work goes on: ask again under the same key');
await writeFile('boat.png', Buffer.from(await (await fetch(image.url)).arrayBuffer()));
console.log('saved boat.png');
console.log('cost', JSON.stringify((more as { cost?: object }).cost));
if ((await paint()).created === created) console.log('repeated: the same picture');
