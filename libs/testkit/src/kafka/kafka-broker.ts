import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from '../free-ports.js';
import { type KafkaJars, kafkaJars } from './kafka-jars.js';

export interface KafkaBrokerOptions {
  /** Any free one when absent. */
  readonly port?: number;
  /** The optimising compiler: slower to start, faster once warm. Off when absent. */
  readonly optimised?: boolean;
}

export interface KafkaBroker {
  readonly version: string;
  readonly brokers: readonly string[];
  readonly pid: number;
  /** Ends it without a warning, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same address and the same data. */
  restart(): Promise<void>;
  /** Stops it, whatever its state, and removes its data. */
  stop(): Promise<void>;
}

const CLUSTER = 'imprest-kafka-of-tests';
const START_MS = 120_000;
const ATTEMPTS = 3;
/** Longer than a broker that cannot reach its controller would take on a busy machine. */
const STOP_MS = 20_000;
const LAST_LINES = 30;

const LOGGING = `rootLogger.level=warn
rootLogger.appenderRef.console.ref=console
logger.start.name=kafka.server.KafkaRaftServer
logger.start.level=info
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=%p %c{1} %m%n
`;

function properties(folder: string, port: number, controllerPort: number): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=${folder}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
auto.create.topics.enable=false
num.network.threads=2
num.io.threads=4
log.cleaner.enable=false
`;
}

function javaArguments(jars: KafkaJars, folder: string, { optimised }: KafkaBrokerOptions) {
  const compiler = optimised ? [] : ['-XX:TieredStopAtLevel=1'];
  const memory = ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC', '-Xshare:auto'];
  const logging = `-Dlog4j2.configurationFile=${join(folder, 'log4j2.properties')}`;
  return [...memory, ...compiler, logging, '-cp', jars.classPath];
}

/**
 * Standard input ends when whoever started it does, however that happens, and java with it. A signal to
 * all, as Ctrl-C is, ends java alone; what waits for it goes on to.
 */
const JAVA_WITH_PARENT = `exec 3<&0
trap : INT TERM HUP
java "$@" </dev/null & java=$!
echo "java $java"
(cat <&3 >/dev/null; kill -9 $java 2>/dev/null) &
while kill -0 $java 2>/dev/null; do wait $java; done`;

/** One process of the broker. */
class BrokerProcess {
  private readonly lastLines: string[] = [];
  private readonly exited: Promise<unknown>;
  private java = 0;

  private constructor(private readonly shell: ChildProcess) {
    this.exited = once(shell, 'exit');
  }

  /** @throws Error with the broker's last words when it does not come up */
  static async start(args: readonly string[], configuration: string): Promise<BrokerProcess> {
    const command = ['-c', JAVA_WITH_PARENT, 'sh', ...args, 'kafka.Kafka', configuration];
    const broker = new BrokerProcess(spawn('sh', command, { stdio: 'pipe' }));
    try {
      await broker.ready();
      return broker;
    } catch (error) {
      await broker.kill();
      throw error;
    }
  }

  get pid(): number {
    return this.java;
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    const impatience = setTimeout(() => process.kill(this.java, 'SIGKILL'), STOP_MS);
    await this.end('SIGTERM');
    clearTimeout(impatience);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { exitCode, signalCode } = this.shell;
    if (this.java === 0 || exitCode !== null || signalCode !== null) return;
    process.kill(this.java, signal);
    await this.exited;
  }

  private ready(): Promise<void> {
    const { shell } = this;
    return new Promise((resolve, reject) => {
      const fail = (why: string) =>
        reject(new Error([`Kafka ${why}`, ...this.lastLines].join('\n')));
      const late = setTimeout(() => fail(`is not up after ${START_MS} ms`), START_MS);
      shell.once('error', ({ message }) => fail(`cannot be started: ${message}`));
      shell.once('exit', (code, signal) => {
        clearTimeout(late);
        fail(`has ended with ${code ?? signal}`);
      });
      const hear = (line: string) => {
        this.java ||= Number(/^java (\d+)$/.exec(line)?.[1] ?? 0);
        this.lastLines.push(line);
        this.lastLines.splice(0, this.lastLines.length - LAST_LINES);
        if (!line.includes('Kafka Server started')) return;
        clearTimeout(late);
        resolve();
      };
      for (const output of [shell.stdout, shell.stderr]) {
        if (output !== null) createInterface(output).on('line', hear);
      }
    });
  }
}

async function format(args: readonly string[], configuration: string): Promise<void> {
  const tool = ['kafka.tools.StorageTool', 'format', '-t', clusterId(), '-c', configuration];
  const child = spawn('java', [...args, ...tool], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Kafka's storage cannot be formatted: ${complaint}`);
}

/** Sixteen bytes in URL-safe base64, as Kafka wants them. */
function clusterId(): string {
  return Buffer.from(CLUSTER.slice(0, 16)).toString('base64url');
}

/**
 * A real Apache Kafka of one node, for tests and benchmarks, with its data in a temporary folder.
 * @throws Error when Kafka was not fetched (scripts/kafka/fetch) or does not come up
 */
export async function startKafkaBroker(options: KafkaBrokerOptions = {}): Promise<KafkaBroker> {
  const jars = kafkaJars();
  const folder = await mkdtemp(join(tmpdir(), 'imprest-kafka-'));
  const args = javaArguments(jars, folder, options);
  const configuration = join(folder, 'server.properties');
  await writeFile(join(folder, 'log4j2.properties'), LOGGING);
  const begin = async (): Promise<{ process: BrokerProcess; port: number }> => {
    const [anyPort = 0, controllerPort = 0] = await freePorts(2);
    const port = options.port ?? anyPort;
    const data = join(folder, 'data');
    await rm(data, { recursive: true, force: true });
    await mkdir(data);
    await writeFile(configuration, properties(data, port, controllerPort));
    await format(args, configuration);
    return { process: await BrokerProcess.start(args, configuration), port };
  };
  try {
    // Somebody else may take a port between the look and the start.
    const first = await repeated(ATTEMPTS, begin);
    let { process } = first;
    return {
      version: jars.version,
      brokers: [`127.0.0.1:${first.port}`],
      get pid() {
        return process.pid;
      },
      kill: () => process.kill(),
      restart: async () => {
        await process.stop();
        process = await BrokerProcess.start(args, configuration);
      },
      stop: async () => {
        await process.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function repeated<T>(attempts: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
