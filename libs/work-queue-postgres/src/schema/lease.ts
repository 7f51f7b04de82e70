import {
  ADVANCED,
  ANSWER,
  CLOCK,
  FLOWS_SERVED,
  GIVEN,
  IN_TURN,
  LEVELLED,
  MARKS,
  READY_ITEMS,
  REQUESTS,
  TAKEN,
  TAKEN_QUEUE,
} from './lease-parts.js';

interface LeaseParts {
  readonly comment: string;
  readonly parameters: string;
  /** Which active lines `f` are served. */
  readonly served: string;
}

/** Start-time fair queuing over a whole batch; the README explains the model. */
const leaseFunction = ({ comment, parameters, served }: LeaseParts): string => `
-- Items for several requests that serve the same lanes (null: all), the first request filled first.
-- Rows come request by request.${comment}
create function work_queue.lease(
  ${parameters}
${ANSWER}
  ${TAKEN_QUEUE}
  served := coalesce(served, array(select l.lane from work_queue.lanes l where l.queue = of_queue));
  ${REQUESTS}
  while missing > 0 and exists (
    select from unnest(served) as s (lane) cross join lateral (
      select from work_queue.flows f
       where f.queue = of_queue and f.lane = s.lane and f.active${served}
       order by f.virtual_time limit 1
    ) as f
  ${CLOCK}
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
           ${FLOWS_SERVED}
      select f.tenant, f.tid as flow, f.page, f.virtual_time, i.tid, i.position, i.cost,
             ${READY_ITEMS}
      select tenant, flow, page, tid, position, cost, use,
             used + max(virtual_time - used) over in_turn as start
        from (select *, sum(use) over in_turn - use as used from candidate
              ${IN_TURN}
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
             ${MARKS}
         and (f.virtual_time < o.finish or f.ready_from <= o.position
              ${ADVANCED}
      update work_queue.lanes l set virtual_time = (select clock from advanced)
       where l.queue = of_queue and l.lane = any (served)
         and l.virtual_time < (select clock from advanced)
    ${GIVEN}
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
