import { describe, expect, it } from 'vitest';
import { delaysOf, headerLines, headersOf } from './endpoint.ts';
import { draftOf, settingsOf } from './endpoint-draft.ts';
import { deliveredShare, healthOf } from './health.ts';

describe('settings of an endpoint', () => {
  it('begin with what is usual', () => {
    const settings = settingsOf({ ...draftOf(null), url: ' https://a.example/hooks ' });
    expect(settings).toMatchObject({
      url: 'https://a.example/hooks',
      ordering: 'none',
      perSecond: 0,
      concurrency: 32,
      headers: {},
      retryDelays: [],
    });
    expect(settings.events).toHaveLength(6);
  });

  it('write headers in lines and seconds in a row', () => {
    expect(headersOf('x-team: night\n\nx-route:  a:b ')).toEqual({
      'x-team': 'night',
      'x-route': 'a:b',
    });
    expect(headerLines({ 'x-team': 'night' })).toBe('x-team: night');
    expect(delaysOf('5, 300 1800')).toEqual([5, 300, 1800]);
  });

  it('refuse what is no header and no number of seconds', () => {
    expect(() => headersOf('night')).toThrow('“night” is no header');
    expect(() => delaysOf('5, soon')).toThrow('“soon” is no number');
  });
});

describe('the health of an endpoint', () => {
  const message = (status: string, attempts = 1) => ({ status, attempts }) as never;

  it.each([
    ['delivered', 1, 'good'],
    ['pending', 0, 'none'],
    ['pending', 2, 'waiting'],
    ['exhausted', 10, 'bad'],
    ['refused', 1, 'bad'],
    ['withdrawn', 0, 'none'],
  ])('of a message %s after %i attempts is %s', (status, attempts, health) => {
    expect(healthOf(message(status, attempts))).toBe(health);
  });

  it('is told of what was tried', () => {
    expect(deliveredShare([message('delivered'), message('exhausted'), message('withdrawn')])).toBe(
      '1 of 2 delivered',
    );
    expect(deliveredShare([message('pending', 0)])).toBeNull();
  });
});
