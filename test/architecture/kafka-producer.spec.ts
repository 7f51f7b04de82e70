import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = execFileSync('git', ['ls-files', 'apps', 'libs'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.ts$/.test(file) && !/spec\.ts$|fixtures\.ts$/.test(file))
  .filter((file) => existsSync(root + file));

const using = (pattern: RegExp) =>
  sources.filter((file) => pattern.test(readFileSync(root + file, 'utf8')));

/** The folders that a pattern may be found in, and nowhere else. */
const homes: readonly (readonly [what: string, RegExp, readonly RegExp[]])[] = [
  ['kafkajs', /from 'kafkajs'/, [/^libs\/message-bus-kafka\//]],
  [
    'the producer',
    /KafkaEventPublisher/,
    [/^libs\/message-bus-kafka\//, /^libs\/platform\/src\/relaying\//],
  ],
  [
    'publishing',
    /\bpublisher\.publish\(/,
    [/^libs\/application\/src\/relaying\//, /^libs\/testkit\//],
  ],
];

/** What a second producer wrote would be in no event store: consumers would keep what nobody can replay. */
it.each(homes)('%s is used by the relay and by nothing else', (_, pattern, folders) => {
  const strangers = using(pattern).filter((file) => !folders.some((folder) => folder.test(file)));
  expect(strangers).toEqual([]);
});
