import type { ReactNode } from 'react';

export type SortValue = string | number | bigint | null | undefined;

/** A column of a DataTable. */
export interface Column<Row> {
  /** Names the column in the address when it is sorted by. */
  readonly id: string;
  readonly header: string;
  /** Shown in place of `header`. */
  readonly head?: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** `right` for amounts. */
  readonly align?: 'left' | 'right';
  /** What to order the rows by where all of them are at hand; see `order.ts`. */
  readonly sortBy?: (row: Row) => SortValue;
}

/** A filter above a DataTable; `id` is the name of its search parameter. */
export type Filter = { readonly id: string; readonly label: string } & (
  | { readonly kind: 'text'; readonly placeholder?: string }
  | { readonly kind: 'day' | 'month' }
  | {
      readonly kind: 'choice';
      /** What the list shows when nothing is chosen; `Any` when absent. */
      readonly otherwise?: string;
      readonly options: readonly (string | { readonly value: string; readonly label: string })[];
    }
);

/** Smaller first, nothing last. Numbers of any kind compare as numbers, texts letter by letter. */
export function compareSortValues(left: SortValue, right: SortValue): number {
  if (left === right) return 0;
  if (left === null || left === undefined) return 1;
  if (right === null || right === undefined) return -1;
  return left < right ? -1 : left > right ? 1 : 0;
}
