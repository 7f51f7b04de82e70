import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  Headers,
  HttpCode,
  HttpException,
  Module,
  Post,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import pg from 'pg';
import { serve } from '../harness/serve.js';

const PRICE = 10;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });

class GenerationBody {
  @IsEmail()
  @MaxLength(254)
  endUserEmail!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(8_000)
  prompt!: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  model?: string;

  @IsOptional()
  @IsString()
  @MaxLength(16)
  size?: string;

  @IsOptional()
  @IsIn(['auto', 'square', 'landscape', 'portrait'])
  aspectRatio?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(15)
  n?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  seed?: number;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(30)
  guidanceScale?: number;

  @IsOptional()
  @IsIn(['url', 'b64_json'])
  responseFormat?: string;

  @IsOptional()
  @IsIn(['auto', 'disabled'])
  sequential?: string;
}

@Controller('v1/generations')
class GenerationsController {
  @Post()
  @HttpCode(202)
  async submit(@Body() body: GenerationBody, @Headers('authorization') authorization: string) {
    const key = authorization.replace(/^Bearer /, '');
    const id = randomUUID();
    await debit(key, id, body);
    return {
      requestId: id,
      model: body.model,
      status: 'queued',
      prompt: body.prompt,
      referencesCount: 0,
      endUserEmail: body.endUserEmail,
      createdAt: new Date().toISOString(),
      pollUrl: `http://127.0.0.1/v1/generations/${id}`,
    };
  }
}

async function debit(key: string, id: string, body: GenerationBody): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query(
      'update accounts set balance = balance - $2 where api_key = $1 and balance >= $2',
      [key, PRICE],
    );
    if (rowCount === 0) throw new HttpException('insufficient balance', 402);
    await client.query(
      `insert into generations (id, api_key, status, input) values ($1, $2, 'queued', $3)`,
      [id, key, JSON.stringify(body)],
    );
    await client.query(
      'insert into ledger_entries (api_key, generation_id, tokens) values ($1, $2, $3)',
      [key, id, -PRICE],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

@Module({ controllers: [GenerationsController] })
class NaiveModule {}

const application = await NestFactory.create<NestFastifyApplication>(
  NaiveModule,
  new FastifyAdapter(),
  { logger: false },
);
application.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
await application.listen(0, '127.0.0.1');
const { port } = new URL(await application.getUrl());
serve({ port: Number(port) }, () => Promise.reject(new Error('no commands')));
