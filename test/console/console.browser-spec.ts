import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  barriers,
  beyondEdge,
  NARROW,
  picture,
  settled,
} from '../support/browser/console-browser.js';
import { ConsoleTrial } from '../support/browser/console-trial.js';
import { everyPage } from './every-page.js';
import { operatorJourney } from './operator-journey.js';
import { tenantJourney } from './tenant-journey.js';

describe('the console', () => {
  let trial: ConsoleTrial;

  beforeAll(async () => {
    trial = await ConsoleTrial.start();
  });
  afterAll(async () => {
    await trial?.end();
  });

  it('asks a stranger to sign in', async () => {
    const page = await trial.browser.window(NARROW);
    await page.goto('/console/');
    await settled(page);
    expect(new URL(page.url()).pathname).toBe('/console/sign-in');
    expect(await barriers(page)).toEqual([]);
    expect(await beyondEdge(page)).toEqual([]);
    await picture(page, 'sign-in');
    expect(trial.browser.problems).toEqual([]);
  });

  const windows = {} as { tenant: Page; operator: Page };
  tenantJourney(
    () => trial,
    (page) => {
      windows.tenant = page;
    },
  );
  operatorJourney(
    () => trial,
    (page) => {
      windows.operator = page;
    },
  );
  everyPage(
    () => trial,
    () => windows,
  );
});
