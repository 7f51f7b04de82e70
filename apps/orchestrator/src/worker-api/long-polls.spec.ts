import { EventEmitter } from 'node:events';
import type { FastifyReply } from 'fastify';
import { expect, test } from 'vitest';
import { LongPolls } from './long-polls.js';

const reply = () => {
  const raw = Object.assign(new EventEmitter(), { writableFinished: false, destroyed: false });
  return { raw } as unknown as Pick<FastifyReply, 'raw'>;
};

test('a poll hears when its client goes away, unless it was answered', () => {
  const polls = new LongPolls();
  const [gone, answered] = [reply(), reply()];
  const [one, other] = [polls.begin(gone, 'gpu-1'), polls.begin(answered, 'gpu-1')];
  gone.raw.emit('close');
  other.end();
  answered.raw.emit('close');
  expect([one.signal.aborted, other.signal.aborted]).toEqual([true, false]);
});

test('those of one holder end, and are waited for; others go on', async () => {
  const polls = new LongPolls();
  const [own, others] = [polls.begin(reply(), 'gpu-1'), polls.begin(reply(), 'gpu-2')];
  let isOver = false;
  const over = polls.endOf('gpu-1').then(() => {
    isOver = true;
  });
  await Promise.resolve();
  expect([own.signal.aborted, others.signal.aborted, isOver]).toEqual([true, false, false]);
  own.end();
  await over;
});

test('a process that ends lets nobody wait, now or later', () => {
  const polls = new LongPolls();
  const before = polls.begin(reply(), 'gpu-1');
  polls.drain();
  const after = polls.begin(reply(), 'gpu-1');
  expect([before.signal.aborted, after.signal.aborted]).toEqual([true, true]);
});
