import { PLANNER_SETTINGS, TAKE_QUEUE } from './planner-settings.js';

/** Items of these ids, whatever their state. */
export const NAMED_ITEMS = `with ref as materialized (
    select i.tid from unnest(ids) as u (id)
     cross join lateral (
       select i.ctid as tid from work_queue.items i
        where i.id = u.id and i.queue = of_queue
        limit 1
     ) as i
  )`;

/** Leases are named by item and fence in parallel arrays; the rows answered are those that were lost. */
export const HELD = `
create function work_queue.extend(of_queue text, ids text[], fences float8[], lease_ms float8[])
  returns table (id text, fence float8) language plpgsql ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
declare
  known_at timestamptz;
begin
  ${TAKE_QUEUE}
  known_at := clock_timestamp();
  return query
  with ref as materialized (
    select u.id, u.fence, u.ms, i.tid
      from unnest(ids, fences, lease_ms) as u (id, fence, ms)
      left join lateral (
        select i.ctid as tid, i.fence from work_queue.items i
         where i.id = u.id and i.queue = of_queue and i.worker_id is not null
         limit 1
      ) as i on i.fence = u.fence
  ), extended as (
    update work_queue.items i set leased_until = known_at + r.ms * interval '1 ms'
      from ref r
     where i.ctid = r.tid
  )
  select r.id, r.fence from ref r where r.tid is null;
end $$;

create function work_queue.complete(of_queue text, ids text[], fences float8[])
  returns table (id text, fence float8) language plpgsql ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
begin
  ${TAKE_QUEUE}
  return query
  with ref as materialized (
    select u.id, u.fence, i.tid
      from unnest(ids, fences) as u (id, fence)
      left join lateral (
        select i.ctid as tid, i.fence from work_queue.items i
         where i.id = u.id and i.queue = of_queue and i.worker_id is not null
         limit 1
      ) as i on i.fence = u.fence
  ), completed as (
    delete from work_queue.items i using ref r where i.ctid = r.tid
  )
  select r.id, r.fence from ref r where r.tid is null;
end $$;

-- An item to be leased at once keeps its place at the head of the line.
create function work_queue.release(of_queue text, ids text[], fences float8[], ready_ms float8[])
  returns void language plpgsql ${PLANNER_SETTINGS}
as $$
declare
  known_at timestamptz;
  ready_tenants text[];
  ready_lanes text[];
  ready_positions bigint[];
  next_ready_at timestamptz;
begin
  ${TAKE_QUEUE}
  known_at := clock_timestamp();
  with ref as materialized (
    select greatest(to_timestamp(u.ms / 1000), known_at) as ready_at, i.tid
      from unnest(ids, fences, ready_ms) as u (id, fence, ms)
     cross join lateral (
       select i.ctid as tid, i.fence from work_queue.items i
        where i.id = u.id and i.queue = of_queue and i.worker_id is not null
        limit 1
     ) as i
     where i.fence = u.fence
  ), released as (
    update work_queue.items i
       set worker_id = null, leased_until = null,
           ready_at = r.ready_at, delayed = r.ready_at > known_at
      from ref r
     where i.ctid = r.tid
    returning i.tenant_id, i.lane, i.position, i.delayed, i.ready_at
  )
  select array_agg(released.tenant_id) filter (where not released.delayed),
         array_agg(released.lane) filter (where not released.delayed),
         array_agg(released.position) filter (where not released.delayed),
         min(released.ready_at) filter (where released.delayed)
    into ready_tenants, ready_lanes, ready_positions, next_ready_at
    from released;
  if ready_tenants is not null then
    perform work_queue.activate(of_queue, ready_tenants, ready_lanes, ready_positions);
  end if;
  perform work_queue.announce(of_queue, ready_tenants is not null, next_ready_at);
end $$;

create function work_queue.remove(of_queue text, ids text[])
  returns void language plpgsql ${PLANNER_SETTINGS}
as $$
begin
  ${TAKE_QUEUE}
  ${NAMED_ITEMS}
  delete from work_queue.items i using ref r where i.ctid = r.tid;
end $$;
`;
