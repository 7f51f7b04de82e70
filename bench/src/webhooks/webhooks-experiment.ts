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
  startProduct,
} from '../product/product-process.js';
import { FLOOR_SCHEMA } from '../programs/row-batcher.js';
import { makeMessages } from './make-messages.js';
import type { SendAnswer, SendCommand } from './send-loop.js';
import { verifyAttempts } from './verify-attempts.js';
import { type Sink, withSink } from './with-sink.js';

const RATE = 'deliveries/s';
const AT_ONCE = 128;
const TENANTS = 20;
/** What the record of such a request takes. */
const RECORD_BYTES = 1_040;

interface Sender {
  cpuMs(): number;
  /** Samples what it does: `start`, or the file to write. */
  profile?(command: string): Promise<void>;
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
  const made = await makeMessages(bench, installation);
  if (made !== messages) throw new Error(`${messages} requests, ${made} messages`);
}

async function deliver(bench: Bench, messages: number): Promise<Figures> {
  return withDatabase(await bench.servers.main(), (connectionString) =>
    withSink(bench, async (sink, port) => {
      const installation = await newInstallation(bench, connectionString);
      await makeDueMessages(bench, installation, port, messages);
      const deliverer = await startProduct(bench, installation, ['webhooks'], 'program');
      try {
        const figures = await arrivals(sink, messages, profiled(bench, deliverer));
        await verifyAttempts(connectionString, messages);
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

async function sendOnly(
  bench: Bench,
  requests: number,
  program: 'bare-sender-program' | 'signed-sender-program' | 'recorded-sender-program',
  env: Readonly<Record<string, string>> = {},
): Promise<Figures> {
  return withSink(bench, async (sink, port) => {
    const { child } = await Child.start<SendCommand, SendAnswer>(`webhooks/${program}`, {
      place: 'program',
      pinning: bench.pinning,
      env,
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

async function sendAndRecord(bench: Bench, requests: number): Promise<Figures> {
  return withDatabase(await bench.servers.main(), async (connectionString) => {
    await withClient(connectionString, (client) => client.query(FLOOR_SCHEMA));
    return sendOnly(bench, requests, 'recorded-sender-program', { DATABASE_URL: connectionString });
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
        { name: 'recorded', measure: () => sendAndRecord(bench, messages) },
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
        {
          what: 'the same and one durable row each, many a commit / bare undici loop',
          of: { variant: 'recorded', figure: RATE },
          to: { variant: 'undici', figure: RATE },
        },
      ],
    };
  },
};
