import type { PageRequest } from '@imprest/read-models';
import fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { type List, listAnswer } from './tabular-answer.js';

const TOKENS = 9_007_199_254_740_993n;
const TOTAL = 12_500;
const app = fastify();
let asked: PageRequest[] = [];

async function page(at: PageRequest) {
  asked.push(at);
  const from = Number(at.cursor ?? 0);
  const length = Math.max(0, Math.min(at.limit, TOTAL - from));
  const items = Array.from({ length }, (_, index) => from + index);
  const next = from + length;
  return { items, nextCursor: next < TOTAL ? String(next) : null };
}

app.get<{ Querystring: List<number, number>['query'] }>('/', (request, reply) => {
  asked = [];
  return listAnswer(request, reply, {
    ...{ query: request.query, limits: [10, 100], page },
    json: ({ items, nextCursor }) => ({ numbers: items.length, nextCursor }),
    csv: {
      name: 'numbers',
      columns: { number: (row: number) => `=${row}`, tokens: (row) => TOKENS + BigInt(row) },
      rows: (items) => items,
    },
  });
});
afterAll(() => app.close());

describe('a list as CSV', () => {
  it('is the whole list, 5,000 rows at a time, exact and no formula', async () => {
    const { body, headers } = await app.inject('/?format=csv');
    const lines = body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + TOTAL);
    expect(lines.at(-1)).toBe(`'=12499,9007199254753492`);
    expect(headers).not.toHaveProperty('x-next-cursor');
    expect(asked.map(({ limit }) => limit)).toEqual([5_000, 5_000, 5_000]);
  });

  it('is a page where a page is asked for, and says where the next one begins', async () => {
    const { body, headers } = await app.inject('/?format=csv&limit=2&cursor=5');
    expect(body).toBe(`number,tokens\r\n'=5,9007199254740998\r\n'=6,9007199254740999\r\n`);
    expect(headers['x-next-cursor']).toBe('7');
  });

  it('is a page in JSON always', async () => {
    expect((await app.inject('/')).json()).toEqual({ numbers: 10, nextCursor: '10' });
  });
});
