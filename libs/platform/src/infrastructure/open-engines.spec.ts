import { describe, expect, it } from 'vitest';
import { OpenEngines } from './open-engines.js';

describe('open engines', () => {
  const engine = (name: string, closed: string[], failure?: Error) => ({
    close: async () => {
      closed.push(name);
      if (failure !== undefined) throw failure;
    },
  });

  it('close in the opposite order, all of them, and tell the first failure', async () => {
    const closed: string[] = [];
    const opened = new OpenEngines();
    await opened.adopt(engine('database', closed));
    await opened.adopt(engine('store', closed, new Error('stuck')));
    opened.add(() => closed.push('bus'));

    await expect(opened.close()).rejects.toThrow('stuck');
    expect(closed).toEqual(['bus', 'store', 'database']);
  });

  it('close at once when they come too late', async () => {
    const closed: string[] = [];
    const opened = new OpenEngines();
    const late = opened.adopt(Promise.resolve(engine('late', closed)));
    await opened.close();
    await late;

    expect(closed).toEqual(['late']);
  });
});
