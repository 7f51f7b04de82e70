import type { LeaseRequest, WorkItem } from '@imprest/application';

const UNIT_SEPARATOR = '\u001f';

/** Read by `string_to_array`; the values hold no control characters. */
export function textArray(values: readonly string[]): string {
  return values.join(UNIT_SEPARATOR);
}

/** PostgreSQL's array literal; undefined becomes null. */
export function numberArray(values: readonly (number | undefined)[]): string {
  return `{${values.map((value) => value ?? 'null').join()}}`;
}

/** Of several items with one id the first one. */
export function firstMentions(items: readonly WorkItem[]): readonly WorkItem[] {
  const ids = new Set<string>();
  return items.filter(({ id }) => !ids.has(id) && ids.add(id));
}

/** A tenant's line in a lane. */
export interface Line {
  /** From 1, in the order of appearance. */
  readonly number: number;
  readonly tenantId: string;
  readonly lane: string;
  readonly meanCost: number;
}

/** A batch has far fewer lines than items: each is sent once, and the items name its number. */
export function linesOf(items: readonly WorkItem[]): {
  readonly lines: readonly Line[];
  readonly lineOf: readonly number[];
} {
  const members = new Map<string, { readonly number: number; readonly items: WorkItem[] }>();
  const lineOf = items.map((item) => {
    const key = item.tenantId + UNIT_SEPARATOR + item.lane;
    const line = members.get(key) ?? { number: members.size + 1, items: [] };
    members.set(key, line);
    line.items.push(item);
    return line.number;
  });
  const lines = [...members.values()].map((line) => {
    const [{ tenantId, lane }] = line.items as [WorkItem];
    const cost = line.items.reduce((sum, item) => sum + item.cost, 0);
    return { number: line.number, tenantId, lane, meanCost: cost / line.items.length };
  });
  return { lines, lineOf };
}

/** Deals rows out to requests: they come request by request, the first one filled first. */
export function dealtOut<Row>(
  requests: readonly LeaseRequest[],
  rows: readonly Row[],
): readonly (readonly Row[])[] {
  let given = 0;
  return requests.map(({ limit }) => {
    const own = rows.slice(given, given + limit);
    given += own.length;
    return own;
  });
}
