import { NAMED_ITEMS } from './held.js';
import { PLANNER_SETTINGS, TAKE_QUEUE } from './planner-settings.js';

/** Leases named by id and fence, with what each really used; `tid` is null when the lease was lost. */
const heldLeases = (others = { arrays: '', columns: '', selected: '' }) => `
  with ref as materialized (
    select u.id, u.fence, u.cost, ${others.selected}i.tid
      from unnest(ids, fences, costs${others.arrays}) as u (id, fence, cost${others.columns})
      left join lateral (
        select i.ctid as tid, i.fence from work_queue.items i
         where i.id = u.id and i.queue = of_queue and i.worker_id is not null
         limit 1
      ) as i on i.fence = u.fence
  )`;

/** What settle() takes, from rows of `gone`: tenant, lane, whether it was leased, its cost, what it used. */
const SETTLED = `settled as materialized (
    select array_agg(s.tenant_id) as tenant_ids, array_agg(s.lane) as lanes,
           array_agg(s.ended) as ended, array_agg(s.more) as more
      from (
        select g.tenant_id, g.lane, count(*) filter (where g.leased)::int as ended,
               coalesce(sum(g.used - g.cost), 0) as more
          from gone g group by g.tenant_id, g.lane
      ) as s
  )`;

/** How leases end. costs is null, or null for a lease, where it used as much as was expected. */
export const ENDING = `
drop function work_queue.complete(text, text[], float8[]);
create function work_queue.complete(
  of_queue text, ids text[], fences float8[], costs float8[] default null
) returns table (id text, fence float8) language plpgsql ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
declare
  ended record;
begin
  ${TAKE_QUEUE}
  ${heldLeases()}, gone as (
    delete from work_queue.items i using ref r where i.ctid = r.tid
    returning i.tenant_id, i.lane, true as leased, i.cost, r.cost as used
  ), ${SETTLED}, lost as (
    select array_agg(r.id) as ids, array_agg(r.fence) as fences from ref r where r.tid is null
  )
  select l.ids, l.fences, s.tenant_ids, s.lanes, s.ended, s.more into ended
    from lost l cross join settled s;
  perform work_queue.settle(of_queue, ended.tenant_ids, ended.lanes, ended.ended, ended.more);
  return query select u.id, u.fence from unnest(ended.ids, ended.fences) as u (id, fence);
end $$;

-- An item to be leased at once keeps its place at the head of the line.
drop function work_queue.release(text, text[], float8[], float8[]);
create function work_queue.release(
  of_queue text, ids text[], fences float8[], ready_ms float8[], costs float8[] default null
) returns void language plpgsql ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
declare
  known_at timestamptz;
  back record;
begin
  ${TAKE_QUEUE}
  known_at := clock_timestamp();
  ${heldLeases({
    arrays: ', ready_ms',
    columns: ', ms',
    selected: 'greatest(to_timestamp(u.ms / 1000), known_at) as ready_at, ',
  })}, gone as (
    update work_queue.items i
       set worker_id = null, leased_until = null,
           ready_at = r.ready_at, delayed = r.ready_at > known_at
      from ref r
     where i.ctid = r.tid
    returning i.tenant_id, i.lane, true as leased, i.cost, r.cost as used,
              i.position, i.delayed, i.ready_at
  ), ${SETTLED}, waiting as (
    select array_agg(g.tenant_id) filter (where not g.delayed) as ready_tenants,
           array_agg(g.lane) filter (where not g.delayed) as ready_lanes,
           array_agg(g.position) filter (where not g.delayed) as positions,
           min(g.ready_at) filter (where g.delayed) as next_ready_at
      from gone g
  )
  select s.tenant_ids, s.lanes, s.ended, s.more, w.ready_tenants, w.ready_lanes, w.positions,
         w.next_ready_at
    into back from settled s cross join waiting w;
  perform work_queue.settle(of_queue, back.tenant_ids, back.lanes, back.ended, back.more);
  if back.ready_tenants is not null then
    perform work_queue.activate(of_queue, back.ready_tenants, back.ready_lanes, back.positions);
  end if;
  perform work_queue.announce(of_queue, back.ready_tenants is not null, back.next_ready_at);
end $$;

create or replace function work_queue.remove(of_queue text, ids text[])
  returns void language plpgsql ${PLANNER_SETTINGS}
as $$
declare
  taken_out record;
begin
  ${TAKE_QUEUE}
  ${NAMED_ITEMS}, gone as (
    delete from work_queue.items i using ref r where i.ctid = r.tid
    returning i.tenant_id, i.lane, i.worker_id is not null as leased, i.cost,
              null::float8 as used
  ), ${SETTLED}
  select * into taken_out from settled;
  perform work_queue.settle(
    of_queue, taken_out.tenant_ids, taken_out.lanes, taken_out.ended, taken_out.more);
end $$;
`;
