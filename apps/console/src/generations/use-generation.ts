import { useThrottledCallback } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, tenantBase, useTenantApi } from '../api/clients.ts';
import { useEventStream } from '../api/event-stream.ts';
import type { StreamEvent } from '../api/follow-stream.ts';
import { PROGRESS_EVENTS } from '../playground/progress.ts';
import { useTenantId } from '../session/use-tenant.ts';
import { type Generation, isUnderWay } from './generation.ts';

export const generationKey = (tenantId: string, id: string) =>
  ['generation', tenantId, id] as const;

/** Path of the stream of events of a generation, with previews. */
export const eventsPath = (tenantId: string, id: string) =>
  `${tenantBase(tenantId)}/v1/generations/${encodeURIComponent(id)}/events?previews=true`;

/** Progress comes more often than anybody needs the record, its timeline and its cost. */
const REFRESH_MS = 1_000;

/**
 * A generation in the native dialect, kept up to date by its events while it is under way.
 * @param onEvent told of each of them
 */
export function useGeneration(
  id: string,
  isWanted = true,
  onEvent: (event: StreamEvent) => void = () => {},
) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const client = useQueryClient();
  const queryKey = generationKey(tenantId, id);
  const query = useQuery({
    queryKey: [...queryKey, 'record'],
    queryFn: async () => {
      const params = { path: { id }, query: { dialect: 'xmode' as const } };
      return (await answerOf(api.GET('/v1/generations/{id}', { params }))) as Generation;
    },
    enabled: isWanted,
  });
  const isLive = query.data !== undefined && isUnderWay(query.data.status);
  const path = isLive ? eventsPath(tenantId, id) : null;
  const refresh = useThrottledCallback(
    () => void client.invalidateQueries({ queryKey }),
    REFRESH_MS,
  );
  const heard = (event: StreamEvent) => {
    onEvent(event);
    // A preview is no part of the record.
    if (event.type !== 'preview') refresh();
  };
  useEventStream({ path, types: PROGRESS_EVENTS, onEvent: heard, onOpen: refresh });
  return query;
}

/** What happened to a generation, event by event. */
export function useTimeline(id: string) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: [...generationKey(tenantId, id), 'timeline'],
    queryFn: () => answerOf(api.GET('/v1/generations/{id}/timeline', { params: { path: { id } } })),
    refetchInterval: 15_000,
  });
}

/** What a generation cost, lot by lot, and its attempts. */
export function useGenerationCost(id: string) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return useQuery({
    queryKey: [...generationKey(tenantId, id), 'cost'],
    queryFn: () => answerOf(api.GET('/v1/generations/{id}/cost', { params: { path: { id } } })),
  });
}
