import { KafkaTopics, type TopicFacts, TopicPartitionsDiffer } from '@imprest/message-bus-kafka';
import { createLogger, kafkaConnection, loadConfig } from '@imprest/platform';
import { Command, Option } from 'commander';
import { count, jsonOption } from '../events/event-options.js';
import { tableLines, whole } from '../terminal/format.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';

interface CreateOptions {
  readonly partitions?: number;
  readonly replicas?: number;
  readonly json?: boolean;
}

async function withTopics(terminal: Terminal, work: (topics: KafkaTopics) => Promise<void>) {
  const { messageBus } = loadConfig(terminal.environment);
  if (messageBus.kind !== 'kafka') {
    throw new UsageError('there are topics with MESSAGE_BUS=kafka://… only');
  }
  const logger = createLogger({ logLevel: 'silent' });
  const topics = await KafkaTopics.connect(kafkaConnection(messageBus, 'imprest-cli', logger));
  try {
    await work(topics);
  } finally {
    await topics.close();
  }
}

async function create(terminal: Terminal, { json, ...options }: CreateOptions): Promise<void> {
  await withTopics(terminal, async (topics) => {
    try {
      const { created, existing } = await topics.create(options);
      if (json) return terminal.printJson({ created, existing });
      for (const topic of created) await terminal.print(`${topic} created`);
      for (const topic of existing) await terminal.print(`${topic} exists`);
    } catch (error) {
      if (!(error instanceof TopicPartitionsDiffer)) throw error;
      terminal.say(`imprest: ${error.message}`);
      terminal.exitCode = 1;
    }
  });
}

function topicLines(facts: readonly TopicFacts[]): readonly string[] {
  const right = { align: 'right' } as const;
  const columns = [
    { title: 'topic' },
    { title: 'partitions', ...right },
    { title: 'replicas', ...right },
    { title: 'messages', ...right },
  ];
  const rows = facts.map(({ topic, partitions, replicas, messages }) =>
    partitions === 0
      ? [topic, 'missing']
      : [topic, whole(partitions), whole(replicas), whole(messages)],
  );
  return tableLines(columns, rows);
}

async function list(terminal: Terminal, json: boolean): Promise<void> {
  await withTopics(terminal, async (topics) => {
    const facts = await topics.list();
    if (json) for (const topic of facts) await terminal.printJson(topic);
    else await terminal.print(topicLines(facts).join('\n'));
    if (facts.some(({ partitions }) => partitions === 0)) terminal.exitCode = 1;
  });
}

/** The topics that events travel through, one for each category of streams. */
export function topicsCommand(terminal: Terminal): Command {
  const topics = new Command('topics').description('the Kafka topics that events travel through');
  topics
    .command('create')
    .description('make the topics that are missing; exit code 1 when one has other partitions')
    .addOption(
      new Option('--partitions <count>', 'of each topic, never to be changed (12)').argParser(
        count,
      ),
    )
    .addOption(
      new Option(
        '--replicas <count>',
        'of each partition (3, or as many as there are brokers)',
      ).argParser(count),
    )
    .addOption(jsonOption())
    .action((options: CreateOptions) => create(terminal, options));
  topics
    .command('list')
    .description('every topic that is needed; exit code 1 when one is missing')
    .addOption(jsonOption())
    .action(({ json = false }: { json?: boolean }) => list(terminal, json));
  return topics;
}
