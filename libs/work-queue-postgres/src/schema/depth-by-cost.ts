/** Takes the place of `depth`: tells what the ready items are expected to use as well. */
export const DEPTH_BY_COST = `
drop function work_queue.depth(text);
create function work_queue.depth(of_queue text)
  returns table (
    lane text, ready float8, delayed float8, leased float8, oldest_ready_seconds float8,
    ready_cost float8
  ) language sql volatile
as $$
  select c.lane, count(*) filter (where c.ready)::float8, count(*) filter (where c.delayed)::float8,
         count(*) filter (where c.leased)::float8,
         coalesce(extract(epoch from c.known_at - min(c.ready_at) filter (where c.ready)), 0)::float8,
         coalesce(sum(c.cost) filter (where c.ready), 0)::float8
    from (
      select i.lane, i.ready_at, i.cost, now.known_at, i.worker_id is not null as leased,
             i.worker_id is null and i.ready_at <= now.known_at as ready,
             i.worker_id is null and i.ready_at > now.known_at as delayed
        from (select clock_timestamp() as known_at offset 0) as now, work_queue.items i
       where i.queue = of_queue
    ) as c
   group by c.lane, c.known_at
   order by c.lane
$$;
`;
