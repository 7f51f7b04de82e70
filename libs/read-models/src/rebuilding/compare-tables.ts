import type { Client } from 'pg';
import type { AnyTable } from '../projections/table-projector.js';

export type DifferenceKind = 'onlyLive' | 'onlyStandby' | 'differs';

export interface RowDifference {
  readonly kind: DifferenceKind;
  /** By column, as text. */
  readonly key: Readonly<Record<string, string>>;
  /** Columns with other values; none for a row that is on one side only. */
  readonly columns: readonly string[];
}

export interface TableDifferences {
  readonly table: string;
  readonly rows: { readonly live: number; readonly standby: number };
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  readonly samples: readonly RowDifference[];
}

interface Found {
  readonly live: string;
  readonly standby: string;
  readonly counts: Partial<Record<DifferenceKind, number>> | null;
  readonly samples: RowDifference[] | null;
}

/** In one pass over both; rows that differ are few, unless everything does. */
function comparison(live: AnyTable, standby: AnyTable): string {
  const keys = live.columns.filter(({ isKey }) => isKey);
  const [anyKey] = keys;
  if (anyKey === undefined) throw new Error(`${live.name} has no key to compare its rows by`);
  const values = live.columns.filter(({ isKey }) => !isKey);
  const value = (side: string, { name, type }: (typeof values)[number]) =>
    type === 'json' ? `${side}.${name}::text` : `${side}.${name}`;
  const distinct = values.map(
    (column) => `${value('live', column)} is distinct from ${value('standby', column)}`,
  );
  const changed = values.map(
    ({ name }, index) => `case when ${distinct[index]} then '${name.slice(1, -1)}' end`,
  );
  const keyNames = keys.map(({ name }) => name).join(', ');
  const key = keys.map(({ name }) => `'${name.slice(1, -1)}', ${name}::text`).join(', ');
  return `
    with difference as materialized (
      select json_build_object(${key}) as key, row_number() over (partition by kind order by ${keyNames}) as place,
             kind, case kind when 'differs' then columns else '{}' end as columns
      from (
        select ${keyNames}, array_remove(array[${changed.join(', ')}]::text[], null) as columns,
               case when standby.${anyKey.name} is null then 'onlyLive'
                    when live.${anyKey.name} is null then 'onlyStandby' else 'differs' end as kind
        from ${live.name} as live full join ${standby.name} as standby using (${keyNames})
        where live.${anyKey.name} is null or standby.${anyKey.name} is null
              ${distinct.map((each) => `or ${each}`).join(' ')}
      ) as compared
    )
    select (select count(*) from ${live.name}) as live, (select count(*) from ${standby.name}) as standby,
           (select json_object_agg(kind, rows)
              from (select kind, count(*) as rows from difference group by kind) as counted) as counts,
           (select json_agg(json_build_object('kind', kind, 'key', key, 'columns', columns) order by kind, place)
              from difference where place <= $1) as samples`;
}

/** Rows that are on one side only, and rows that differ, by their keys. @param samples most rows named of each kind */
export async function compareTables(
  reader: Client,
  live: AnyTable,
  standby: AnyTable,
  samples: number,
): Promise<TableDifferences> {
  const { rows } = await reader.query<Found>(comparison(live, standby), [samples]);
  const found = rows[0] as Found;
  const { onlyLive = 0, onlyStandby = 0, differs = 0 } = found.counts ?? {};
  return {
    table: live.name,
    rows: { live: Number(found.live), standby: Number(found.standby) },
    counts: { onlyLive, onlyStandby, differs },
    samples: found.samples ?? [],
  };
}
