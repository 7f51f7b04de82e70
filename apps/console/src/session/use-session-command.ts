import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keepSession, type Session } from './session.ts';
import { callSession } from './session-calls.ts';

interface SessionCommand {
  readonly method: 'POST' | 'PUT';
  /** Route below /console/api/session that answers with the session as it is then. */
  readonly path: string;
  /** What to say when it was done. */
  readonly done: string;
  readonly onDone?: () => void;
}

/** Changes something of the user's own account. */
export function useSessionCommand<Body>({ method, path, done, onDone }: SessionCommand) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => callSession<Session>(method, path, body),
    onSuccess: (session) => {
      keepSession(queries, session);
      notifications.show({ color: 'green', message: done });
      onDone?.();
    },
  });
}
