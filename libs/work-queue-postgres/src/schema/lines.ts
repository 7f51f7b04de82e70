import { PLANNER_SETTINGS } from './planner-settings.js';

/** What operators look at. `lines` reads every item as `depth` does, `serving` the leased part of every line only. */
export const LINES = `
create function work_queue.lines(of_queue text, most int)
  returns table (
    tenant_id text, lane text, ready float8, delayed float8, leased float8,
    oldest_ready_seconds float8, ready_cost float8, weight float8, cap int, head_start float8
  ) language sql volatile
as $$
  select c.tenant_id, c.lane, c.ready, c.delayed, c.leased, c.waited, c.ready_cost,
         coalesce(s.weight, 1), s.cap, coalesce(s.head_start, 0)
    from (
      select i.tenant_id, i.lane,
             count(*) filter (where i.worker_id is null and i.ready_at <= now.known_at)::float8 as ready,
             count(*) filter (where i.worker_id is null and i.ready_at > now.known_at)::float8 as delayed,
             count(*) filter (where i.worker_id is not null)::float8 as leased,
             coalesce(extract(epoch from now.known_at - min(i.ready_at)
               filter (where i.worker_id is null and i.ready_at <= now.known_at)), 0)::float8 as waited,
             coalesce(sum(i.cost)
               filter (where i.worker_id is null and i.ready_at <= now.known_at), 0)::float8 as ready_cost
        from (select clock_timestamp() as known_at offset 0) as now, work_queue.items i
       where i.queue = of_queue
       group by i.tenant_id, i.lane, now.known_at
       order by waited desc, i.tenant_id, i.lane
       limit most
    ) as c
    left join work_queue.shares s on s.queue = of_queue and s.tenant_id = c.tenant_id
   order by c.waited desc, c.tenant_id, c.lane
$$;

create function work_queue.serving(of_queue text)
  returns table (tenant_id text, leased float8) language plpgsql stable ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
begin
  return query
  select f.tenant_id, count(*)::float8
    from work_queue.flows f cross join lateral (
      select from work_queue.items i
       where i.flow_id = f.id and not i.delayed and i.position <= f.leased_up_to
         and i.worker_id is not null
      offset 0
    ) as i
   where f.queue = of_queue and f.leased_up_to > 0
   group by f.tenant_id;
end $$;
`;
