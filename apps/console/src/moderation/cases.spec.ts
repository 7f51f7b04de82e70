import { describe, expect, test } from 'vitest';
import { caseQuery, decisionOptions, isOverdue, type ListedCase, previewOf } from './cases.ts';

const listed = (more: object) => more as unknown as ListedCase;

describe('the queue of moderators', () => {
  test('shows open cases, unless the reader says otherwise', () => {
    expect(caseQuery({ kind: 'output' })).toEqual({ kind: 'output', state: 'open' });
    expect(caseQuery({ state: 'all', from: '2026-01-15' })).toEqual({
      from: '2026-01-15T00:00:00Z',
    });
  });

  test('says what is late', () => {
    const dueAt = '2026-01-15T09:00:00.000Z';
    const later = new Date('2026-01-15T10:00:00Z');
    expect(isOverdue({ state: 'open', dueAt }, later)).toBe(true);
    expect(isOverdue({ state: 'decided', dueAt }, later)).toBe(false);
  });

  test('has a preview of pictures, never of a known file', () => {
    const image = { assetId: 'wth_1', mediaType: 'image/png' };
    const clip = { assetId: 'wth_2', mediaType: 'video/mp4' };
    expect(previewOf(listed({ grounds: 'review', media: [clip, image] }))).toBe('wth_1');
    expect(previewOf(listed({ grounds: 'known_file', media: [image] }))).toBeUndefined();
  });
});

test('only what was delivered can be taken down', () => {
  const values = (kind: 'output' | 'report') => decisionOptions({ kind }).map(({ value }) => value);
  expect(values('report')).toContain('takedown');
  expect(values('output')).not.toContain('takedown');
});
