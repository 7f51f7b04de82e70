import { describe, expect, it } from 'vitest';
import { pageOf } from './ticket-cookie.js';

describe('where somebody wanted to be', () => {
  it.each(['/', '/tenants/demo/generations?status=failed', '/account'])('is %s', (page) => {
    expect(pageOf(page)).toBe(page);
  });

  it.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '/a\r\nset-cookie: b=c',
    `/${'a'.repeat(120)}`,
    '',
    undefined,
    ['/account'],
  ])('is not %j', (page) => {
    expect(pageOf(page)).toBe('/');
  });
});
