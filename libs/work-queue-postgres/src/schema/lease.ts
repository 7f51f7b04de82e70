import { PLANNER_SETTINGS, TAKE_QUEUE } from './planner-settings.js';

interface LeaseParts {
  readonly comment: string;
  readonly parameters: string;
  /** Which active lines `f` are served. */
  readonly served: string;
}

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

/** Start-time fair queuing over a whole batch; the README explains the model. */
const leaseFunction = ({ comment, parameters, served }: LeaseParts): string => `
-- Items for several requests that serve the same lanes (null: all), the first request filled first.
-- Rows come request by request.${comment}
create function work_queue.lease(
  ${parameters}
) returns table (
  id text, tenant_id text, lane text, fence float8, leased_until_ms float8
) language plpgsql ${PLANNER_SETTINGS}
as $$
#variable_conflict use_column
declare
  known_at timestamptz;
  new_fence bigint;
  clock float8;
  first_slots int[];
  given int := 0;
  missing int;
  got int;
begin
  ${TAKE_QUEUE}
  known_at := clock_timestamp();
  perform work_queue.promote(of_queue, known_at);
  served := coalesce(served, array(select l.lane from work_queue.lanes l where l.queue = of_queue));
  ${REQUESTS}
  while missing > 0 and exists (
    select from unnest(served) as s (lane) cross join lateral (
      select from work_queue.flows f
       where f.queue = of_queue and f.lane = s.lane and f.active${served}
       order by f.virtual_time limit 1
    ) as f
  ) loop
    -- Lanes served together share the latest of their clocks.
    select max(l.virtual_time) into clock from work_queue.lanes l
     where l.queue = of_queue and l.lane = any (served);
    return query
    with head as materialized (
      select s.lane, f.tenant_id, f.virtual_time, f.mean_cost
        from unnest(served) as s (lane) cross join lateral (
          select f.tenant_id, f.virtual_time, f.mean_cost from work_queue.flows f
           where f.queue = of_queue and f.lane = s.lane and f.active${served}
           order by f.virtual_time limit missing
        ) as f
    ), front as materialized (
      select h.tenant_id, greatest(min(h.virtual_time), clock) as start,
             avg(h.mean_cost) as mean_cost
        from head h group by h.tenant_id
       order by start limit missing
    ), rated as (
      select f.tenant_id, f.start, w.weight, w.weight / f.mean_cost as rate
        from front f cross join lateral (
          select coalesce((
            select w.weight from work_queue.weights w
             where w.queue = of_queue and w.tenant_id = f.tenant_id
          ), 1) as weight
        ) as w
    ), ${LEVELLED}, due as materialized (
      select *, least(missing, ceil((min(level) over () - start) * rate))::int as share
        from levelled
    ), flow as materialized (
      -- One item more than the share shows whether the line ends here.
      select d.tenant, d.share + 1 as page, d.weight, f.id, f.tid, f.ready_from,
             greatest(f.virtual_time, clock) as virtual_time
        from due d cross join lateral (
          select f.id, f.ctid as tid, f.virtual_time, f.ready_from from work_queue.flows f
           where f.queue = of_queue and f.tenant_id = d.tenant_id and f.lane = any (served)
          offset 0
        ) as f
       where d.share > 0
    ), candidate as materialized (
      select f.tenant, f.tid as flow, f.page, f.virtual_time, i.tid, i.position, i.cost,
             i.cost / f.weight as use
        from flow f cross join lateral (
          select i.ctid as tid, i.position, i.cost from work_queue.items i
           where i.flow_id = f.id and i.position >= f.ready_from
             and not i.delayed and i.worker_id is null
           order by i.position limit f.page
        ) as i
    ), tagged as (
      -- A tenant's items one after the other, none before the time of its own line.
      select tenant, flow, page, tid, position, cost, use,
             used + max(virtual_time - used) over in_turn as start
        from (select *, sum(use) over in_turn - use as used from candidate
              window in_turn as (
                partition by tenant order by virtual_time, position rows unbounded preceding)) as c
      window in_turn as (
        partition by tenant order by virtual_time, position rows unbounded preceding)
    ), chosen as materialized (
      -- Lines and tenants that the limits above left out start no earlier than the last ones in.
      select *, row_number() over (order by start, position)::int as slot
        from tagged
       where start <= greatest(clock, (
         select coalesce(min(last), 'infinity') from (
           select max(virtual_time) as last from head group by lane having count(*) = missing
           union all
           select max(start) from front having count(*) = missing) as cut))
       order by start, position limit missing
    ), ${TAKEN}, outcome as materialized (
      select flow, max(position) as position, avg(cost) as mean_cost,
             max(virtual_time) as start, max(max(finish)) over (partition by tenant) as finish,
             sum(seen) = count(finish) and sum(seen) < max(page) as exhausted
        from (
          select tenant, tid as flow, virtual_time, page, 0 as seen,
                 null::float8 as finish, null::bigint as position, null::float8 as cost
            from flow
          union all
          select tenant, flow, null, page, 1, null, null, null from candidate
          union all
          select c.tenant, c.flow, null, c.page, 0, c.start + c.use, c.position, c.cost from chosen c
        ) as o
       group by tenant, flow
    ), charged as (
      update work_queue.flows f
         set virtual_time = greatest(f.virtual_time, o.finish),
             ready_from = greatest(f.ready_from, o.position + 1),
             leased_up_to = greatest(f.leased_up_to, o.position),
             mean_cost = coalesce(o.mean_cost, f.mean_cost),
             active = f.active and not o.exhausted
        from outcome o
       where f.ctid = o.flow
         and (f.virtual_time < o.finish or f.ready_from <= o.position
              or f.active and o.exhausted)
    ), advanced as (
      -- Not past a line that still waits, which would lose what it is behind.
      select least(
               max(c.start),
               (select min(greatest(o.start, o.finish)) from outcome o where not o.exhausted),
               (select min(d.start) from due d where d.share <= 0)) as clock
        from chosen c having count(*) > 0
    ), clocks as (
      update work_queue.lanes l set virtual_time = (select clock from advanced)
       where l.queue = of_queue and l.lane = any (served)
         and l.virtual_time < (select clock from advanced)
    )
    select t.id, t.tenant_id, t.lane, new_fence::float8,
           extract(epoch from t.leased_until)::float8 * 1000
      from taken t order by t.slot;
    get diagnostics got = row_count;
    given := given + got;
    missing := missing - got;
  end loop;
end $$;
`;

export const LEASE = leaseFunction({
  comment: '',
  parameters: 'of_queue text, served text[], workers text[], limits int[], lease_ms float8[]',
  served: '',
});

/** Takes the place of LEASE, also for processes that do not know of the last parameter. */
export const LEASE_FOR_OTHERS = `
drop function work_queue.lease(text, text[], text[], int[], float8[]);
${leaseFunction({
  comment: '\n-- Tenants left out lose what they are behind when others move the clock on.',
  parameters: `of_queue text, served text[], workers text[], limits int[], lease_ms float8[],
  left_out text[] default '{}'`,
  served: ' and f.tenant_id <> all (left_out)',
})}`;
