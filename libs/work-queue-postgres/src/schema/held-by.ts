import { PLANNER_SETTINGS } from './planner-settings.js';

/** Like `expired`, a look at the leased part of every line only. */
export const HELD_BY = `
create function work_queue.held_by(of_queue text, workers text[], most int)
  returns table (
    id text, tenant_id text, lane text, fence float8, worker_id text, leased_until_ms float8
  ) language plpgsql stable ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
begin
  return query
  select i.id, i.tenant_id, i.lane, i.fence::float8, i.worker_id,
         extract(epoch from i.leased_until)::float8 * 1000
    from work_queue.flows f cross join lateral (
      select i.* from work_queue.items i
       where i.flow_id = f.id and not i.delayed and i.position <= f.leased_up_to
         and i.worker_id = any (workers)
      offset 0
    ) as i
   where f.queue = of_queue and f.leased_up_to > 0
   order by i.leased_until limit most;
end $$;
`;
