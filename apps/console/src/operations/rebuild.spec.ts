import { describe, expect, it } from 'vitest';
import { countDifferences, describeRow, percentRead, possibleActions } from './rebuild.ts';

describe('what can be done with a projection', () => {
  it('is to rebuild it when nothing is beside it', () => {
    expect(possibleActions({ beside: null, rebuild: null })).toEqual(['rebuild']);
    expect(possibleActions({ beside: null, rebuild: { state: 'running' } })).toEqual([]);
  });

  it('is to go on with a build that was stopped', () => {
    const beside = { phase: 'filling' } as const;
    expect(possibleActions({ beside, rebuild: { state: 'stopped' } })).toEqual(['goOn', 'drop']);
    expect(possibleActions({ beside, rebuild: { state: 'running' } })).toEqual(['drop']);
  });

  it('is to compare and switch, and to take that back', () => {
    const finished = { state: 'finished' } as const;
    expect(possibleActions({ beside: { phase: 'ready' }, rebuild: finished })).toEqual([
      'compare',
      'switch',
      'drop',
    ]);
    expect(possibleActions({ beside: { phase: 'replaced' }, rebuild: finished })).toEqual([
      'rollBack',
      'drop',
    ]);
  });
});

describe('how far a rebuild is', () => {
  it('is told in whole percent, never more than all', () => {
    expect(percentRead({ position: '1200017', head: '4182004' })).toBe(28);
    expect(percentRead({ position: '7', head: '5' })).toBe(100);
    expect(percentRead({ position: '0', head: '0' })).toBe(100);
  });
});

describe('a difference', () => {
  const samples = [
    { kind: 'differs', key: { id: 'req_1' }, columns: ['status', 'tokens'] },
    { kind: 'onlyLive', key: { tenant: 'studio', lot: 1 }, columns: [] },
  ] as const;

  it('counts rows of all tables', () => {
    const table = {
      table: 'read_models.lots',
      rows: { live: 2, standby: 1 },
      counts: { onlyLive: 1, onlyStandby: 0, differs: 1 },
      samples: [],
    };
    expect(countDifferences({ tables: [table, table] })).toBe(4);
  });

  it('names the row and its columns', () => {
    expect(samples.map(describeRow)).toEqual([
      'id=req_1 differs in status, tokens',
      'tenant=studio, lot=1 only in the live table',
    ]);
  });
});
