import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chargeProofSchema, ledgerBundleLineSchema } from '../index.js';

test.each([chargeProofSchema, ledgerBundleLineSchema])(
  'docs/schemas/$$id is the schema of the release (npm run schemas:write)',
  (schema) => {
    const file = new URL(`../../../../docs/schemas/${schema.$id}`, import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);
