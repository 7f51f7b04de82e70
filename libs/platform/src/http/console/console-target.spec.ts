import { describe, expect, it } from 'vitest';
import { consoleTarget, routeConsoleUrl } from './console-target.js';

function sent(url: string) {
  const request = { url };
  return { routedTo: routeConsoleUrl(request), target: consoleTarget(request) };
}

describe('a URL of the console', () => {
  it.each([
    ['/console/api/tenants/demo/v1/balance?x=1', '/v1/balance?x=1'],
    ['/console/api/tenants/tnt_1/v1/images:generate', '/v1/images:generate'],
    ['/console/api/tenants/demo/api/v1/images/generations', '/api/v1/images/generations'],
  ])('%s is a tenant’s', (url, routedTo) => {
    const tenantId = url.split('/')[4];

    expect(sent(url)).toEqual({ routedTo, target: { kind: 'tenant', tenantId } });
  });

  it('is the operators’', () => {
    expect(sent('/console/api/operator/admin/v1/tenants')).toEqual({
      routedTo: '/admin/v1/tenants',
      target: { kind: 'operator' },
    });
  });

  it.each([
    '/console/api/session',
    '/console/api/tenants/demo/admin/v1/tenants',
    '/console/api/tenants/demo/worker/v1/leases',
    '/console/api/tenants/demo/v1',
    '/console/api/tenants/de.mo/v1/balance',
    '/console/api/tenants//v1/balance',
    '/console/api/operator/v1/balance',
    '/console/api/operator/worker/v1/leases',
    '/console/generations',
    '/v1/balance',
    'http://127.0.0.1/console/api/tenants/demo/v1/balance',
    '/console/%61pi/tenants/demo/v1/balance',
  ])('%s stays what it is', (url) => {
    expect(sent(url)).toEqual({ routedTo: url, target: undefined });
  });
});
