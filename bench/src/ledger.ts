export { appendAccountHistory } from './ledger/account-history.js';
export { copyAndParse, copyJournalRows } from './ledger/copy-floors.js';
export { projectJournal, projectWithSave, rebuildWholeJournal } from './ledger/projection.js';
export { replayKeysetPages, replayThroughStore } from './ledger/replay.js';
export { replayToBalances } from './ledger/replay-to-balances.js';
