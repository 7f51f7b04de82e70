import { PLANNER_SETTINGS } from './planner-settings.js';

/** Looks at this many lines of others and, over all of them, at this many items. */
const MOST_LINES = 2_000;
const MOST_ITEMS = 20_000;

/** Counts what would be leased before an item, if nobody else came: whatever starts before it does. */
export const STANDING = `
create function work_queue.standing(of_queue text, of_id text)
  returns table (
    tenant_id text, lane text, state text, ready_ms float8, cost float8, place float8,
    cost_before float8, share float8, at_cap boolean, serving float8, exact boolean
  ) language plpgsql stable ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
declare
  item work_queue.items;
  own work_queue.flows;
  served text[];
  starts float8[];
  clock float8;
  ahead record;
  others record;
  own_start float8;
  waits boolean;
begin
  select * into item from work_queue.items i where i.id = of_id and i.queue = of_queue limit 1;
  if not found then
    return;
  end if;
  select coalesce(l.served_with, array[l.lane]) into served from work_queue.lanes l
   where l.queue = of_queue and l.lane = item.lane limit 1;
  select max(l.virtual_time) into clock from work_queue.lanes l
   where l.queue = of_queue and l.lane = any (served);
  select * into own from work_queue.flows f
   where f.queue = of_queue and f.tenant_id = item.tenant_id and f.lane = item.lane limit 1;
  starts := array(
    select h.head_start from work_queue.head_starts h where h.queue = of_queue) || 0::float8;
  waits := item.worker_id is null;
  -- The tenant's own items, in all lanes that have one clock: first come, first served.
  select count(*) as items, coalesce(sum(a.cost), 0) as cost into ahead
    from (
      select i.cost from work_queue.flows f cross join lateral (
        select i.cost from work_queue.items i
         where i.flow_id = f.id and i.position >= f.ready_from and not i.delayed
           and i.worker_id is null and (item.delayed or i.position < item.position)
         order by i.position limit ${MOST_ITEMS}
      ) as i
       where f.queue = of_queue and f.tenant_id = item.tenant_id and f.lane = any (served) and waits
       limit ${MOST_ITEMS}
    ) as a;
  own_start := greatest(own.virtual_time, clock - own.head_start)
    + greatest(ahead.cost / own.weight - own.credit, 0);
  with line as materialized (
    select f.*, row_number() over (partition by f.tenant_id) as nth
      from unnest(served) as s (lane) cross join unnest(starts) as h (head_start)
     cross join lateral (
       select f.id, f.tenant_id, f.weight, f.ready_from, f.leased_up_to,
              greatest(f.virtual_time, clock - f.head_start) as start
         from work_queue.flows f
        where f.queue = of_queue and f.lane = s.lane and f.head_start = h.head_start
          and f.active and not f.capped and f.tenant_id <> item.tenant_id
        order by f.virtual_time limit ${MOST_LINES}
     ) as f
     limit ${MOST_LINES}
  ), before as materialized (
    select i.position, i.cost, i.start
      from (select count(*) as lines from line) as n, line l
     cross join lateral (
       select i.position, i.cost,
              l.start + (sum(i.cost) over in_turn - i.cost) / l.weight as start
         from (
           select i.position, i.cost from work_queue.items i
            where i.flow_id = l.id and i.position >= l.ready_from and not i.delayed
              and i.worker_id is null
            order by i.position limit 1 + ${MOST_ITEMS} / greatest(n.lines, 1)
         ) as i
       window in_turn as (order by i.position rows unbounded preceding)
     ) as i
     where waits and l.start < own_start and i.start < own_start
  )
  select (select count(*) from line) as lines,
         (select coalesce(sum(l.weight) filter (where l.nth = 1), 0) from line l) as weight,
         count(*) as items, coalesce(sum(b.cost), 0) as cost
    into others
    from before b;
  tenant_id := item.tenant_id;
  lane := item.lane;
  state := case when not waits then 'leased' when item.delayed then 'delayed' else 'ready' end;
  ready_ms := extract(epoch from item.ready_at)::float8 * 1000;
  cost := item.cost;
  place := case when waits then 1 + ahead.items + others.items else 0 end;
  cost_before := ahead.cost + others.cost;
  share := own.weight / (own.weight + others.weight);
  at_cap := own.capped;
  serving := (
    select count(*) from (
      select from (
        select f.id, f.leased_up_to from work_queue.flows f
         where f.queue = of_queue and f.lane = any (served) and f.leased_up_to > 0
         limit ${MOST_LINES}
      ) as f cross join lateral (
        select from work_queue.items i
         where i.flow_id = f.id and not i.delayed and i.position <= f.leased_up_to
           and i.worker_id is not null
        offset 0
      ) as i
       limit ${MOST_ITEMS}
    ) as i);
  exact := others.lines < ${MOST_LINES} and ahead.items < ${MOST_ITEMS}
    and others.items < ${MOST_ITEMS};
  return next;
end $$;
`;
