import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/index.js';
import { services } from '../../operations/services.js';
import { unsafeMixes } from './unsafe-mixes.js';

const DATABASE_URL = 'postgres://127.0.0.1/imprest';
const MESSAGE_BUS = 'kafka://127.0.0.1:9092';
const { imprest, ...split } = services;

describe('what must not run together', () => {
  it.each(Object.values(split))('is $name alone on an embedded PostgreSQL', (service) => {
    expect(unsafeMixes(loadConfig({}), service)).toEqual([
      expect.stringMatching(
        `^DATABASE_URL must name .* ${service.name} runs alone, and an embedded PostgreSQL belongs to one process$`,
      ),
    ]);
    expect(unsafeMixes(loadConfig({ DATABASE_URL }), service)).toEqual([]);
  });

  it('is Kafka and an embedded PostgreSQL', () => {
    expect(unsafeMixes(loadConfig({ MESSAGE_BUS }), imprest)).toEqual([
      expect.stringMatching(/^DATABASE_URL must be set for MESSAGE_BUS=kafka:/),
    ]);
    expect(unsafeMixes(loadConfig({ MESSAGE_BUS, DATABASE_URL }), imprest)).toEqual([]);
  });

  it('is not the whole product in one process', () => {
    expect(unsafeMixes(loadConfig({}), imprest)).toEqual([]);
  });
});
