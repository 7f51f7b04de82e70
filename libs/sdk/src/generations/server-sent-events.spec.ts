import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.js';

async function eventsOf(...pieces: readonly string[]): Promise<readonly ServerSentEvent[]> {
  async function* arriving() {
    yield* pieces;
  }
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(arriving())) events.push(event);
  return events;
}

describe('server-sent events', () => {
  it('have an id, a name and data; comments and unknown fields are none', async () => {
    const text = ': still here\n\nid: 41\nevent: started\nretry: 5\ndata: {"attempt":1}\n\n';
    expect(await eventsOf(text)).toEqual([{ id: '41', event: 'started', data: '{"attempt":1}' }]);
  });

  it('keep the last id, join lines of data, and are messages without a name', async () => {
    expect(await eventsOf('id:7\ndata:a\n\ndata: b\ndata:  c\ndata\n\n')).toEqual([
      { id: '7', event: 'message', data: 'a' },
      { id: '7', event: 'message', data: 'b\n c\n' },
    ]);
  });

  it('that were not finished are none', async () => {
    expect(await eventsOf('id: 1\ndata: whole\n\nid: 2\ndata: ha')).toHaveLength(1);
  });

  it('are the same however the stream is cut, and whatever ends its lines', async () => {
    const lines = [
      ': hello',
      '',
      'id: 1',
      'event: image',
      'data: {"index":0}',
      '',
      'id: 2',
      'data: x',
      '',
    ];
    const whole = await eventsOf(`${lines.join('\n')}\n`);
    expect(whole).toHaveLength(2);
    const ending = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(
        fc.array(ending, { minLength: 9, maxLength: 9 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
        async (endings, sizes) => {
          // A lone CR right before a lone LF would be one ending: only whole ones are drawn together.
          fc.pre(
            !endings.some(
              (each, index) =>
                each === '\r' && endings[index + 1] === '\n' && lines[index + 1] === '',
            ),
          );
          let text = lines.map((line, index) => line + endings[index]).join('');
          const pieces: string[] = [];
          while (text !== '') {
            const size = sizes.next().value as number;
            pieces.push(text.slice(0, size));
            text = text.slice(size);
          }
          expect(await eventsOf(...pieces)).toEqual(whole);
        },
      ),
    );
  });
});
