import { PLANNER_SETTINGS, TAKE_QUEUE } from './planner-settings.js';

export const ENQUEUE = `
-- Serves lines from the positions given on, or from further ahead.
create function work_queue.activate(
  of_queue text, tenant_ids text[], lanes text[], positions bigint[]
) returns void language plpgsql ${PLANNER_SETTINGS}
as $$
begin
  with waiting as materialized (
    select f.tid, u.position
      from (
        select u.tenant_id, u.lane, min(u.position) as position
          from unnest(tenant_ids, lanes, positions) as u (tenant_id, lane, position)
         group by u.tenant_id, u.lane
      ) as u
     cross join lateral (
       select f.ctid as tid, f.active, f.ready_from from work_queue.flows f
        where f.queue = of_queue and f.tenant_id = u.tenant_id and f.lane = u.lane
        limit 1
     ) as f
     where not f.active or f.ready_from > u.position
  )
  update work_queue.flows f set active = true, ready_from = least(f.ready_from, w.position)
    from waiting w
   where f.ctid = w.tid;
end $$;

-- Tells listeners in all processes: '<milliseconds until items are ready> <queue>'.
create function work_queue.announce(of_queue text, ready boolean, next_ready_at timestamptz)
  returns void language plpgsql
as $$
declare
  wait_ms bigint := ceil(extract(epoch from next_ready_at - clock_timestamp()) * 1000);
begin
  if ready then
    perform pg_notify('work_queue', '0 ' || of_queue);
  end if;
  if wait_ms is not null then
    perform pg_notify('work_queue', greatest(wait_ms, 1) || ' ' || of_queue);
  end if;
end $$;

-- Each item names its line, from 1, in tenant_ids, lanes and mean_costs. No id comes twice.
create function work_queue.enqueue(
  of_queue text, tenant_ids text[], lanes text[], mean_costs float8[],
  ids text[], lines int[], costs float8[], ready_ms float8[]
) returns void language plpgsql ${PLANNER_SETTINGS}
as $$
declare
  known_at timestamptz;
  first_position bigint;
  flow_ids bigint[];
  ready_flows bigint[];
  next_ready_at timestamptz;
begin
  ${TAKE_QUEUE}
  known_at := clock_timestamp();
  first_position := nextval('work_queue.positions');
  insert into work_queue.lanes (queue, lane)
    select distinct of_queue, u.lane from unnest(lanes) as u (lane)
    on conflict do nothing;
  insert into work_queue.flows (queue, tenant_id, lane, mean_cost)
    select of_queue, u.tenant_id, u.lane, u.mean_cost
      from unnest(tenant_ids, lanes, mean_costs) as u (tenant_id, lane, mean_cost)
      left join lateral (
        select true as known from work_queue.flows f
         where f.queue = of_queue and f.tenant_id = u.tenant_id and f.lane = u.lane
         limit 1
      ) as f on true
     where f.known is null;
  select array_agg(f.id order by u.line) into flow_ids
    from unnest(tenant_ids, lanes) with ordinality as u (tenant_id, lane, line)
   cross join lateral (
     select f.id from work_queue.flows f
      where f.queue = of_queue and f.tenant_id = u.tenant_id and f.lane = u.lane
      limit 1
   ) as f;
  with added as (
    insert into work_queue.items
        (position, flow_id, cost, ready_at, delayed, queue, id, tenant_id, lane)
      select first_position + u.ordinal - 1, flow_ids[u.line], u.cost,
             greatest(u.ready_at, known_at), coalesce(u.ready_at > known_at, false),
             of_queue, u.id, tenant_ids[u.line], enqueue.lanes[u.line]
        from (
          select ordinal, id, line, cost, to_timestamp(ms / 1000) as ready_at
            from unnest(ids, lines, costs, ready_ms) with ordinality
              as u (id, line, cost, ms, ordinal)
        ) as u
        left join lateral (
          select true as queued from work_queue.items i
           where i.id = u.id and i.queue = of_queue
           limit 1
        ) as i on true
       where i.queued is null
      returning items.flow_id, items.delayed, items.ready_at
  )
  select array_agg(distinct added.flow_id) filter (where not added.delayed),
         min(added.ready_at) filter (where added.delayed)
    into ready_flows, next_ready_at
    from added;
  if ready_flows is not null then
    perform work_queue.activate(
      of_queue,
      array(select tenant_ids[i] from generate_subscripts(flow_ids, 1) as i
             where flow_ids[i] = any (ready_flows) order by i),
      array(select enqueue.lanes[i] from generate_subscripts(flow_ids, 1) as i
             where flow_ids[i] = any (ready_flows) order by i),
      array(select first_position from generate_subscripts(flow_ids, 1) as i
             where flow_ids[i] = any (ready_flows)));
  end if;
  perform work_queue.announce(of_queue, ready_flows is not null, next_ready_at);
end $$;

-- Items whose time has come join the end of their lines, at most 1,000 in one call.
create function work_queue.promote(of_queue text, until timestamptz)
  returns boolean language plpgsql ${PLANNER_SETTINGS}
as $$
declare
  first_position bigint;
  tenant_ids text[];
  lanes text[];
  positions bigint[];
begin
  if coalesce((
    select i.ready_at > until from work_queue.items i
     where i.queue = of_queue and i.delayed
     order by i.ready_at limit 1
  ), true) then
    return false;
  end if;
  first_position := nextval('work_queue.positions');
  with due as materialized (
    select i.ctid as tid, row_number() over (order by i.ready_at) as ordinal
      from work_queue.items i
     where i.queue = of_queue and i.delayed and i.ready_at <= until
     order by i.ready_at limit 1000
  ), promoted as (
    update work_queue.items i set delayed = false, position = first_position + due.ordinal - 1
      from due
     where i.ctid = due.tid
    returning i.tenant_id, i.lane, i.position
  )
  select array_agg(promoted.tenant_id), array_agg(promoted.lane), array_agg(promoted.position)
    into tenant_ids, lanes, positions
    from promoted;
  perform work_queue.activate(of_queue, tenant_ids, lanes, positions);
  return true;
end $$;
`;
