import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';

export interface CommandOptions<Input, Answer> {
  /** Calls the API. */
  readonly run: (input: Input) => Promise<Answer>;
  /** What to say when it was done. */
  readonly done: string | ((answer: Answer) => string);
  /** Beginnings of the keys of what is to be fetched anew. */
  readonly touches: readonly QueryKey[];
  readonly onDone?: (answer: Answer) => void;
}

/** Lists follow the events within a moment: the first look may come too early. */
const LOOKS_MS = [0, 600, 2_500];

/** A call that changes something: says when it was done, and has what it changed fetched anew. */
export function useCommand<Input, Answer>(options: CommandOptions<Input, Answer>) {
  const { run, done, touches, onDone } = options;
  const queries = useQueryClient();
  const refresh = () => {
    for (const queryKey of touches) void queries.invalidateQueries({ queryKey });
  };
  return useMutation<Answer, Error, Input>({
    mutationFn: run,
    onSuccess: (answer) => {
      const message = typeof done === 'string' ? done : done(answer);
      notifications.show({ color: 'green', message });
      onDone?.(answer);
      for (const ms of LOOKS_MS) setTimeout(refresh, ms);
    },
  });
}
