// Entry of the container image: the role is the first argument. `imprest` is all of them in one process, `cli`
// the operator's commands.
import { fileURLToPath } from 'node:url';

const ROLES = ['imprest', 'api', 'ledger', 'orchestrator', 'webhooks', 'worker', 'cli'];
const [role] = process.argv.splice(2, 1);

if (!ROLES.includes(role)) {
  console.error(`imprest: ${role ?? 'no role'} is none of ${ROLES.join(', ')}`);
  process.exit(2);
}
const main = new URL(`../../apps/${role}/dist/main.js`, import.meta.url);
process.argv[1] = fileURLToPath(main);
await import(main);
