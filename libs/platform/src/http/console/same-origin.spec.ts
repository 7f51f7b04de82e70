import { describe, expect, it } from 'vitest';
import { demandSameOrigin } from './same-origin.js';

const host = 'imprest.example:8080';
const sent = (headers: Record<string, string>, publicUrl?: string) => () =>
  demandSameOrigin({ headers: { host, ...headers } }, publicUrl);

describe('a request that changes something', () => {
  it.each([
    ['which the browser says comes from here', { 'sec-fetch-site': 'same-origin' }, undefined],
    ['from a page of this host', { origin: `http://${host}` }, undefined],
    ['from a page behind a proxy for TLS', { origin: `https://${host}` }, undefined],
    ['from the public address', { origin: 'https://pictures.example' }, 'https://pictures.example'],
  ])('is let in %s', (_, headers, publicUrl) => {
    expect(sent(headers, publicUrl)).not.toThrow();
  });

  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling', { 'sec-fetch-site': 'same-site' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
    [
      'from elsewhere under a name of ours',
      { 'sec-fetch-site': 'cross-site', origin: `http://${host}` },
    ],
    ['from another port', { origin: 'http://imprest.example:9090' }],
    ['from a page without an origin', { origin: 'null' }],
    ['from who knows where', {}],
  ])('is refused %s', (_, headers) => {
    expect(sent(headers)).toThrow('must come from a page of the console');
  });
});
