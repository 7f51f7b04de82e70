/** The child's half of `Child`: answers commands one at a time, and ends with its parent. */
export function serve<Command extends object, Answer extends object>(
  first: Answer,
  answer: (command: Command) => Promise<Answer>,
  stop: () => Promise<void> = async () => {},
): void {
  const end = () => void stop().finally(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('disconnect', end);
  process.on('message', (command: Command) => {
    answer(command).then(reply, fail);
  });
  reply(first);
}

export function reply(answer: object): void {
  process.send?.(answer);
}

export function fail(error: unknown): void {
  reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
