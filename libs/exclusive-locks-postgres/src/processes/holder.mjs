// A process that takes a name, and tells whether it believes to hold it whenever it is asked.
import { PostgresLocks } from '@imprest/exclusive-locks-postgres';

const [connectionString, name, silenceMs] = process.argv.slice(2);
const applicationName = `holder ${process.pid}`;
const options = { connectionString, applicationName, silenceMs: Number(silenceMs), retryMs: 50 };
const locks = new PostgresLocks(options);
const lock = await locks.acquire(name, new AbortController().signal);
// Answered in the first turn of the event loop after waking up, before the connection is heard.
process.on('SIGCONT', () => process.send({ afterWaking: lock.isHeld() }));
process.on('disconnect', () => process.exit());
process.send({ held: lock.isHeld() });
