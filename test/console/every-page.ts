import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  barriers,
  beyondEdge,
  NARROW,
  picture,
  settled,
  WIDE,
} from '../support/browser/console-browser.js';
import type { ConsoleTrial } from '../support/browser/console-trial.js';

/** Parts of a path that name one thing of many. */
const ID = /^(?:[a-z]+_[0-9a-z]{8,}|[0-9a-f-]{36}|[^/]*(?:@|%40)[^/]*)$/;
const MOST_PAGES = 60;

/** Ids of tenants are chosen by people, and projections are named. */
const OF_NAMES = ['t', 'tenants', 'projections'];
const isOne = (part: string, before: string | undefined) =>
  ID.test(part) || (before !== undefined && OF_NAMES.includes(before));

/** What kind of page a path leads to: `/t/:id/generations/:id`. */
const kindOf = (path: string) =>
  path
    .slice('/console'.length)
    .split('/')
    .map((part, index, parts) => (isOne(part, parts[index - 1]) ? ':id' : part))
    .join('/');

async function linksOf(page: Page): Promise<string[]> {
  const hrefs: string[] = await page.evaluate(
    `[...document.querySelectorAll('a[href^="/console/"]')].map((link) => link.getAttribute('href'))`,
  );
  return hrefs
    .map((href) => href.split(/[?#]/)[0] as string)
    .filter((path) => !path.includes('/api/'));
}

/** What is wrong with a page for somebody at a wide screen by day, or with a telephone at night. */
async function wrongWith(page: Page, kind: string): Promise<string[]> {
  const name = kind.replaceAll(':id', 'one').replaceAll('/', '-').replace(/^-|-$/g, '');
  const wrong: string[] = [];
  for (const [viewport, colorScheme] of [
    [WIDE, 'light'],
    [NARROW, 'dark'],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    // The page hears of it a moment later; from then on its colours are on their way.
    await page.waitForSelector(`html[data-mantine-color-scheme="${colorScheme}"]`);
    await settled(page);
    const found = [...(await beyondEdge(page)), ...(await barriers(page))];
    wrong.push(...found.map((each) => `${kind} (${viewport.width}, ${colorScheme}): ${each}`));
    await picture(page, name);
  }
  await page.setViewportSize(WIDE);
  return wrong;
}

export interface Walk {
  readonly kinds: readonly string[];
  readonly wrong: readonly string[];
}

/** Goes from link to link as far as they are of interest, and looks at one page of each kind. */
export async function walk(
  page: Page,
  from: readonly string[],
  isOurs: (path: string) => boolean,
): Promise<Walk> {
  const ahead = [...from];
  const seen = new Map<string, string[]>();
  for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
    const kind = kindOf(path.replace(/\/$/, ''));
    if (seen.has(kind)) continue;
    if (seen.size === MOST_PAGES) throw new Error(`more than ${MOST_PAGES} kinds of pages`);
    await page.goto(path);
    await settled(page);
    ahead.push(...(await linksOf(page)).filter(isOurs));
    seen.set(kind, await wrongWith(page, kind));
  }
  return { kinds: [...seen.keys()], wrong: [...seen.values()].flat() };
}

/** Every page there is, as it is after some work was done. */
export function everyPage(
  trial: () => ConsoleTrial,
  windows: () => { readonly tenant: Page; readonly operator: Page },
): void {
  describe('every page', () => {
    it('of a tenant can be used by anybody, at a desk and on a telephone', async () => {
      const { tenant } = windows();
      const start = [new URL(tenant.url()).pathname, '/console/account'];
      const { kinds, wrong } = await walk(tenant, start, () => true);
      expect(wrong).toEqual([]);
      expect(kinds).toContain('/t/:id/generations/:id');
      expect(kinds.length).toBeGreaterThan(14);
    }, 300_000);

    it('of operators can, too', async () => {
      const { operator } = windows();
      const desks = ['/console/operations', '/console/finance', '/console/moderation'];
      const { kinds, wrong } = await walk(
        operator,
        desks,
        (path) => !path.startsWith('/console/t/'),
      );
      expect(wrong).toEqual([]);
      expect(kinds).toContain('/moderation/cases/:id');
      expect(kinds.length).toBeGreaterThan(24);
    }, 300_000);

    it('has broken nothing on the way, and asked nobody else for anything', () => {
      expect(trial().browser.problems).toEqual([]);
    });
  });
}
