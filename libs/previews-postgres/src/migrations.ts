/**
 * Unlogged: a preview writes no log and waits for no disk. A server that crashed starts with empty tables, and whoever
 * watches says so again within seconds.
 */
export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreatePreviews1763800010000',
    up: `
      create schema previews;

      create unlogged table previews.watched (
        generation_id text collate "C" primary key,
        watched_until timestamptz not null,
        admitted_at timestamptz,
        admitted integer not null default 0,
        withheld boolean not null default false
      ) with (fillfactor = 50);

      create sequence previews.versions;

      create unlogged table previews.pictures (
        generation_id text collate "C" not null,
        image_index smallint not null,
        fence bigint not null,
        version bigint not null default nextval('previews.versions'),
        step integer,
        steps integer,
        width integer not null,
        height integer not null,
        data_key_id text not null,
        -- Under the data key of the generation: no picture is in the clear on a disk.
        sealed text not null,
        primary key (generation_id, image_index)
      );
    `,
  },
];
