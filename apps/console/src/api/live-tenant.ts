import { useThrottledCallback } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useTenantId } from '../session/use-tenant.ts';
import { tenantBase } from './clients.ts';
import { useEventStream } from './event-stream.ts';

const TYPES = [
  'generation.started',
  'generation.completed',
  'generation.failed',
  'generation.cancelled',
] as const;
const REFRESH_MS = 1_000;

/**
 * While it is shown, has what work changes fetched anew as it happens, at most once a second.
 * @param mayFollow whether the reader may follow events
 */
export function useLiveTenant(mayFollow: boolean) {
  const tenantId = useTenantId();
  const queries = useQueryClient();
  const refresh = useThrottledCallback(() => {
    for (const what of ['balance', 'generations', 'usage']) {
      void queries.invalidateQueries({ queryKey: [what, tenantId] });
    }
  }, REFRESH_MS);
  const path = `${tenantBase(tenantId)}/v1/events/stream?types=${TYPES.join(',')}`;
  return useEventStream({
    path: mayFollow ? path : null,
    types: TYPES,
    onEvent: refresh,
    onOpen: refresh,
  });
}
