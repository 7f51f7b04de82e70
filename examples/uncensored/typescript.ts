/** Waits for a picture, saves it as sunrise.png, shows what the job cost, and repeats the order without paying again. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { IMPREST_BASE_URL: base, IMPREST_API_KEY: key = '', POLL_SECONDS = '2' } = process.env;
const images = `${base}/api/v1/images`;
const order = `sunrise-${randomUUID()}`;

interface Job {
  readonly job_id: string;
  readonly status: 'processing' | 'completed' | 'failed';
  readonly image_url: string | null;
  readonly error?: { readonly message: string };
  readonly cost: object;
}

async function request(path: string, body?: object): Promise<Job> {
  const json = body && { 'content-type': 'application/json', 'idempotency-key': order };
  const answer = await fetch(images + path, {
    headers: { 'x-api-key': key, ...json },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (answer.ok) return (await answer.json()) as Job;
  throw new Error(`${answer.status}: ${await answer.text()}`);
}

const sunrise = { prompt: 'Sunrise over a mountain lake', image_width: 1024, image_height: 768 };
const { job_id } = await request('/generations', sunrise);
// Work that outlives the wait goes on as a job.
let job = await request(`/generation/jobs/${job_id}`);
for (; job.status === 'processing'; job = await request(`/generation/jobs/${job_id}`)) {
  await sleep(Number(POLL_SECONDS) * 1000);
}
if (job.image_url === null) throw new Error(job.error?.message);

const picture = await (await fetch(job.image_url)).arrayBuffer();
await writeFile('sunrise.png', new Uint8Array(picture));
console.log(`saved sunrise.png\ncost ${JSON.stringify(job.cost)}`);
const again = await request('/generations', sunrise);
if (again.job_id === job_id) console.log('repeated: the same job');
