import { useQueryClient } from '@tanstack/react-query';
import { useReducer } from 'react';
import { useEventStream } from '../api/event-stream.ts';
import type { StreamEvent } from '../api/follow-stream.ts';
import { eventsPath } from '../generations/use-generation.ts';
import { useTenantId } from '../session/use-tenant.ts';
import { advanced, nothingYet, PROGRESS_EVENTS, type Progress } from './progress.ts';

/** How far a generation is, as its events tell it. @param id undefined while it is not known */
export function useProgress(id: string | undefined): Progress {
  const tenantId = useTenantId();
  const client = useQueryClient();
  const [progress, tell] = useReducer(advanced, nothingYet);
  const isFollowed = id !== undefined && progress.phase !== 'ended';
  const onEvent = (event: StreamEvent) => {
    tell(event);
    if (advanced(progress, event).phase === 'ended') {
      void client.invalidateQueries({ queryKey: ['balance', tenantId] });
      void client.invalidateQueries({ queryKey: ['generations', tenantId] });
    }
  };
  const path = isFollowed ? eventsPath(tenantId, id) : null;
  useEventStream({ path, types: PROGRESS_EVENTS, onEvent });
  return progress;
}
