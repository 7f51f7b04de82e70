import { expect, test } from 'vitest';
import { GpuMeter } from './gpu-meter.js';

function metered() {
  const clock = { ms: 1_000 };
  return { clock, meter: new GpuMeter(() => clock.ms) };
}

test('time within the provider counts, time in which it hands images over does not', async () => {
  const { clock, meter } = metered();
  meter.begin();
  clock.ms += 400;
  const taking = (ms: number) => async () => {
    clock.ms += ms;
  };
  await Promise.all([meter.idleFor(taking(100)), meter.idleFor(taking(50))]);
  clock.ms += 200;
  meter.loaded(300);
  meter.end();
  clock.ms += 5_000;
  expect(meter.usage).toEqual({ gpuMs: 600, loadMs: 300 });
});

test('loading took no longer than the attempt, and nonsense counts for nothing', () => {
  const { clock, meter } = metered();
  meter.begin();
  clock.ms += 10;
  meter.loaded(Number.NaN);
  meter.loaded(-5);
  expect(meter.usage).toEqual({ gpuMs: 10, loadMs: 0 });
  meter.loaded(90);
  expect(meter.usage).toEqual({ gpuMs: 10, loadMs: 10 });
});

test('what its server tells counts, as far as the attempt was no shorter', () => {
  const { clock, meter } = metered();
  meter.begin();
  clock.ms += 1_000;
  meter.told(Number.NaN);
  expect(meter.usage).toMatchObject({ gpuMs: 1_000 });
  meter.told(200);
  meter.told(150);
  expect(meter.usage).toMatchObject({ gpuMs: 350 });
  meter.told(5_000);
  expect(meter.usage).toMatchObject({ gpuMs: 1_000 });
});

test('an attempt that came to no provider used nothing that is known', () => {
  expect(metered().meter.usage).toBeUndefined();
});
