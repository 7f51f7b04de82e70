import 'reflect-metadata';
import { DomainFailure } from '@imprest/application';
import type { PipeTransform } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from 'vitest';
import { PathEmail, PathId } from './path-id.js';

class Example {
  byId(@PathId('id') _id: string): void {}
  byEmail(@PathEmail('email') _email: string): void {}
}

/** What the decorator has Nest do with the parameter. */
function read(method: 'byId' | 'byEmail'): (value: string) => unknown {
  const [argument] = Object.values<{ pipes: PipeTransform[] }>(
    Reflect.getMetadata(ROUTE_ARGS_METADATA, Example, method),
  );
  const [pipe] = argument?.pipes ?? [];
  if (pipe === undefined) throw new Error('the parameter is not checked');
  return (value) => pipe.transform(value, { type: 'param' });
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainFailure) return error.error.code;
  }
  return undefined;
}

describe('an id in the path', () => {
  const id = read('byId');

  it.each(['a', 'studio', 'req_01h5z8k2m4n6p8r0t2v4x6y8z0', '4kTz9QeXw2Lm', 'x'.repeat(64)])(
    'is %s as sent',
    (value) => expect(id(value)).toBe(value),
  );

  it.each(['', '_a', 'a-b', 'a.b', '../a', 'a/b', 'a\u0000', 'ä', "a'", 'x'.repeat(65)])(
    'that is %j is of nothing',
    (value) => expect(codeOf(() => id(value))).toBe('not_found'),
  );
});

describe('an e-mail in the path', () => {
  const email = read('byEmail');

  it('is lowercased', () => {
    expect(email('Ada.Lovelace+test@Example.COM')).toBe('ada.lovelace+test@example.com');
  });

  it.each(['', 'ada', '@example.com', 'ada@', 'a b@example.com', `${'a'.repeat(250)}@b.io`])(
    'that is %j is nobody’s',
    (value) => expect(codeOf(() => email(value))).toBe('not_found'),
  );
});
