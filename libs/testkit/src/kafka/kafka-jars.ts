import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const POM = fileURLToPath(new URL('../../../../scripts/kafka/pom.xml', import.meta.url));
const OLDEST_JAVA = 17;

/** The folder that scripts/kafka/fetch fills, or KAFKA_HOME; it need not exist. */
function kafkaHome(): string {
  const { KAFKA_HOME, XDG_CACHE_HOME } = process.env;
  if (KAFKA_HOME) return KAFKA_HOME;
  const [, version = 'unknown'] =
    /<kafka.version>(.*)<\/kafka.version>/.exec(readFileSync(POM, 'utf8')) ?? [];
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'imprest', `kafka-${version}`);
}

/** Where the broker's jars are: in the folder itself or, as Kafka is distributed, in its libs. */
function jarFolder(): string | undefined {
  const home = kafkaHome();
  return [home, join(home, 'libs')].find(
    (folder) =>
      existsSync(folder) && readdirSync(folder).some((file) => file.startsWith('kafka-server-')),
  );
}

function javaVersion(): number | undefined {
  const { stderr, status } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = status === 0 ? /version "(\d+)/.exec(stderr)?.[1] : undefined;
  return version === undefined ? undefined : Number(version);
}

/** Why no broker can be started here; undefined when one can. */
export function kafkaUnavailable(): string | undefined {
  const java = javaVersion();
  if (java === undefined) return 'there is no java';
  if (java < OLDEST_JAVA) return `java is ${java}, and Kafka needs ${OLDEST_JAVA}`;
  if (jarFolder() === undefined) return `scripts/kafka/fetch has not been run (${kafkaHome()})`;
  return undefined;
}

export interface KafkaJars {
  readonly classPath: string;
  readonly version: string;
}

/** @throws Error when Kafka was not fetched */
export function kafkaJars(): KafkaJars {
  const folder = jarFolder();
  if (folder === undefined) throw new Error(`no Kafka: ${kafkaUnavailable()}`);
  const server = readdirSync(folder).find((file) => /^kafka-server-\d/.test(file));
  const [, version = 'unknown'] = /^kafka-server-(.*)\.jar$/.exec(server ?? '') ?? [];
  return { classPath: join(folder, '*'), version };
}
