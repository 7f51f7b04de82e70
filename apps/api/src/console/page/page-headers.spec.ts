import { describe, expect, it } from 'vitest';
import { pageHeaders } from './page-headers.js';

const policy = (publicUrl?: string) =>
  new Map(
    pageHeaders(publicUrl)
      ['content-security-policy']!.split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  );

describe('the policy of the page', () => {
  it('lets no script run but those of the build, and nobody be asked but this server', () => {
    const directives = policy();

    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('connect-src')).toEqual(["'self'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(directives.get('base-uri')).toEqual(["'none'"]);
  });

  it('shows images from the public address', () => {
    expect(policy('https://pictures.example/imprest').get('img-src')).toEqual([
      ...["'self'", 'data:', 'blob:'],
      'https://pictures.example',
    ]);
  });
});
