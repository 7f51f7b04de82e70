// Writes docs/schemas from the schemas that the API answers with: npm run schemas:write
import { writeFileSync } from 'node:fs';
import { chargeProofSchema, ledgerBundleLineSchema } from '../libs/ledger-seal/dist/index.js';

for (const schema of [chargeProofSchema, ledgerBundleLineSchema]) {
  const file = new URL(`../docs/schemas/${schema.$id}`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  console.log(`written docs/schemas/${schema.$id}`);
}
