import {
  choices,
  DataFileError,
  decimal,
  type Fields,
  flag,
  knownFields,
  loadDataFile,
  mapping,
  readYaml,
  text,
  wholeNumber,
} from '@imprest/data-files';
import {
  type AttemptRules,
  type BreakerRule,
  chargeableClasses,
  type FailureClass,
  type FailureRule,
  failureClasses,
} from '@imprest/domain';
import { builtInDataFile } from '../data-files/built-in-data-file.js';
import { deadlineDefaults } from './deadline-defaults.js';

const FILE_FIELDS = ['version', 'failures', 'rendersUnanswered', 'deadlines', 'breaker'];
const RETRY_FIELDS = ['attempts', 'firstDelayMs', 'longestDelayMs'];
const CHARGE_FIELDS = ['chargePercent', 'chargeOnlyRendered'];
const BREAKER_FIELDS = [
  ...['counted', 'consecutive', 'ratio', 'leastAttempts', 'windowSeconds'],
  ...['openSeconds', 'longestOpenSeconds'],
];

const MOST_ATTEMPTS = 100;
const HOUR_MS = 3_600_000;
const DAY_SECONDS = 86_400;

function mayCharge(failureClass: FailureClass): boolean {
  return (chargeableClasses as readonly FailureClass[]).includes(failureClass);
}

function failureRule(failureClass: FailureClass, value: unknown): FailureRule {
  const where = `failures.${failureClass}`;
  const known = mayCharge(failureClass) ? [...RETRY_FIELDS, ...CHARGE_FIELDS] : RETRY_FIELDS;
  const given = knownFields(mapping(value, where), known, `${where}.`);
  const { attempts, firstDelayMs = 0, longestDelayMs = firstDelayMs } = given;
  const { chargePercent = 0, chargeOnlyRendered = false } = given;
  const first = wholeNumber(firstDelayMs, `${where}.firstDelayMs`, 0, HOUR_MS);
  return {
    retry: {
      attempts: wholeNumber(attempts, `${where}.attempts`, 1, MOST_ATTEMPTS),
      firstDelayMs: first,
      longestDelayMs: wholeNumber(longestDelayMs, `${where}.longestDelayMs`, first, HOUR_MS),
    },
    charge: {
      percent: wholeNumber(chargePercent, `${where}.chargePercent`, 0, 100),
      onlyRendered: flag(chargeOnlyRendered, `${where}.chargeOnlyRendered`),
    },
  };
}

function failureRules(value: unknown): AttemptRules['failures'] {
  const given: Fields = knownFields(mapping(value, 'failures'), failureClasses, 'failures.');
  const missing = failureClasses.find((failureClass) => given[failureClass] === undefined);
  if (missing !== undefined) throw new DataFileError(`failures.${missing} must be there`);
  const rules = failureClasses.map((each) => [each, failureRule(each, given[each])] as const);
  return Object.fromEntries(rules) as AttemptRules['failures'];
}

function breakerRule(value: unknown): BreakerRule {
  const given = knownFields(mapping(value, 'breaker'), BREAKER_FIELDS, 'breaker.');
  const whole = (name: string, least: number, most: number) =>
    wholeNumber(given[name], `breaker.${name}`, least, most);
  const openSeconds = whole('openSeconds', 1, DAY_SECONDS);
  return {
    counted: choices(given.counted, 'breaker.counted', failureClasses),
    consecutive: whole('consecutive', 1, 1_000),
    ratio: decimal(given.ratio, 'breaker.ratio', 0.01, 1),
    leastAttempts: whole('leastAttempts', 1, 1_000),
    windowSeconds: whole('windowSeconds', 1, DAY_SECONDS),
    openSeconds,
    longestOpenSeconds: whole('longestOpenSeconds', openSeconds, DAY_SECONDS),
  };
}

/** @throws DataFileError */
export function parseAttemptRules(yaml: string): AttemptRules {
  const file = knownFields(mapping(readYaml(yaml), 'the file'), FILE_FIELDS);
  return {
    version: text(file.version, 'version'),
    failures: failureRules(file.failures),
    rendersUnanswered: flag(file.rendersUnanswered ?? false, 'rendersUnanswered'),
    deadlines: {
      startWithinSeconds: null,
      finishWithinSeconds: null,
      ...deadlineDefaults(file.deadlines ?? {}, 'deadlines'),
    },
    breaker: breakerRule(file.breaker),
  };
}

/** The operator's file, or the built-in one. @throws DataFileError */
export function loadAttemptRules(file = builtInDataFile('attempt-rules.yaml')): AttemptRules {
  return loadDataFile('attempt rules', file, parseAttemptRules);
}
