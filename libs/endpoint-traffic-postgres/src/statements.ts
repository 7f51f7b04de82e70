const MESSAGE = 'message_id, endpoint_id, tenant_id, line, sequence';
const MEMORY = `failures, window_since_ms as "windowSinceMs", openings, open_until_ms as "openUntilMs",
  failing_since_ms as "failingSinceMs"`;
/** An idle endpoint may be called that much ahead of its rate, so that lateness of a call is made up for. */
const CREDIT_MS = 100;

export const JOIN = 'select place, is_its_turn from endpoint_traffic.join_line($1, $2, $3, $4)';

export const LEAVE = `select ${MESSAGE} from endpoint_traffic.leave_line($1)`;

export const WAITING = `
  select ${MESSAGE} from endpoint_traffic.messages
  where endpoint_id = $1 and sequence > $2 and turn_at is not null
  order by sequence limit $3`;

export const OVERDUE = `
  update endpoint_traffic.messages set turn_at = clock_timestamp()
  where message_id in (
    select message_id from endpoint_traffic.messages
    where line is not null and turn_at <= clock_timestamp() - interval '1 minute'
    order by turn_at limit $1 for update skip locked
  )
  returning ${MESSAGE}`;

export const HEALTH = `select ${MEMORY} from endpoint_traffic.endpoints where endpoint_id = $1`;

export const CONDITIONS = `
  select asked.id as "endpointId", ${MEMORY}, waiting,
    extract(epoch from (
      select joined_at from endpoint_traffic.messages where endpoint_id = asked.id order by sequence limit 1
    ))::float8 * 1000 as "waitingSinceMs",
    (
      select coalesce(sum((under_way ->> asked.id)::int), 0)::int from endpoint_traffic.deliverers
      where seen_at > clock_timestamp() - interval '5 seconds'
    ) as "underWay"
  from unnest($1::text[]) as asked (id)
  join endpoint_traffic.endpoints on endpoint_id = asked.id
  cross join lateral (
    select count(*)::int as waiting from endpoint_traffic.messages where endpoint_id = asked.id
  ) as counted`;

export const CROWDED = `
  select endpoint_id as "endpointId", min(tenant_id) as "tenantId" from endpoint_traffic.messages
  group by endpoint_id
  having count(*) > $2 or min(joined_at) < to_timestamp($1::float8 / 1000)`;

export const OVERSTAYING = `
  select ${MESSAGE} from endpoint_traffic.messages
  where endpoint_id = $1 and (
    joined_at < to_timestamp($2::float8 / 1000)
    or sequence <= (
      select sequence from endpoint_traffic.messages
      where endpoint_id = $1 order by sequence desc offset $3 limit 1
    )
  )
  order by sequence limit $4`;

export const ATTEND = `
  select deliverer_id as id, number::float8, makes_room_up_to::float8 as "makesRoomUpTo"
  from endpoint_traffic.attend($1, $2, $3)`;
export const DEPART = 'delete from endpoint_traffic.deliverers where deliverer_id = $1';

export const FAILING = `
  select count(*)::int as failing from endpoint_traffic.endpoints where failing_since_ms is not null`;

/** Also of an endpoint that nobody has asked for before. */
export const LOCK_HEALTH = `
  insert into endpoint_traffic.endpoints as known (endpoint_id) values ($1)
  on conflict (endpoint_id) do update set endpoint_id = known.endpoint_id
  returning ${MEMORY}`;

export const KEEP_HEALTH = `
  update endpoint_traffic.endpoints
  set failures = $2, window_since_ms = $3, openings = $4, open_until_ms = $5, failing_since_ms = $6,
    probe_until_ms = 0, last_failed_ms = greatest(last_failed_ms, $7)
  where endpoint_id = $1`;

/** In one order, so that two processes never wait for each other. */
export const FORGET_FAILURES = `
  with healed as (
    select endpoint_id from endpoint_traffic.endpoints
    join unnest($1::text[], $2::float8[]) as told (id, at_ms) on id = endpoint_id
    where last_failed_ms <= at_ms and (failures > 0 or openings > 0 or failing_since_ms is not null)
    order by endpoint_id for update of endpoints
  )
  update endpoint_traffic.endpoints
  set failures = 0, window_since_ms = 0, openings = 0, open_until_ms = 0, failing_since_ms = null,
    probe_until_ms = 0
  where endpoint_id in (select endpoint_id from healed)`;

export const HEAL = `
  update endpoint_traffic.endpoints
  set failures = 0, window_since_ms = 0, openings = 0, open_until_ms = 0, failing_since_ms = null,
    probe_until_ms = 0
  where endpoint_id = $1`;

export const TAKE_PROBE = `
  update endpoint_traffic.endpoints set probe_until_ms = $3
  where endpoint_id = $1 and openings > 0 and open_until_ms <= $2 and probe_until_ms <= $2`;

/** $2: milliseconds between two calls. The row is written when the call may begin, and read when not. */
export const PACE = `
  with begun as (
    insert into endpoint_traffic.endpoints as known (endpoint_id, next_at_ms) values ($1, $3::float8 + $2::float8)
    on conflict (endpoint_id) do update
      set next_at_ms = greatest(known.next_at_ms, $3::float8 - ${CREDIT_MS}) + $2::float8
      where known.next_at_ms <= $3::float8
    returning 0::float8 as wait
  )
  select wait from begun
  union all
  select greatest(next_at_ms - $3::float8, 1) from endpoint_traffic.endpoints
  where endpoint_id = $1 and not exists (select from begun)`;

export const FORGET_MESSAGES = `
  with gone as (delete from endpoint_traffic.messages where endpoint_id = $1 returning *)
  select ${MESSAGE} from gone where turn_at is null order by sequence`;
export const FORGET_ENDPOINT = 'delete from endpoint_traffic.endpoints where endpoint_id = $1';
