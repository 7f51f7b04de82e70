import type { DialectDriver } from './dialect-driver.js';
import { uncensored } from './uncensored.js';
import { xavira } from './xavira.js';
import { xenodia } from './xenodia.js';
import { xmode } from './xmode.js';

export type { DialectDriver, Refusal } from './dialect-driver.js';

/** All that are published. */
export const dialects: readonly DialectDriver[] = [xmode, xenodia, uncensored, xavira];
