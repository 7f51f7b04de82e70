import { describe, expect, it } from 'vitest';
import { delaysOf, headerLines, headersOf } from './endpoint.ts';
import { draftOf, settingsOf } from './endpoint-draft.ts';
import { deliveredShare, looksOf } from './health.ts';

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
  it('reads from the oldest attempt to the newest', () => {
    expect(looksOf({ recent: ['retry', 'delivered', 'exhausted', 'refused'] })).toEqual([
      'bad',
      'bad',
      'good',
      'waiting',
    ]);
  });

  it('is told of what was tried', () => {
    expect(deliveredShare({ recent: ['delivered', 'retry'] })).toBe('1 of 2 attempts delivered');
    expect(deliveredShare({ recent: [] })).toBeNull();
  });
});
