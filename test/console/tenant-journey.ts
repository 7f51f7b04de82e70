import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../support/browser/console-browser.js';
import type { ConsoleTrial } from '../support/browser/console-trial.js';

const EMAIL = 'ada@example.com';
const PASSWORD = 'correct horse battery staple';
/** Tokens of the smallest package, and of an image of the default size. */
const BOUGHT = 1_000;
const SLOW = { timeout: 30_000 };

/** Somebody who signs up, pays, asks for pictures and is told of them, from the first page to the last. */
export function tenantJourney(trial: () => ConsoleTrial, keep: (page: Page) => void): void {
  describe('somebody who sells pictures', () => {
    let page: Page;
    let tenantId: string;
    const open = async (path: string) => {
      await page.goto(`/console/t/${tenantId}${path}`);
      await settled(page);
    };
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const dialog = () => page.getByRole('dialog');
    /** The tokens to spend, as the first page shows them. */
    const available = async () => {
      await open('');
      const text = await page.getByRole('group', { name: 'Available' }).innerText();
      return Number(text.replaceAll(/\D/g, ''));
    };
    const account = async () => {
      const { body } = await trial().admin.get('/admin/v1/tenants?limit=100');
      return body.tenants.find(({ id }: { id: string }) => id === tenantId);
    };

    beforeAll(async () => {
      page = await trial().browser.window();
      keep(page);
    });

    it('signs up and has a place of their own', async () => {
      await page.goto('/console/sign-up');
      await page.getByLabel('Name of your company or project').fill('Paper boats');
      await page.getByLabel('E-mail').fill(EMAIL);
      await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
      await button('Sign up').click();
      await page.waitForURL(/\/console\/t\/\w+/);
      await settled(page);
      tenantId = /\/t\/(\w+)/.exec(page.url())?.[1] ?? '';
      expect(await account()).toMatchObject({ id: tenantId, name: 'Paper boats' });
      expect(await available()).toBe(0);
    });

    it('issues a key, which is shown once, works, and is kept nowhere in the browser', async () => {
      await open('/keys');
      await button('Issue a key').click();
      await dialog().getByLabel('Name').fill('shop');
      await button('Issue the key').click();
      await dialog()
        .getByText(/imp_live_\w+/)
        .waitFor();
      const key = /imp_live_\w+/.exec(await dialog().innerText())?.[0] ?? '';
      const headers = { authorization: `Bearer ${key}` };
      const answer = await fetch(`${trial().program.url}/v1/balance`, { headers });
      expect(answer.status).toBe(200);
      await page.reload();
      await settled(page);
      expect(await page.innerText('main')).toContain('shop');
      expect(await page.innerText('main')).not.toContain(key);
      const kept = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';
      expect(await page.evaluate(kept)).not.toMatch(/imp_live_|imprest_session/);
    });

    it('orders tokens, pays, and sees them come', async () => {
      await open('/top-ups');
      await button('Order trial').click();
      await dialog().getByLabel('btcpay').check();
      await button('Order').click();
      await dialog().getByRole('link', { name: /^Pay/ }).waitFor();
      const { btcpay, program } = trial();
      const [invoice] = [...btcpay.invoices.values()];
      if (invoice === undefined) throw new Error('nothing was ordered at the provider');
      btcpay.pay(invoice.id, invoice.amount);
      const { body, headers } = btcpay.notification('InvoiceSettled', invoice.id);
      await fetch(`${program.url}/payments/v1/btcpay/notifications`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      await expect.poll(available, SLOW).toBe(BOUGHT);
      await open('/top-ups');
      await page.getByRole('link', { name: 'Receipt' }).waitFor();
    });

    it('asks for a picture in the playground, watches it, and finds it charged once', async () => {
      await open('/playground');
      await page.getByLabel('Prompt').first().fill('A paper boat on a lake [slow:5000]');
      await page.getByLabel('End user').fill('grace@example.com');
      await page
        .getByText(/\d+ tokens/)
        .first()
        .waitFor();
      await button('Run').dblclick();
      const run = page.getByRole('article').first();
      await run.getByRole('img', { name: 'Preview of output 1' }).waitFor(SLOW);
      await run.getByText('succeeded').waitFor(SLOW);
      await run.getByRole('img').first().waitFor();
      expect(await page.getByRole('article').count()).toBe(1);
      const left = await available();
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThan(BOUGHT);
      const { body } = await trial().admin.get(`/admin/v1/ledger/lots?tenantId=${tenantId}`);
      expect(body.lots[0]).toMatchObject({ available: String(left) });
    });

    it('has the tokens back of one that fails, and reads why', async () => {
      const before = await available();
      await open('/playground');
      await page.getByLabel('Prompt').first().fill('A lighthouse [fail:model]');
      await page.getByLabel('End user').fill('grace@example.com');
      await button('Run').click();
      const run = page.getByRole('article').first();
      await run.getByText('failed').first().waitFor({ timeout: 60_000 });
      await run.getByText(/refunded/).waitFor();
      expect(await available()).toBe(before);
    });

    it('is told by webhook, sees what was sent, and has it sent again', async () => {
      const { receiver } = trial();
      await open('/webhooks');
      await button('Register an endpoint').click();
      await dialog().getByLabel('URL').fill(`${receiver.url}/told`);
      await dialog().getByRole('button', { name: 'Register' }).click();
      await dialog()
        .getByText(/whsec_/)
        .waitFor();
      await dialog().getByRole('button', { name: 'I have kept it' }).click();
      await page.getByRole('article', { name: /told/ }).getByRole('link').first().click();
      await settled(page);
      await button('Send a test event').click();
      await page.waitForURL(/webhook-messages\//);
      await page.getByText('HTTP 200').first().waitFor(SLOW);
      await button('Resend').click();
      await dialog().getByRole('button', { name: 'Resend' }).click();
      await expect.poll(() => receiver.received.length, SLOW).toBe(2);
      const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids).size).toBe(1);
    });

    it('sees where they are signed in, and leaves nothing behind where they sign out', async () => {
      const other = await trial().browser.window();
      await other.goto('/console/sign-in');
      await other.getByLabel('E-mail').fill(EMAIL);
      await other.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
      await other.getByRole('button', { name: 'Sign in', exact: true }).click();
      await other.waitForURL(/\/console\/t\//);
      await other.goto(`/console/t/${tenantId}/generations?endUserEmail=grace%40example.com`);
      await other.getByRole('button', { name: 'Saved filters' }).click();
      await other.getByLabel('Save the present filters as').fill('Grace');
      await other.getByRole('button', { name: 'Save', exact: true }).click();
      await other.getByRole('button', { name: 'Forget Grace' }).waitFor();
      const kept = 'JSON.stringify({ ...localStorage })';
      expect(await other.evaluate(kept)).toContain('grace@example.com');

      await page.goto('/console/account');
      await settled(page);
      await page.getByText('this browser').waitFor();
      await page.getByRole('button', { name: /^Sign out Chrome/ }).waitFor();
      await other.getByRole('button', { name: /^Account of/ }).click();
      await other.getByRole('menuitem', { name: 'Sign out' }).click();
      await other.waitForURL(/sign-in/);
      expect(await other.evaluate(kept)).not.toContain('grace');
      await page.reload();
      await settled(page);
      expect(await button('Sign out everywhere else').isDisabled()).toBe(true);
    });

    it('finds a request by its id from anywhere', async () => {
      await open('/generations');
      const id = /req_\w+/.exec(await page.locator('tbody').innerHTML())?.[0] ?? '';
      await open('/keys');
      await page.keyboard.press('Control+K');
      await page.getByPlaceholder(/id/).fill(id);
      await page
        .getByRole('button', { name: /^generation: /i })
        .first()
        .click();
      await page.waitForURL(new RegExp(id));
      await settled(page);
      expect(await page.innerText('main')).toContain(id);
    });
  });
}
