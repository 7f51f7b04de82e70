import { describe, expect, it } from 'vitest';
import { loadAttemptRules, parseAttemptRules } from './attempt-rules.js';

const failures = `failures:
  user: { attempts: 1 }
  moderation: { attempts: 1, chargePercent: 50, chargeOnlyRendered: true }
  model: { attempts: 2, firstDelayMs: 10 }
  timeout: { attempts: 1 }
  infrastructure: { attempts: 3, firstDelayMs: 10, longestDelayMs: 20 }
  unknown: { attempts: 1 }
  cancelled: { attempts: 1 }`;
const breaker =
  'breaker: { counted: [timeout], consecutive: 3, ratio: 0.5, leastAttempts: 5, windowSeconds: 60, openSeconds: 5, longestOpenSeconds: 50 }';
const file = (more = '') => `version: "1"\n${failures}\n${breaker}\n${more}`;

describe('the built-in rules', () => {
  it('charge nothing for any failure, and let no work wait for ever', () => {
    const { failures: rules, deadlines } = loadAttemptRules();

    expect(Object.values(rules).every(({ charge }) => charge.percent === 0)).toBe(true);
    expect(deadlines).toEqual({ startWithinSeconds: 86_400, finishWithinSeconds: null });
  });
});

describe('a file', () => {
  it('may charge for what a caller is at fault of', () => {
    const { failures: rules } = parseAttemptRules(file());

    expect(rules.moderation.charge).toEqual({ percent: 50, onlyRendered: true });
    expect(rules.model).toEqual({
      retry: { attempts: 2, firstDelayMs: 10, longestDelayMs: 10 },
      charge: { percent: 0, onlyRendered: false },
    });
  });

  it('may say nothing of deadlines', () => {
    expect(parseAttemptRules(file()).deadlines).toEqual({
      startWithinSeconds: null,
      finishWithinSeconds: null,
    });
    const said = parseAttemptRules(file('deadlines: { finishWithinSeconds: 60 }'));
    expect(said.deadlines).toEqual({ startWithinSeconds: null, finishWithinSeconds: 60 });
  });

  it.each([
    [file().replace('timeout: { attempts: 1 }', ''), 'failures.timeout must be there'],
    [
      file().replace('timeout: { attempts: 1 }', 'timeout: { attempts: 1, chargePercent: 5 }'),
      'failures.timeout.chargePercent is not a field',
    ],
    [file().replace('chargePercent: 50', 'chargePercent: 101'), 'must be a whole number from 0'],
    [file().replace('longestDelayMs: 20', 'longestDelayMs: 5'), 'a whole number from 10'],
    [file().replace('attempts: 3', 'attempts: 0'), 'failures.infrastructure.attempts must be'],
    [file().replace('counted: [timeout]', 'counted: [weather]'), 'breaker.counted[0] must be one'],
    [file().replace('ratio: 0.5', 'ratio: 2'), 'breaker.ratio must be a number from'],
    [file().replace('longestOpenSeconds: 50', 'longestOpenSeconds: 4'), 'number from 5'],
    [file('deadlines: { startWithinSeconds: never }'), 'deadlines.startWithinSeconds must be'],
    [file('retries: 5'), 'retries is not a field'],
    [`version: "1"\n${failures}`, 'breaker must be a mapping'],
  ])('is refused: %#', (yaml, reason) => {
    expect(() => parseAttemptRules(yaml)).toThrow(reason);
  });
});
