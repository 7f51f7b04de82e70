import { PLANNER_SETTINGS, TAKE_QUEUE } from './planner-settings.js';

/** Where each request's items begin, how many are missing in all, and the fence of what is leased. */
export const REQUESTS = `select array_agg(u.upto - u.n + 1 order by u.ordinal), max(u.upto) into first_slots, missing
    from (select n, ordinal, sum(n) over (order by ordinal)::int as upto
            from unnest(limits) with ordinality as u (n, ordinal)) as u;
  new_fence := nextval('work_queue.fences');`;

/** Rows of `rated` with the level up to which each tenant would be served, if it were the last one behind. */
export const LEVELLED = `levelled as (
      -- The virtual time at which all tenants that are behind it have had the missing items together.
      select *, row_number() over () as tenant,
             clock + (missing + sum(rate * (start - clock)) over before) / sum(rate) over before as level
        from rated
      window before as (order by start rows unbounded preceding)
    )`;

/** The leases of what was `chosen`. */
export const TAKEN = `taken as (
      update work_queue.items i
         set fence = new_fence,
             worker_id = workers[width_bucket(given + c.slot, first_slots)],
             leased_until = known_at
               + lease_ms[width_bucket(given + c.slot, first_slots)] * interval '1 ms'
        from chosen c
       where i.ctid = c.tid
      returning c.slot, i.id, i.tenant_id, i.lane, i.leased_until
    )`;

/** The rows answered, and what is known of the call. */
export const ANSWER = `) returns table (
  id text, tenant_id text, lane text, fence float8, leased_until_ms float8
) language plpgsql ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
declare
  known_at timestamptz;
  new_fence bigint;
  clock float8;`;

/** The queue is the call's own, and what is due is ready. */
export const TAKEN_QUEUE = `first_slots int[];
  given int := 0;
  missing int;
  got int;
begin
  ${TAKE_QUEUE}
  known_at := clock_timestamp();
  perform work_queue.promote(of_queue, known_at);`;

/** What the lanes served have together; begins the statement of a batch. */
export const CLOCK = `) loop
    -- Lanes served together share the latest of their clocks.
    select max(l.virtual_time) into clock from work_queue.lanes l
     where l.queue = of_queue and l.lane = any (served);
    return query
    with head as materialized (`;

/** Lines of the tenants that are `due`. */
export const FLOWS_SERVED = `where f.queue = of_queue and f.tenant_id = d.tenant_id and f.lane = any (served)
          offset 0
        ) as f
       where d.share > 0
    ), candidate as materialized (`;

/** First items of each line of `flow`. */
export const READY_ITEMS = `i.cost / f.weight as use
        from flow f cross join lateral (
          select i.ctid as tid, i.position, i.cost from work_queue.items i
           where i.flow_id = f.id and i.position >= f.ready_from
             and not i.delayed and i.worker_id is null
           order by i.position limit f.page
        ) as i
    ), tagged as (
      -- A tenant's items one after the other, none before the time of its own line.`;

/** The order of a tenant's items. */
export const IN_TURN = `window in_turn as (
                partition by tenant order by virtual_time, position rows unbounded preceding)) as c
      window in_turn as (
        partition by tenant order by virtual_time, position rows unbounded preceding)
    ), chosen as materialized (
      -- Lines and tenants that the limits above left out start no earlier than the last ones in.
      select *, row_number() over (order by start, position)::int as slot
        from tagged`;

/** What spares a look at items that were taken out. */
export const MARKS = `ready_from = greatest(f.ready_from, o.position + 1),
             leased_up_to = greatest(f.leased_up_to, o.position),
             mean_cost = coalesce(o.mean_cost, f.mean_cost),
             active = f.active and not o.exhausted
        from outcome o
       where f.ctid = o.flow`;

/** How far the clock of the lanes served goes on. */
export const ADVANCED = `or f.active and o.exhausted)
    ), advanced as (
      -- Not past a line that still waits, which would lose what it is behind.
      select least(
               max(c.start),
               (select min(greatest(o.start, o.finish)) from outcome o where not o.exhausted),
               (select min(d.start) from due d where d.share <= 0)) as clock
        from chosen c having count(*) > 0
    ), clocks as (`;

/** The rows answered, and how many are missing yet. */
export const GIVEN = `)
    select t.id, t.tenant_id, t.lane, new_fence::float8,
           extract(epoch from t.leased_until)::float8 * 1000
      from taken t order by t.slot;
    get diagnostics got = row_count;
    given := given + got;
    missing := missing - got;`;
