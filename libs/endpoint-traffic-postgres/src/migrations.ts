/**
 * Whoever changes a line holds the row of its endpoint first: two messages of one line never both
 * find it empty, and none joins a line whose last message leaves without being told its turn.
 */
export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreateEndpointTraffic1763700000000',
    up: `
      create schema endpoint_traffic;

      create table endpoint_traffic.endpoints (
        endpoint_id text primary key,
        last_sequence bigint not null default 0,
        failures integer not null default 0,
        window_since_ms float8 not null default 0,
        openings integer not null default 0,
        open_until_ms float8 not null default 0,
        failing_since_ms float8,
        probe_until_ms float8 not null default 0,
        next_at_ms float8 not null default 0
      ) with (fillfactor = 50);

      create table endpoint_traffic.messages (
        message_id text primary key,
        endpoint_id text not null,
        tenant_id text not null,
        line text,
        sequence bigint not null,
        -- Null while a message of its line is before it.
        turn_at timestamptz
      );
      create index on endpoint_traffic.messages (endpoint_id, sequence);
      create index on endpoint_traffic.messages (line, sequence) where line is not null;
      create index on endpoint_traffic.messages (turn_at) where line is not null;

      create function endpoint_traffic.join_line(
        a_message text, an_endpoint text, a_tenant text, a_line text
      ) returns table (place bigint, is_its_turn boolean) language plpgsql as $$
      declare
        number bigint;
        is_first boolean;
      begin
        insert into endpoint_traffic.endpoints as known (endpoint_id) values (an_endpoint)
          on conflict (endpoint_id) do update set endpoint_id = known.endpoint_id;
        return query select sequence, turn_at is not null
          from endpoint_traffic.messages where message_id = a_message;
        if found then
          return;
        end if;
        update endpoint_traffic.endpoints set last_sequence = last_sequence + 1
          where endpoint_id = an_endpoint returning last_sequence into number;
        is_first := a_line is null
          or not exists (select from endpoint_traffic.messages where line = a_line);
        insert into endpoint_traffic.messages
          values (a_message, an_endpoint, a_tenant, a_line, number,
            case when is_first then clock_timestamp() end);
        return query select number, is_first;
      end $$;

      create function endpoint_traffic.leave_line(the_messages text[])
      returns setof endpoint_traffic.messages language plpgsql as $$
      begin
        perform 1 from endpoint_traffic.endpoints where endpoint_id in (
          select endpoint_id from endpoint_traffic.messages
          where message_id = any(the_messages) and line is not null
        ) order by endpoint_id for update;
        return query with gone as (
          delete from endpoint_traffic.messages where message_id = any(the_messages) returning line
        ), heads as (
          select distinct on (line) message_id from endpoint_traffic.messages
          where line in (select line from gone where line is not null)
            and message_id <> all(the_messages)
          order by line, sequence
        )
        update endpoint_traffic.messages as next set turn_at = clock_timestamp()
          from heads where next.message_id = heads.message_id and next.turn_at is null
          returning next.*;
      end $$;
    `,
  },
  {
    name: 'ShareEndpointsBetweenDeliverers1763800000000',
    up: `
      alter table endpoint_traffic.endpoints add column last_failed_ms float8 not null default 0;
      alter table endpoint_traffic.messages add column joined_at timestamptz not null default now();
      alter table endpoint_traffic.messages alter column joined_at set default clock_timestamp();

      create table endpoint_traffic.deliverers (
        deliverer_id text primary key,
        number bigint generated always as identity,
        makes_room_up_to bigint not null,
        under_way jsonb not null,
        seen_at timestamptz not null
      );

      -- One at a time: of two that come at once, the later one knows of both.
      create function endpoint_traffic.attend(a_deliverer text, room_up_to bigint, now_under_way jsonb)
      returns setof endpoint_traffic.deliverers language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(hashtextextended('endpoint_traffic.attend', 0));
        delete from endpoint_traffic.deliverers
          where deliverer_id <> a_deliverer and seen_at < clock_timestamp() - interval '40 seconds';
        update endpoint_traffic.deliverers
          set makes_room_up_to = room_up_to, under_way = now_under_way, seen_at = clock_timestamp()
          where deliverer_id = a_deliverer;
        if not found then
          insert into endpoint_traffic.deliverers (deliverer_id, makes_room_up_to, under_way, seen_at)
            values (a_deliverer, room_up_to, now_under_way, clock_timestamp());
        end if;
        return query select * from endpoint_traffic.deliverers;
      end $$;
    `,
  },
];
