import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { settled } from '../support/browser/console-browser.js';
import type { ConsoleTrial } from '../support/browser/console-trial.js';
import { createTenant } from '../support/tenants.js';

const SLOW = { timeout: 30_000 };

/** Those who run the installation: money by hand, the month's end, a projection made anew, one request followed. */
export function operatorJourney(trial: () => ConsoleTrial, keep: (page: Page) => void): void {
  describe('who runs the installation', () => {
    let page: Page;
    let second: Page;
    let tenantId: string;

    const opener = (own: () => Page) => async (path: string) => {
      await own().goto(`/console${path}`);
      await settled(own());
    };
    const open = opener(() => page);
    const title = (of: Page) => of.getByRole('heading', { level: 1 }).innerText();
    const openSecond = opener(() => second);
    const enter = async (link: string) => {
      const window = await trial().browser.window();
      await window.goto(link);
      await window.getByRole('button', { name: 'Sign in', exact: true }).click();
      await window.waitForURL((url) => !url.pathname.includes('sign-in'));
      await settled(window);
      return window;
    };

    beforeAll(async () => {
      const { program } = trial();
      ({ id: tenantId } = await createTenant(program.url, program.adminKey, 0));
    });

    it('comes in by the link that the start has printed, once', async () => {
      page = await enter(trial().operatorLink);
      keep(page);
      await open('/operations');
      expect(await title(page)).toBe('Overview');
      const again = await trial().browser.window();
      await again.goto(trial().operatorLink);
      await again.getByRole('button', { name: 'Sign in', exact: true }).click();
      await again.getByText('Not signed in').waitFor();
    });

    it('credits by hand what another one has to approve', async () => {
      const terms = { email: 'grace@example.com', roles: ['finance'], reason: 'books' };
      const { body } = await trial().admin.post('/admin/v1/users', terms);
      second = await enter(body.link);
      await open('/finance/manual-credit');
      await page.getByRole('textbox', { name: 'Tenant' }).fill(tenantId);
      await page.getByLabel('Amount that arrived').fill('50.00');
      await page.getByLabel('Currency').fill('EUR');
      await page.getByLabel('Tokens to credit').fill('5000');
      await page.getByLabel('Reference of the payment').fill('transfer 4711');
      await page.getByLabel('Reason').fill('paid by transfer');
      await page.getByRole('button', { name: 'Credit', exact: true }).click();
      await page.getByText('Another operator has to approve it').waitFor();

      await openSecond('/finance/reviews');
      await second
        .getByRole('link', { name: /top_|tup_/ })
        .first()
        .click();
      await settled(second);
      await second.getByRole('button', { name: 'Approve' }).click();
      await second.getByLabel('Reason').fill('the transfer is on the statement');
      await second.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
      const credited = async () => {
        const { body: page } = await trial().admin.get(
          `/admin/v1/ledger/lots?tenantId=${tenantId}`,
        );
        return page.lots.map(({ tokens }: { tokens: string }) => tokens);
      };
      await expect.poll(credited, SLOW).toEqual(['5000']);
      await openSecond('/finance');
      expect(await second.innerText('main')).toContain('0');
    });

    it('keeps each to their own desk', async () => {
      await openSecond('/operations');
      expect(await title(second)).not.toBe('Overview');
      const [refusal] = trial().browser.problems.splice(0);
      expect(refusal?.problem).toContain('operators with the role operations');
      const refused = await second.evaluate(
        `fetch('/console/api/operator/admin/v1/workers').then(({ status }) => status)`,
      );
      expect(refused).toBe(403);
    });

    it('closes the month that is over', async () => {
      await open('/finance/periods');
      const close = page.getByRole('button', { name: /^Close \d{4}-\d{2}$/ });
      const month = (await close.innerText()).replace('Close ', '');
      await close.click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(`Type ${month} to confirm`).fill(month);
      await dialog.getByLabel('Reason').fill('the books were looked through');
      await dialog.getByRole('button', { name: 'Close for good' }).click();
      await page.getByText(`${month} is closed.`).waitFor();
      const { body } = await trial().admin.get('/admin/v1/ledger/closes');
      const reason = 'the books were looked through';
      expect(body.closes).toMatchObject([{ month, reason }]);
    });

    it('makes a projection anew beside the live one, compares them and switches', async () => {
      await open('/operations/projections/usage');
      const act = async (name: string, reason: string) => {
        await page.getByRole('button', { name, exact: true }).click(SLOW);
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Reason').fill(reason);
        await dialog.getByRole('button', { name, exact: true }).click();
        await dialog.waitFor({ state: 'detached' });
      };
      await act('Rebuild', 'a trial of the way back');
      await act('Switch', 'it is the same, and fresh');
      const served = async () => {
        const path = '/admin/v1/projections/usage/rebuild';
        const { body: rebuild } = await trial().admin.get(path);
        return rebuild.beside?.phase;
      };
      await expect.poll(served, SLOW).toBe('replaced');
      const why = async () => {
        const { body } = await trial().admin.get('/admin/v1/audit?target=usage');
        return body.entries.flatMap(({ reason }: { reason: string | null }) => reason ?? []);
      };
      await expect
        .poll(why, SLOW)
        .toEqual(['it is the same, and fresh', 'a trial of the way back']);
    });

    it('does dead letters once more that are chosen by keyboard, and sees what became of each', async () => {
      const { program, admin } = trial();
      const demo = new ApiClient(program.url, program.demoKey);
      const prompt = 'A tea pot [fail:user]';
      const ask = { endUserEmail: 'ada@example.com', prompt, size: '1900x1900' };
      const { body: asked } = await demo.post('/v1/generations', ask);
      const letters = async () => (await admin.get('/admin/v1/dead-letters')).body.deadLetters;
      await expect.poll(async () => (await letters()).length, SLOW).toBeGreaterThan(0);
      await open('/operations/dead-letters?sort=deadLetteredAt');
      const head = page.getByRole('columnheader', { name: 'Given up' });
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      await page.getByLabel(`Choose ${asked.requestId}`).focus();
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Redrive chosen (1)' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Reason').fill('the prompt is a good one');
      await dialog.getByRole('button', { name: 'Redrive chosen (1)' }).click();
      const told = page.getByRole('dialog', { name: 'What became of each' });
      await told.getByText(asked.requestId.slice(-6)).first().waitFor();
      await page.keyboard.press('Escape');
      const once = async () => {
        const { body: letter } = await admin.get(`/admin/v1/dead-letters/${asked.requestId}`);
        return letter.redrivenAs;
      };
      await expect.poll(once, SLOW).toMatch(/^req_/);
    });

    it('looks behind the blur of a case for a reason, which stays on record', async () => {
      const { program, admin } = trial();
      const demo = new ApiClient(program.url, program.demoKey);
      const ask = { endUserEmail: 'ada@example.com', prompt: 'A paper boat', size: '1900x1900' };
      const { body: asked } = await demo.post('/v1/generations', ask);
      const generationId = asked.requestId;
      await demo.outcome(generationId);
      const report = { generationId, note: 'somebody wrote to us' };
      const { body: found } = await admin.post('/admin/v1/moderation/cases', report);
      await open('/moderation');
      await open(`/moderation/cases/${found.id}`);
      await page.getByRole('button', { name: 'Unblur' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Reason').fill('to decide on the report');
      await dialog.getByRole('button', { name: 'Unblur' }).click();
      await page.getByAltText('The picture as it is').waitFor();
      await page.getByText('to decide on the report').first().waitFor();
    });
  });
}
