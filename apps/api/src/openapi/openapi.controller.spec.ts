import 'reflect-metadata';
import { gunzipSync } from 'node:zlib';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenApiController } from './openapi.controller.js';

@Module({ controllers: [OpenApiController] })
class DescribedModule {}

let application: NestFastifyApplication;

beforeAll(async () => {
  application = await NestFactory.create(DescribedModule, new FastifyAdapter(), { logger: false });
  await application.init();
  await application.getHttpAdapter().getInstance().ready();
});

afterAll(() => application.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  application.inject({ method: 'GET', url, headers });

/** A host in an attribute, a stylesheet or a configuration; closing tags and comments have none. */
const ELSEWHERE = /(?:https?:)?\/\/[a-z0-9.-]+|@import/i;

describe('GET /openapi.json', () => {
  it('describes the routes of this process', async () => {
    const answer = await get('/openapi.json');

    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(Object.keys(answer.json().paths)).toEqual(['/asyncapi.json', '/docs', '/openapi.json']);
  });

  it('is sent once to who remembers it', async () => {
    const { headers } = await get('/openapi.json');
    const again = await get('/openapi.json', { 'if-none-match': String(headers.etag) });

    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it('is sent compressed to who can read that', async () => {
    const plain = await get('/openapi.json');
    const compressed = await get('/openapi.json', { 'accept-encoding': 'br, gzip' });

    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(compressed.rawPayload).toString()).toBe(plain.body);
  });
});

describe('GET /docs', () => {
  it('names nothing that lies elsewhere', async () => {
    const { body, headers } = await get('/docs');

    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).not.toMatch(ELSEWHERE);
    const sources = [...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source]) => source);
    expect(sources).toEqual(['data:,', 'docs/reference.js', 'openapi.json']);
  });

  it('configures the reference to ask nobody else', async () => {
    const { body } = await get('/docs');
    const [, attribute = ''] = /data-configuration="([^"]*)"/.exec(body) ?? [];
    const configuration = JSON.parse(attribute.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));

    expect(configuration).toMatchObject({
      url: 'openapi.json',
      proxyUrl: '',
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
    });
  });

  it('has the browser refuse whatever the script might still ask others for', async () => {
    const { headers } = await get('/docs');
    const policy = String(headers['content-security-policy']).split('; ');

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("font-src 'self'");
    expect(policy).toContain("img-src 'self' data:");
    expect(policy.join()).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it('brings its script along', async () => {
    const { body, headers, statusCode } = await get('/docs/reference.js');

    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body).toContain('createApiReference');
    expect(body.length).toBeGreaterThan(1_000_000);
  });
});
