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
import { lookFunction } from './observe.js';

/** Lines of a lane whose turn may have come, by the virtual time at which they start. */
const LINES = `work_queue.flows f
           where f.queue = of_queue and f.lane = s.lane and f.head_start = h.head_start
             and f.active and not f.capped and f.tenant_id <> all (left_out)
           order by f.virtual_time`;

/** Takes the place of LEASE_FOR_OTHERS: head starts, caps and credits; nothing else is different. */
export const SHARE_LEASE = `
create or replace function work_queue.lease(
  of_queue text, served text[], workers text[], limits int[], lease_ms float8[],
  left_out text[] default '{}'
${ANSWER}
  starts float8[];
  has_caps boolean;
  ${TAKEN_QUEUE}
  served := coalesce(served, array(
    select l.lane from work_queue.lanes l where l.queue = of_queue order by l.lane));
  starts := array(
    select h.head_start from work_queue.head_starts h where h.queue = of_queue) || 0::float8;
  has_caps := exists (
    select from work_queue.shares s where s.queue = of_queue and s.cap is not null);
  ${REQUESTS}
  while missing > 0 and exists (
    select from unnest(served) as s (lane) cross join unnest(starts) as h (head_start)
     cross join lateral (select from ${LINES} limit 1) as f
  ${CLOCK}
      select s.lane, h.head_start, f.tenant_id, f.mean_cost, f.weight, f.cap,
             greatest(f.virtual_time, clock - h.head_start) as start
        from unnest(served) as s (lane) cross join unnest(starts) as h (head_start)
       cross join lateral (
          select f.tenant_id, f.virtual_time, f.mean_cost, f.weight, f.cap from ${LINES}
           limit missing
        ) as f
    ), front as materialized (
      select h.tenant_id, min(h.start) as start, avg(h.mean_cost) as mean_cost,
             min(h.weight) as weight, min(h.cap) as cap
        from head h group by h.tenant_id
       order by start limit missing
    ), rated as (
      select f.tenant_id, f.start, f.weight / f.mean_cost as rate, c.room
        from front f left join lateral (
          -- A tenant at its cap is not here: the least it may have is one.
          select greatest(s.cap - s.leased, 1) as room from work_queue.shares s
           where f.cap is not null and s.queue = of_queue and s.tenant_id = f.tenant_id
           limit 1
        ) as c on true
    ), ${LEVELLED}, due as materialized (
      select *, least(missing, room, ceil((min(level) over () - start) * rate))::int as share
        from levelled
    ), flow as materialized (
      -- One item more than the share shows whether the line ends here.
      select d.tenant, d.room, d.share + 1 as page, f.weight, f.credit, f.id, f.tid, f.ready_from,
             greatest(f.virtual_time, clock - f.head_start) as virtual_time
        from due d cross join lateral (
          select f.id, f.ctid as tid, f.virtual_time, f.ready_from, f.weight, f.head_start, f.credit
            from work_queue.flows f
           ${FLOWS_SERVED}
      select f.tenant, f.room, f.tid as flow, f.page, f.virtual_time, i.tid, i.position, i.cost,
             ${READY_ITEMS}
      select tenant, room, flow, page, tid, position, cost, use, turn,
             used + max(virtual_time - used) over in_turn as start
        from (select *, sum(use) over in_turn - use as used, count(*) over in_turn as turn
                from candidate
              ${IN_TURN}
       where turn <= coalesce(room, turn)
         and start <= (
           select coalesce(min(last), 'infinity') from (
             select max(start) as last from head
              group by lane, head_start having count(*) = missing
             union all
             select max(start) from front having count(*) = missing) as cut)
       order by start, position limit missing
    ), ${TAKEN}, outcome as materialized (
      select flow, max(position) as position, avg(cost) as mean_cost, max(virtual_time) as start,
             max(max(finish)) over own - least(sum(sum(use)) over own, max(max(credit)) over own)
               as finish,
             -- Nothing, of a tenant of whom nothing was chosen: its sum is null, which least() passes over.
             least(coalesce(sum(sum(use)) over own, 0), max(max(credit)) over own) as credited,
             sum(seen) = count(finish) and sum(seen) < max(page) as exhausted
        from (
          select tenant, tid as flow, virtual_time, credit, page, 0 as seen,
                 null::float8 as use, null::float8 as finish, null::bigint as position,
                 null::float8 as cost
            from flow
          union all
          select tenant, flow, null, null, page, 1, null, null, null, null from candidate
          union all
          select c.tenant, c.flow, null, null, c.page, 0, c.use, c.start + c.use, c.position, c.cost
            from chosen c
        ) as o
       group by tenant, flow
      window own as (partition by tenant)
    ), charged as (
      update work_queue.flows f
         set virtual_time = greatest(f.virtual_time, o.finish),
             credit = f.credit - least(f.credit, coalesce(o.credited, 0)),
             ${MARKS}
         and (f.virtual_time < o.finish or f.ready_from <= o.position or o.credited > 0
              ${ADVANCED}
      update work_queue.lanes l
         set virtual_time = greatest(l.virtual_time, a.clock), served_with = served
        from advanced a
       where l.queue = of_queue and l.lane = any (served)
         and (l.virtual_time < a.clock or l.served_with is distinct from served)
    ), counted as (
      update work_queue.shares s set leased = s.leased + c.leases
        from (
          select d.tenant_id, count(*)::int as leases
            from due d join chosen c on c.tenant = d.tenant
           where has_caps and d.room is not null
           group by d.tenant_id
        ) as c
       where s.queue = of_queue and s.tenant_id = c.tenant_id
    ${GIVEN}
    if has_caps then
      perform work_queue.hold_back(of_queue);
    end if;
  end loop;
end $$;

${lookFunction({ create: 'create or replace', line: 'f.active and not f.capped' })}
`;
