import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/write-sdk-types.mjs', import.meta.url));

it('libs/sdk/src/openapi.ts is what docs/openapi.json gives (npm run sdk:write)', () => {
  const { status } = spawnSync(process.execPath, [script, '--check'], { stdio: 'inherit' });

  expect(status).toBe(0);
}, 30_000);
