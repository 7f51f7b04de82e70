import { loadConfig } from '@imprest/platform';
import { fixedClock } from '@imprest/testkit';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { OpenOutputStage } from './open-output-stage.js';

const CLASSIFIER = { IMPREST_OUTPUT_MODERATION_URL: 'http://127.0.0.1:9' };
const HASH_MATCH = { IMPREST_OUTPUT_HASH_MATCH_URL: 'http://127.0.0.1:9/match' };

test.each([
  ['nobody judges outputs', {}, true],
  ['a classifier judges outputs', CLASSIFIER, true],
  ['somebody knows outputs by their files', HASH_MATCH, false],
  ['a classifier does, and somebody who knows files', { ...CLASSIFIER, ...HASH_MATCH }, false],
  ['the operator wants none', { IMPREST_PREVIEWS: 'off' }, false],
])('previews where %s', async (_, environment, areShown) => {
  const config = loadConfig({ C2PA: 'off', ...environment });
  const open = await OpenOutputStage.open(config, fixedClock(), pino({ level: 'silent' }));

  expect(open.previewStage.isOpen).toBe(areShown);
  await open.onModuleDestroy();
});
