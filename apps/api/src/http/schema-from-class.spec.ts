import 'reflect-metadata';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { plainToInstance } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
  validateSync,
} from 'class-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Nested, OneOf, schemaFromClass } from './schema-from-class.js';

const kinds = ['square', 'tall'];

class Frame {
  @IsInt()
  @Min(1)
  @Max(9)
  width!: number;

  @IsOptional()
  @IsString()
  label?: string;
}

class Picture {
  @IsString()
  @MinLength(1)
  @MaxLength(20)
  @Matches(/\S/)
  title!: string;

  @IsBoolean()
  framed!: boolean;

  @IsNumber()
  price!: number;

  @IsEmail()
  owner!: string;

  @IsISO8601({ strict: true })
  takenAt!: string;

  @IsIn(kinds)
  kind!: string;

  @Length(2, 4)
  @IsString()
  code!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @IsString({ each: true })
  @IsIn(kinds, { each: true })
  kinds!: string[];

  @IsObject()
  @Nested(Frame)
  frame!: Frame;
}

describe('the schema of a class', () => {
  const { properties, required, type } = schemaFromClass(Picture);

  it.each([
    ['title', { type: 'string', minLength: 1, maxLength: 20, pattern: '\\S' }],
    ['framed', { type: 'boolean' }],
    ['price', { type: 'number' }],
    ['owner', { type: 'string', format: 'email' }],
    ['takenAt', { type: 'string', format: 'date-time' }],
    ['kind', { enum: kinds }],
    ['code', { type: 'string', minLength: 2, maxLength: 4 }],
    ['kinds', { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', enum: kinds } }],
    [
      'frame',
      {
        type: 'object',
        properties: {
          width: { type: 'integer', minimum: 1, maximum: 9 },
          label: { type: ['string', 'null'] },
        },
        required: ['width'],
      },
    ],
  ])('says of %s what its decorators say', (property, schema) => {
    expect(properties[property]).toEqual(schema);
  });

  it('demands every field that is not optional and lets others through', () => {
    expect(type).toBe('object');
    expect(required).toEqual(Object.keys(properties));
    expect(schemaFromClass(Picture)).not.toHaveProperty('additionalProperties');
  });
});

describe('an optional field', () => {
  class Optional {
    @IsOptional()
    @IsInt()
    plain?: number;

    @IsOptional()
    @IsIn(kinds)
    listed?: string;

    @IsOptional()
    @IsString()
    @IsIn(kinds)
    typedAndListed?: string;

    @IsOptional()
    @OneOf({ type: 'string' }, { type: 'array' })
    either?: string | string[];

    @IsOptional()
    @IsObject()
    @Nested(Frame)
    nested?: Frame;
  }

  it.each([
    ['plain', { type: ['integer', 'null'] }],
    ['listed', { enum: [...kinds, null] }],
    ['typedAndListed', { type: ['string', 'null'], enum: [...kinds, null] }],
    ['either', { anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'null' }] }],
  ])('%s may be missing or null', (property, schema) => {
    expect(schemaFromClass(Optional).properties[property]).toEqual(schema);
    expect(schemaFromClass(Optional).required).toEqual([]);
  });

  it('may be null as an object too', () => {
    expect(schemaFromClass(Optional).properties.nested).toMatchObject({ type: ['object', 'null'] });
  });

  it('may neither be missing nor null where a use of the class requires it', () => {
    const { properties, required } = schemaFromClass(Optional, ['plain']);

    expect(required).toEqual(['plain']);
    expect(properties.plain).toEqual({ type: 'integer' });
    expect(properties.listed).toEqual({ enum: [...kinds, null] });
  });
});

describe('a class that extends another', () => {
  class Child extends Picture {
    @IsOptional()
    @IsString()
    note?: string;
  }

  it('has the fields of both, nested ones included', () => {
    const { properties } = schemaFromClass(Child);

    expect(properties.note).toEqual({ type: ['string', 'null'] });
    expect(properties.title).toEqual(schemaFromClass(Picture).properties.title);
    expect(properties.frame).toEqual(schemaFromClass(Picture).properties.frame);
  });
});

describe('a rule without a meaning in JSON Schema', () => {
  const refusals: [new () => object, string][] = [];
  const refused = (type: new () => object, message: string) => refusals.push([type, message]);

  class Unknown {
    @IsUUID()
    id!: string;
  }
  refused(Unknown, 'Unknown.id: no JSON Schema for isUuid');

  class Validated {
    @ValidateNested()
    frame!: Frame;
  }
  refused(Validated, 'Validated.frame: no JSON Schema for nestedValidation');

  class Allowed {
    @Allow()
    anything!: unknown;
  }
  refused(Allowed, 'Allowed.anything: no JSON Schema for whitelistValidation');

  class Flagged {
    @IsString()
    @Matches(/[a-z]+/i)
    name!: string;
  }
  refused(Flagged, 'Flagged.name: a pattern of JSON Schema has no flags: /[a-z]+/i');

  class Modified {
    @IsString()
    @Matches('[a-z]+', 'i')
    name!: string;
  }
  refused(Modified, 'Modified.name: a pattern of JSON Schema has no flags: /[a-z]+/i');

  class Cents {
    @IsNumber({ maxDecimalPlaces: 2 })
    price!: number;
  }
  refused(Cents, 'Cents.price: options have no JSON Schema: {"maxDecimalPlaces":2}');

  class Twice {
    @IsString()
    @Matches(/^a/)
    @Matches(/b$/)
    name!: string;
  }
  refused(Twice, 'Twice.name: two rules set pattern');

  class Untyped {
    @IsOptional()
    @Matches(/^a/)
    name?: string;
  }
  refused(Untyped, 'Untyped.name: no decorator says its type');

  it.each(refusals)('of %o is refused: %s', (type, message) => {
    expect(() => schemaFromClass(type)).toThrow(message);
  });

  it('is a required field that the class does not have', () => {
    expect(() => schemaFromClass(Frame, ['height'])).toThrow('Frame has no field height');
  });
});

describe('the schema and the class', () => {
  class Checked {
    @IsOptional()
    @IsInt()
    @Min(1)
    @Max(9)
    count?: number;

    @IsString()
    @MinLength(1)
    @MaxLength(4)
    @Matches(/\S/)
    name!: string;

    @IsOptional()
    @IsString()
    @IsIn(kinds)
    kind?: string;

    @IsOptional()
    @IsArray()
    @ArrayMaxSize(2)
    @IsIn(kinds, { each: true })
    kinds?: string[];

    @IsOptional()
    @IsBoolean()
    framed?: boolean;
  }

  it('judge every body alike', () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    formats.default(ajv);
    const accepts = ajv.compile(schemaFromClass(Checked));
    const anything = fc.oneof(
      fc.constantFrom<unknown>(null, true, 0, 1, 9, 10, 1.5, '', ' ', 'square', 'abcde', 'ab'),
      fc.constant({}),
      fc.array(fc.constantFrom<unknown>('square', 'tall', 'round', 1), { maxLength: 3 }),
    );
    const bodies = fc.record(
      { count: anything, name: anything, kind: anything, kinds: anything, framed: anything },
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(bodies, (body) => {
        expect(accepts(body)).toBe(validateSync(plainToInstance(Checked, body)).length === 0);
      }),
      { numRuns: 500 },
    );
  });
});
