export { Money, Tokens } from './amount.tsx';
export { BreakableName } from './breakable-name.tsx';
export { DayChart } from './charts/lazy-chart.tsx';
export { ConfirmAction } from './confirm-action.tsx';
export { ConfirmDialog } from './confirm-dialog.tsx';
export { CopyableId, CopyIcon } from './copyable-id.tsx';
export { DescriptionList } from './description-list.tsx';
export { Dialog } from './dialog.tsx';
export { DownloadLink } from './download-link.tsx';
export { EmptyState } from './empty-state.tsx';
export { ErrorNotice } from './error-notice.tsx';
export { IdForm } from './id-form.tsx';
export { JsonView } from './json-view.tsx';
export { PageHeader } from './page-header.tsx';
export { PageLink } from './page-link.tsx';
export { QueryView } from './query-view.tsx';
export { ReasonAction } from './reason-action.tsx';
export { ReasonDialog } from './reason-dialog.tsx';
export { Section } from './section.tsx';
export { StatTile } from './stat-tile.tsx';
export { StatusBadge } from './status-badge.tsx';
export type { Column, Filter } from './table/column.ts';
export {
  amountColumn,
  idColumn,
  proseColumn,
  textColumn,
  timeColumn,
} from './table/columns.tsx';
export { DataTable } from './table/data-table.tsx';
export { useSelection } from './table/selection.tsx';
export { useRows } from './table/use-rows.ts';
export { useTableState } from './table/use-table-state.ts';
export { Timestamp } from './timestamp.tsx';
