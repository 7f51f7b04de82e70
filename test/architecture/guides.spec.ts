import { readFileSync } from 'node:fs';
import {
  nativeErrors,
  parseModels,
  parseProviders,
  parseRatePlan,
  parseTopUpPackages,
} from '@imprest/platform';
import { expect, it } from 'vitest';

const guide = (name: string) =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

it('docs/api.md lists every error with its status and whether to retry', () => {
  const rows = [...guide('api.md').matchAll(/^\| (\d{3}) \| `(\w+)` \|.*\| (yes|no) \|$/gm)].map(
    ([, status, code, retryable]) => [
      code,
      { status: Number(status), retryable: retryable === 'yes' },
    ],
  );

  expect(Object.fromEntries(rows)).toEqual(nativeErrors);
});

it('docs/models.md shows the built-in models file', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide('models.md')) ?? [];
  const file = new URL('../../libs/platform/data/models.yaml', import.meta.url);
  const summary = (yaml: string) => {
    const { aliases, priceBook, resolve } = parseModels(yaml);
    return { priceBook, models: aliases.map((alias) => resolve(alias)), standard: resolve() };
  };

  expect(summary(example)).toEqual(summary(readFileSync(file, 'utf8')));
});

it('docs/top-ups.md shows the built-in packages file', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide('top-ups.md')) ?? [];
  const file = new URL('../../libs/platform/data/top-up-packages.yaml', import.meta.url);

  expect(parseTopUpPackages(example)).toEqual(parseTopUpPackages(readFileSync(file, 'utf8')));
});

it('docs/limits.md shows the built-in file of rate limits', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide('limits.md')) ?? [];
  const file = new URL('../../libs/platform/data/rate-limits.yaml', import.meta.url);

  expect(parseRatePlan(example)).toEqual(parseRatePlan(readFileSync(file, 'utf8')));
});

it('docs/providers.md shows a file of providers that can be read', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide('providers.md')) ?? [];

  expect(parseProviders(example, '.').map(({ name }) => name)).toContain('gpu-1');
});

it('docs/sdk.md shows the example of the SDK', () => {
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(guide('sdk.md')) ?? [];
  const file = new URL('../../examples/xmode/sdk.ts', import.meta.url);
  const [, ...program] = readFileSync(file, 'utf8').split('\n');

  expect(example).toBe(program.join('\n'));
});
