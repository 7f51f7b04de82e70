/** Begins a task, polls it until it is done, saves boat.png, and repeats the order without paying again. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { IMPREST_BASE_URL: base, IMPREST_API_KEY: key, POLL_SECONDS = '5' } = process.env;
const authorization = `Bearer ${key}`;
const idempotencyKey = `boat-${randomUUID()}`;

interface Task {
  readonly task_id: string;
  readonly state: 'waiting' | 'running' | 'success' | 'failed';
  readonly poll_url: string;
  readonly data?: readonly { readonly url: string }[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly cost?: Readonly<Record<string, unknown>>;
}

async function begin(): Promise<Task> {
  const answer = await fetch(`${base}/v1/images/generations`, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify({
      model: 'xSD4.5',
      prompt: 'A paper boat on a pond',
      size: '1024x1024',
      async: true,
    }),
  });
  if (answer.status !== 202) throw new Error(await answer.text());
  return (await answer.json()) as Task;
}

async function done({ poll_url }: Task): Promise<Task> {
  for (;;) {
    const answer = await fetch(base + poll_url, { headers: { authorization } });
    const task = (await answer.json()) as Task;
    if (task.state === 'success' || task.state === 'failed') return task;
    await sleep(Number(POLL_SECONDS) * 1000);
  }
}

const begun = await begin();
const { data = [], error, cost } = await done(begun);
const url = data[0]?.url;
if (url === undefined) throw new Error(error?.message);
await writeFile('boat.png', Buffer.from(await (await fetch(url)).arrayBuffer()));
console.log('saved boat.png');
console.log('cost', JSON.stringify(cost));
if ((await begin()).task_id === begun.task_id) console.log('repeated: the same task');
