export { appendAccountHistory } from './ledger/account-history.js';
export { projectJournal, projectWithSave, rebuildWholeJournal } from './ledger/projection.js';
export { replayKeysetPages, replayThroughStore } from './ledger/replay.js';
