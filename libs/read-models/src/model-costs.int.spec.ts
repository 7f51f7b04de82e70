import { createTestDatabase } from '@imprest/testkit/postgres';
import { expect, onTestFinished, test } from 'vitest';
import { createDataSource } from './data-source.js';
import { migrations } from './migrations/index.js';
import { ModelCosts } from './model-costs.js';

test('what was learned of a model takes the place of what was known, and another process finds it', async () => {
  const database = await createTestDatabase({ migrations });
  onTestFinished(() => database.drop());
  const learning = await createDataSource({ url: database.url });
  const other = await createDataSource({ url: database.url });
  onTestFinished(async () => {
    await learning.destroy();
    await other.destroy();
  });
  const costs = new ModelCosts(learning);
  await costs.save('landscape-1', { mean: 900.5, deviation: 450.25, samples: 1 });
  await costs.save('portrait-1', { mean: 80, deviation: 4, samples: 7 });
  await costs.save('landscape-1', { mean: 850, deviation: 300, samples: 2 });

  expect(await new ModelCosts(other).load()).toEqual(
    new Map([
      ['landscape-1', { mean: 850, deviation: 300, samples: 2 }],
      ['portrait-1', { mean: 80, deviation: 4, samples: 7 }],
    ]),
  );
});
