import {
  LedgerBalanceRow,
  LedgerEntryRow,
  LedgerLotRow,
  LedgerTokenAccountRow,
} from '../entities/index.js';
import { BulkTable } from '../sql/bulk-table.js';

export const entries = new BulkTable(LedgerEntryRow);
export const balances = new BulkTable(LedgerBalanceRow);
export const lots = new BulkTable(LedgerLotRow);
export const tokenAccounts = new BulkTable(LedgerTokenAccountRow);
