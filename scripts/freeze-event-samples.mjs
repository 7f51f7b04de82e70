// Freezes the current version of every event type: npm run events:freeze
// Writes the samples that are missing in libs/event-catalogue/samples and never touches one that is
// there: whatever was released once has to stay readable for ever.
import { writeFileSync } from 'node:fs';
import { catalogue } from '../libs/event-catalogue/dist/index.js';
import { exampleEventData } from '../libs/testkit/dist/builders/index.js';

const folder = new URL('../libs/event-catalogue/samples/', import.meta.url);
let written = 0;
for (const [type, { version, category, schema }] of Object.entries(catalogue)) {
  const data = schema.encode(exampleEventData[type]);
  const problem = schema.problem(data, type);
  if (problem !== undefined) throw new Error(`the example breaks its schema: ${problem}`);
  const sample = { type, version, category, schema: schema.jsonSchema, data };
  const name = `${type}.v${version}.json`;
  try {
    writeFileSync(new URL(name, folder), `${JSON.stringify(sample, null, 2)}\n`, { flag: 'wx' });
    console.log(`froze ${name}`);
    written += 1;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}
console.log(`${written} of ${Object.keys(catalogue).length} types frozen now`);
