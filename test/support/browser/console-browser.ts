import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath } from './chromium.js';

const PICTURES = fileURLToPath(new URL('../../../test-results/console/', import.meta.url));
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 375, height: 812 };

/** Asks nobody but the program under test: not at its start, and not in the background. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Of a page that a person could not use, or that broke a promise of ours. */
export interface PageProblem {
  readonly page: string;
  readonly problem: string;
}

/** A browser as somebody has it who opens the console; what goes wrong in any of its pages is kept. */
export class ConsoleBrowser {
  /** Errors of scripts, refusals of the content policy, and requests to anybody else. */
  readonly problems: PageProblem[] = [];

  private constructor(
    private readonly browser: Browser,
    /** Of the program, without a path. */
    readonly url: string,
  ) {}

  static async launch(url: string): Promise<ConsoleBrowser> {
    const executablePath = chromiumPath();
    return new ConsoleBrowser(await chromium.launch({ executablePath, args: ARGUMENTS }), url);
  }

  /** A window of somebody of their own: no cookie is shared with another one. */
  async window(viewport = WIDE): Promise<Page> {
    const context = await this.browser.newContext({ viewport, baseURL: this.url });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    this.watch(page);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  private watch(page: Page): void {
    const found = (problem: string) => this.problems.push({ page: page.url(), problem });
    page.on('pageerror', (error) => found(`script: ${error.message}`));
    page.on('console', (message) => {
      // A refused call shows there as well, and is what some tests are about.
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isRefusal) found(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      const isOwn = origin === this.url || protocol === 'data:' || protocol === 'blob:';
      if (!isOwn) found(`asks ${origin}`);
    });
  }
}

/** Colours on their way to others have no contrast that anybody reads. */
const ENDED = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
  .map(({ finished }) => finished)).then(() => undefined)`;

/** Waits until a page has what it shows and nothing of it is being fetched. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('h1');
  const busy = page.locator('[aria-busy="true"]');
  await expect.poll(() => busy.count(), { timeout: 20_000 }).toBe(0);
  await page.evaluate(ENDED);
}

/** Kept in test-results/console, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const { width } = page.viewportSize() ?? WIDE;
  await page.screenshot({ path: `${PICTURES}${name}-${width}.png`, fullPage: true });
}

/** What axe calls serious or critical, each with the elements it is about. */
export async function barriers(page: Page): Promise<string[]> {
  // Evaluated by the browser's own debugger: the page's policy lets no script of ours in.
  await page.evaluate(axeSource);
  const { violations }: AxeResults = await page.evaluate(
    `axe.run({ resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const BEYOND = `
  [...document.querySelectorAll('main *, header *')]
    .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter((each) => each.closest('.mantine-ScrollArea-viewport') === null)
    .map((each) => each.tagName.toLowerCase() + '.' + [...each.classList].at(-1))
    .slice(0, 5)`;

/** What makes a page wider than its window, so that a person would have to push it; empty when nothing does. */
export async function beyondEdge(page: Page): Promise<string[]> {
  const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  const pixels: number = await page.evaluate(wider);
  if (pixels === 0) return [];
  return [`${pixels} px too wide`, ...((await page.evaluate(BEYOND)) as string[])];
}
