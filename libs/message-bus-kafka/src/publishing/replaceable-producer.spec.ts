import type { Producer } from 'kafkajs';
import { expect, test, vi } from 'vitest';
import { ReplaceableProducer } from './replaceable-producer.js';

const MESSAGES = [{ topic: 'imprest.job', messages: [{ key: 'job-1', value: '{}' }] }];
const outOfStep = new Error('The broker received an out of order sequence number');

/** A producer that answers as told; everything else about it is kafkajs' own business. */
function producer(sendBatch: () => Promise<unknown>) {
  const made = { connect: vi.fn(async () => {}), disconnect: vi.fn(async () => {}), sendBatch };
  return made as unknown as Producer & typeof made;
}

function sender(...producers: Producer[]) {
  const replaced = vi.fn();
  const make = vi.fn(() => producers.shift() as Producer);
  return { sending: new ReplaceableProducer(make, 50, replaced), make, replaced };
}

test('one producer serves as long as it works', async () => {
  const { sending, make } = sender(producer(async () => []));
  await sending.send(MESSAGES);
  await sending.send(MESSAGES);
  expect(make).toHaveBeenCalledTimes(1);
});

test('a producer out of step is replaced, and what it could not send is sent again', async () => {
  const dead = producer(() => Promise.reject(outOfStep));
  const send = vi.fn(async () => []);
  const { sending, replaced } = sender(dead, producer(send));
  await sending.send(MESSAGES);
  expect(send).toHaveBeenCalledWith(expect.objectContaining({ acks: -1, topicMessages: MESSAGES }));
  expect(replaced).toHaveBeenCalledWith(outOfStep);
  expect(dead.disconnect).toHaveBeenCalled();
});

test('a producer that does not answer is replaced', async () => {
  const { sending } = sender(
    producer(() => new Promise(() => {})),
    producer(async () => []),
  );
  await sending.send(MESSAGES);
});

test('what a new producer cannot mend is thrown, and the next send begins with another one', async () => {
  const dead = () => producer(() => Promise.reject(outOfStep));
  const { sending, make } = sender(
    dead(),
    dead(),
    producer(async () => []),
  );
  await expect(sending.send(MESSAGES)).rejects.toBe(outOfStep);
  await sending.send(MESSAGES);
  expect(make).toHaveBeenCalledTimes(3);
});

test('a producer that cannot connect is replaced as well', async () => {
  const unreachable = producer(async () => []);
  unreachable.connect.mockRejectedValue(new Error('ECONNREFUSED'));
  const { sending } = sender(
    unreachable,
    producer(async () => []),
  );
  await sending.send(MESSAGES);
  expect(unreachable.disconnect).toHaveBeenCalled();
});

test('nothing is sent after closing', async () => {
  const { sending, make } = sender(producer(async () => []));
  await sending.close();
  await expect(sending.send(MESSAGES)).rejects.toThrow('closed');
  expect(make).not.toHaveBeenCalled();
});
