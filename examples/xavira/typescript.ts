/** Makes a character, asks for a picture of it, saves portrait.jpg, and repeats the order without paying again. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { IMPREST_BASE_URL, IMPREST_API_KEY, POLL_SECONDS = '2' } = process.env;

interface Character {
  readonly character_id: string;
}

interface Generation {
  readonly generation_id: string;
  readonly status: 'queued' | 'processing' | 'completed' | 'failed';
  readonly output_url: string | null;
  readonly enhanced_prompt: string;
  readonly cost_credits: number;
}

async function get<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = { ...init.headers, authorization: `Bearer ${IMPREST_API_KEY}` };
  const answer = await fetch(`${IMPREST_BASE_URL}/v1/${path}`, { ...init, headers });
  const body = JSON.parse(await answer.text());
  if (!answer.ok) throw new Error(`${body.error.code}: ${body.error.message}`);
  return body;
}

const post = <T>(path: string, body: object, order: string): Promise<T> =>
  get(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': order },
    body: JSON.stringify(body),
  });

const mira = { model_id: 'realistic-sharp', name: 'Mira', traits: { age: 34, hair: 'auburn' } };
const { character_id } = await post<Character>('characters', mira, `mira-${randomUUID()}`);

const portrait = {
  character_id,
  prompt: 'three-quarter portrait, golden hour, in a garden',
  resolution: '896x1152',
};
const order = `portrait-${randomUUID()}`;
let generation = await post<Generation>('images:generate', portrait, order);
// The call waits; what outlives the wait is polled.
while (generation.status === 'queued' || generation.status === 'processing') {
  await sleep(Number(POLL_SECONDS) * 1000);
  generation = await get<Generation>(`generations/${generation.generation_id}`);
}
if (generation.output_url === null) throw new Error('it failed, and cost nothing');

const output = await fetch(generation.output_url);
await writeFile('portrait.jpg', Buffer.from(await output.arrayBuffer()));
console.log(`saved portrait.jpg of: ${generation.enhanced_prompt}`);
console.log(`cost ${generation.cost_credits} credits`);
const again = await post<Generation>('images:generate', portrait, order);
if (again.generation_id === generation.generation_id) {
  console.log('repeated: the same generation');
}
