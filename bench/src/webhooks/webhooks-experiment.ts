import { join } from 'node:path';
import { Child } from '../harness/child.js';
import type { Bench, Experiment, Figures, OpenExperiment } from '../harness/experiment.js';
import { putLoad } from '../load/load.js';
import { generationRequest } from '../load/requests.js';
import { withClient, withDatabase } from '../postgres.js';
import { AdminClient } from '../product/admin-client.js';
import {
  type Installation,
  newInstallation,
  type ProductProcess,
  productEnvironment,
  startProduct,
} from '../product/product-process.js';
import type { SendAnswer, SendCommand } from './send-loop.js';
import type { SinkAnswer, SinkCommand } from './sink-program.js';

const RATE = 'deliveries/s';
const AT_ONCE = 128;
const TENANTS = 20;
/** What the record of such a request takes. */
const RECORD_BYTES = 1_040;

type Sink = Child<SinkCommand, SinkAnswer>;

interface Sender {
  cpuMs(): number;
  /** Samples what it does: `start`, or the file to write. */
  profile?(command: string): Promise<void>;
}

async function withSink<T>(
  bench: Bench,
  use: (sink: Sink, port: number) => Promise<T>,
): Promise<T> {
  const { child, first } = await Child.start<SinkCommand, SinkAnswer>('webhooks/sink-program', {
    place: 'load',
    pinning: bench.pinning,
  });
  try {
    return await use(child, first.port);
  } finally {
    await child.stop();
  }
}

/** What comes when the sender's code is compiled, and what it costs the sender. */
async function arrivals(sink: Sink, all: number, sender: Sender): Promise<Figures> {
  const warmUp = Math.round(all / 4);
  await sink.ask({ requests: warmUp }, 600_000);
  const cpuBefore = sender.cpuMs();
  await sender.profile?.('start');
  const requests = all - warmUp;
  const { elapsedMs, bodyBytes } = await sink.ask({ requests }, 600_000);
  const cpuMs = sender.cpuMs() - cpuBefore;
  await sender.profile?.('webhooks.cpuprofile');
  return {
    [RATE]: (requests / elapsedMs) * 1000,
    'CPU us a delivery': (cpuMs * 1000) / requests,
    'bytes of a body': bodyBytes,
  };
}

/** Due messages, made through the product: requests with a webhook, cancelled. */
async function makeDueMessages(
  bench: Bench,
  installation: Installation,
  sinkPort: number,
  messages: number,
): Promise<void> {
  const api = await startProduct(bench, installation, ['api'], 'program');
  try {
    const keys = await new AdminClient(api.port, installation.adminKey).createTenants(TENANTS);
    const webhookUrl = `http://127.0.0.1:${sinkPort}/webhooks/imprest`;
    const body = JSON.stringify({ ...JSON.parse(generationRequest.body), webhookUrl });
    const plan = { connections: 64, requests: messages, warmUpMs: 0, measureMs: 600_000 };
    const target = { port: api.port, keys };
    await putLoad(bench, target, { ...plan, request: { ...generationRequest, body } });
  } finally {
    await api.stop();
  }
  const { child } = await Child.start<object, { messages: number }>(
    'webhooks/message-maker-program',
    { place: 'anywhere', pinning: bench.pinning, env: productEnvironment(installation) },
  );
  const made = await child.ask({}, 600_000);
  await child.stop();
  if (made.messages !== messages)
    throw new Error(`${messages} requests, ${made.messages} messages`);
}

async function deliver(bench: Bench, messages: number): Promise<Figures> {
  return withDatabase(await bench.servers.main(), (connectionString) =>
    withSink(bench, async (sink, port) => {
      const installation = await newInstallation(bench, connectionString);
      await makeDueMessages(bench, installation, port, messages);
      const deliverer = await startProduct(bench, installation, ['webhooks'], 'program');
      try {
        const figures = await arrivals(sink, messages, profiled(bench, deliverer));
        await verify(connectionString, messages);
        return figures;
      } finally {
        await deliverer.stop();
      }
    }),
  );
}

function profiled({ options }: Bench, { cpuMs, profile }: ProductProcess): Sender {
  const folder = options.profile;
  if (folder === undefined) return { cpuMs };
  return {
    cpuMs,
    profile: (command) => profile(command === 'start' ? command : join(folder, command)),
  };
}

const RECORDING_MS = 5_000;

/** Each message was sent once and is recorded so. @throws Error */
async function verify(connectionString: string, messages: number): Promise<void> {
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

async function sendOnly(
  bench: Bench,
  requests: number,
  program: 'bare-sender-program' | 'signed-sender-program',
): Promise<Figures> {
  return withSink(bench, async (sink, port) => {
    const { child } = await Child.start<SendCommand, SendAnswer>(`webhooks/${program}`, {
      place: 'program',
      pinning: bench.pinning,
    });
    try {
      const url = `http://127.0.0.1:${port}/webhooks/imprest`;
      const plan = { url, bodyBytes: RECORD_BYTES, requests, atOnce: AT_ONCE };
      const sent = child.ask(plan, 600_000);
      const figures = await arrivals(sink, requests, child);
      await sent;
      return figures;
    } finally {
      await child.stop();
    }
  });
}

/** Signed deliveries with every attempt on record, against a loop that only posts. */
export const webhooksExperiment: Experiment = {
  name: 'webhooks',
  title: `deliveries to a local sink, ${AT_ONCE} at once`,
  async open(bench: Bench): Promise<OpenExperiment> {
    const messages = bench.options.quick ? 3_000 : 10_000;
    return {
      variants: [
        { name: 'product', measure: () => deliver(bench, messages) },
        { name: 'undici', measure: () => sendOnly(bench, messages, 'bare-sender-program') },
        { name: 'signed', measure: () => sendOnly(bench, messages, 'signed-sender-program') },
      ],
      comparisons: [
        {
          what: 'signed deliveries / bare undici loop',
          of: { variant: 'product', figure: RATE },
          to: { variant: 'undici', figure: RATE },
          target: { atLeast: 0.6 },
        },
        {
          what: 'guarded and signed posts alone / bare undici loop',
          of: { variant: 'signed', figure: RATE },
          to: { variant: 'undici', figure: RATE },
        },
      ],
    };
  },
};
