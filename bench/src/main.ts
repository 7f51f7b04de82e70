import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  acceptExperiment,
  acceptLargeExperiment,
  acceptSlowDiskExperiment,
} from './accept/accept.js';
import { acceptPartsExperiment } from './accept/accept-parts.js';
import { appendExperiment } from './append/append.js';
import { endToEndExperiment } from './end-to-end/end-to-end.js';
import { eventStoreDbExperiment } from './eventstoredb/eventstoredb-experiment.js';
import type { Bench, Experiment } from './harness/experiment.js';
import { loadAverage, machineFacts } from './harness/machine.js';
import { type Options, parseOptions, USAGE } from './harness/options.js';
import { Pinning } from './harness/pinning.js';
import { type Report, reportText } from './harness/report.js';
import { type ExperimentResult, runExperiment } from './harness/run.js';
import { hotAccountExperiment } from './hot-account/hot-account.js';
import { ledgerExperiment } from './ledger/ledger-experiment.js';
import { backlogMemoryExperiment } from './queue/backlog-memory-experiment.js';
import { dispatchLatencyExperiment } from './queue/latency-experiment.js';
import { queueExperiment } from './queue/queue-experiment.js';
import { schedulingExperiment } from './queue/scheduling-experiment.js';
import { rebuildExperiment } from './rebuild/rebuild-experiment.js';
import { relayExperiment } from './relay/relay-experiment.js';
import { relayLagExperiment } from './relay/relay-lag-experiment.js';
import { Servers } from './servers.js';
import { verifyExperiment, verifyGrowthExperiment } from './verify/verify-experiment.js';
import { webhookEndpointsExperiment } from './webhooks/endpoints-experiment.js';
import { webhooksExperiment } from './webhooks/webhooks-experiment.js';

const experiments: readonly Experiment[] = [
  acceptExperiment,
  acceptPartsExperiment,
  acceptLargeExperiment,
  acceptSlowDiskExperiment,
  appendExperiment,
  hotAccountExperiment,
  ledgerExperiment,
  rebuildExperiment,
  verifyExperiment,
  verifyGrowthExperiment,
  queueExperiment,
  schedulingExperiment,
  backlogMemoryExperiment,
  dispatchLatencyExperiment,
  endToEndExperiment,
  webhooksExperiment,
  webhookEndpointsExperiment,
  relayExperiment,
  relayLagExperiment,
  eventStoreDbExperiment,
];

function chosen({ only }: Options): readonly Experiment[] {
  for (const name of only) {
    if (!experiments.some((experiment) => experiment.name === name)) {
      throw new Error(`there is no experiment ${name}; --list prints their names`);
    }
  }
  return experiments.filter(({ name }) => only.length === 0 || only.includes(name));
}

async function run(bench: Bench): Promise<Report> {
  const startedAt = performance.now();
  const before = loadAverage();
  const results: ExperimentResult[] = [];
  const skipped: { name: string; why: string }[] = [];
  const slowDisk = bench.servers.slowDiskUnavailable();
  if (slowDisk !== undefined) skipped.push({ name: 'rows with a slow disk', why: slowDisk });
  for (const experiment of chosen(bench.options)) {
    const why = experiment.unavailable?.(bench);
    if (why === undefined) results.push(await runExperiment(bench, experiment));
    else skipped.push({ name: experiment.name, why });
  }
  const { version } = await bench.servers.main();
  return {
    machine: machineFacts(version, bench.pinning.state),
    rounds: bench.options.rounds,
    quick: bench.options.quick,
    loadAverage: { before, after: loadAverage() },
    seconds: (performance.now() - startedAt) / 1000,
    results,
    skipped,
  };
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) return console.log(USAGE);
  if (options.list) {
    return console.log(experiments.map(({ name, title }) => `${name}  ${title}`).join('\n'));
  }
  const folder = await mkdtemp(join(tmpdir(), 'imprest-bench-'));
  // The server's user, who is not root, works below it.
  await chmod(folder, 0o711);
  const servers = new Servers(folder, options.slowDiskMs);
  const stop = async () => {
    await servers.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const interrupted = () => void stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    const report = await run({
      options,
      servers,
      folder,
      pinning: new Pinning(options.pin),
      progress: (line) => console.error(line),
    });
    console.log(options.json ? JSON.stringify(report, null, 2) : reportText(report));
    const missed = report.results.some(({ comparisons }) =>
      comparisons.some(({ met }) => met === false),
    );
    process.exitCode = missed ? 1 : 0;
  } finally {
    await stop();
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 2;
});
