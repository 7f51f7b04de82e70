import { PLANNER_SETTINGS, TAKE_QUEUE } from './planner-settings.js';

interface LookParts {
  readonly create: string;
  /** Which lines `f` may have ready items. */
  readonly line: string;
}

export const lookFunction = ({
  create,
  line,
}: LookParts): string => `-- Makes ready what is due. Answers whether there may be ready items, and when the next ones will be.
${create} function work_queue.look(of_queue text, out ready boolean, out next_ready_ms float8)
  language plpgsql ${PLANNER_SETTINGS}
as $$
declare
  known_at timestamptz;
begin
  ${TAKE_QUEUE}
  known_at := clock_timestamp();
  if work_queue.promote(of_queue, known_at) then
    perform work_queue.announce(of_queue, true, null);
  end if;
  ready := exists (
    select from work_queue.lanes l cross join lateral (
      select from work_queue.flows f
       where f.queue = of_queue and f.lane = l.lane and ${line} limit 1
    ) as f
     where l.queue = of_queue
  );
  select extract(epoch from i.ready_at - known_at)::float8 * 1000 into next_ready_ms
    from work_queue.items i
   where i.queue = of_queue and i.delayed
   order by i.ready_at limit 1;
end $$;`;

export const OBSERVE = `
-- Looks at the leased part of every line only, which leased_up_to ends: the backlog does not count.
create function work_queue.expired(of_queue text, most int)
  returns table (
    id text, tenant_id text, lane text, fence float8, worker_id text, leased_until_ms float8
  ) language plpgsql stable ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
declare
  known_at timestamptz := clock_timestamp();
begin
  return query
  select i.id, i.tenant_id, i.lane, i.fence::float8, i.worker_id,
         extract(epoch from i.leased_until)::float8 * 1000
    from work_queue.flows f cross join lateral (
      select i.* from work_queue.items i
       where i.flow_id = f.id and not i.delayed and i.position <= f.leased_up_to
         and i.worker_id is not null and i.leased_until <= known_at
      offset 0
    ) as i
   where f.queue = of_queue and f.leased_up_to > 0
   order by i.leased_until limit most;
end $$;

create function work_queue.depth(of_queue text)
  returns table (
    lane text, ready float8, delayed float8, leased float8, oldest_ready_seconds float8
  ) language sql volatile
as $$
  select c.lane, count(*) filter (where c.ready)::float8, count(*) filter (where c.delayed)::float8,
         count(*) filter (where c.leased)::float8,
         coalesce(extract(epoch from c.known_at - min(c.ready_at) filter (where c.ready)), 0)::float8
    from (
      select i.lane, i.ready_at, now.known_at, i.worker_id is not null as leased,
             i.worker_id is null and i.ready_at <= now.known_at as ready,
             i.worker_id is null and i.ready_at > now.known_at as delayed
        from (select clock_timestamp() as known_at offset 0) as now, work_queue.items i
       where i.queue = of_queue
    ) as c
   group by c.lane, c.known_at
   order by c.lane
$$;

${lookFunction({ create: 'create', line: 'f.active\n       order by f.virtual_time' })}

create function work_queue.set_weight(of_queue text, of_tenant text, new_weight float8)
  returns void language sql
as $$
  insert into work_queue.weights (queue, tenant_id, weight) values (of_queue, of_tenant, new_weight)
  on conflict (queue, tenant_id) do update set weight = excluded.weight
$$;
`;
