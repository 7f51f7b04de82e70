import { ProviderError } from '@imprest/application';
import {
  type DownloadedFile,
  type DownloadRequest,
  OutgoingRequestError,
  type OutgoingRequestErrorCode,
} from '@imprest/outgoing-http';
import { describe, expect, it } from 'vitest';
import { OrchestratorError } from './orchestrator/orchestrator-error.js';
import { downloadReferences, type UploadedReference } from './reference-download.js';

const running = new AbortController().signal;

/** The headers of a PNG of that size, as far as they are read. */
function png(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(8 + 25 + 12 + 12);
  bytes.write('89504e470d0a1a0a0000000d', 'hex');
  bytes.write('IHDR', 12);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 6], 24);
  bytes.write('IDAT', 37);
  bytes.write('IEND', 49);
  return bytes;
}

const answering = (file: Partial<DownloadedFile>) => ({
  download: async () => ({ status: 200, bytes: png(4, 3), contentType: undefined, ...file }),
});

const failing = (code: OutgoingRequestErrorCode) => ({
  download: async () => {
    throw new OutgoingRequestError(code, 'cdn.example.com: the rule');
  },
});

async function failureOf(http: Parameters<typeof downloadReferences>[0]): Promise<string> {
  const error = await downloadReferences(http, ['https://cdn.example.com/a'], running).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw error;
  return `${error.failureClass}: ${error.message}`;
}

describe('references', () => {
  it('are answered in their order, typed and measured by their bytes', async () => {
    const urls = Array.from({ length: 10 }, (_, index) => `https://cdn.example.com/${10 - index}`);
    const images = await downloadReferences(
      {
        download: async ({ url }: DownloadRequest) => {
          const size = Number(url.split('/').pop());
          await new Promise((resolve) => setTimeout(resolve, size));
          return { status: 200, bytes: png(size, 1), contentType: 'text/html' };
        },
      },
      urls,
      running,
    );

    expect(images.map(({ width }) => width)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(images[0]).toEqual({ bytes: png(10, 1), mediaType: 'image/png', width: 10, height: 1 });
  });

  it('may be none', async () => {
    expect(await downloadReferences(failing('protocol'), [], running)).toEqual([]);
  });

  it('are at most ten, refused before any download', async () => {
    let downloads = 0;
    const http = {
      download: async () => {
        downloads += 1;
        return { status: 200, bytes: png(1, 1), contentType: undefined };
      },
    };

    await expect(
      downloadReferences(http, Array<string>(11).fill('https://cdn.example.com/a'), running),
    ).rejects.toMatchObject({ failureClass: 'user', message: 'references must be at most 10' });
    expect(downloads).toBe(0);
  });

  it('are fetched with bounds, three at a time', async () => {
    let open = 0;
    let most = 0;
    const requests: DownloadRequest[] = [];
    const http = {
      download: async (request: DownloadRequest) => {
        requests.push(request);
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, 1));
        open -= 1;
        return { status: 200, bytes: png(1, 1), contentType: undefined };
      },
    };

    await downloadReferences(http, Array<string>(10).fill('https://cdn.example.com/a'), running);

    expect(most).toBe(3);
    expect(requests[0]).toMatchObject({ maxBytes: 10 * 1024 * 1024, timeoutMs: 30_000 });
  });

  it('stop at the first failure, which names the reference', async () => {
    const aborted: string[] = [];
    const http = {
      download: ({ url, signal }: DownloadRequest) =>
        new Promise<DownloadedFile>((resolve, reject) => {
          if (url.endsWith('/2'))
            resolve({ status: 404, bytes: png(1, 1), contentType: undefined });
          signal!.addEventListener('abort', () => {
            aborted.push(url);
            reject(new OutgoingRequestError('aborted', 'cdn.example.com: aborted by the caller'));
          });
        }),
    };
    const urls = [1, 2, 3, 4, 5].map((n) => `https://cdn.example.com/${n}`);

    await expect(downloadReferences(http, urls, running)).rejects.toMatchObject({
      failureClass: 'user',
      message: 'image_2 could not be downloaded: its server answered 404',
    });
    expect(aborted.sort()).toEqual([urls[0], urls[1], urls[2]]);
  });

  it('stop when the work is cancelled', async () => {
    const cancelled = AbortSignal.abort();
    const http = {
      download: async ({ signal }: DownloadRequest) => {
        expect(signal?.aborted).toBe(true);
        throw new OutgoingRequestError('aborted', 'cdn.example.com: aborted by the caller');
      },
    };

    await expect(
      downloadReferences(http, ['https://cdn.example.com/a'], cancelled),
    ).rejects.toMatchObject({ failureClass: 'cancelled' });
  });

  it('are refused when they are no images, whatever their server says', async () => {
    const files = ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a', '%PDF-1.7', '<html>', ''];
    for (const text of files) {
      expect(
        await failureOf(answering({ bytes: Buffer.from(text), contentType: 'image/png' })),
      ).toBe('user: image_1 is not a still PNG, JPEG or WebP image');
    }
  });

  it('have at most 40 million pixels', async () => {
    expect(await failureOf(answering({ bytes: png(8_000, 5_001) }))).toBe(
      'user: image_1 has more than 40000000 pixels',
    );
    const largest = answering({ bytes: png(8_000, 5_000) });
    expect(await downloadReferences(largest, ['https://cdn.example.com/a'], running)).toHaveLength(
      1,
    );
  });

  it.each([
    [304, 'user'],
    [400, 'user'],
    [401, 'user'],
    [403, 'user'],
    [404, 'user'],
    [410, 'user'],
    [408, 'infrastructure'],
    [429, 'infrastructure'],
    [500, 'infrastructure'],
    [503, 'infrastructure'],
  ])('behind a %i are the fault of: %s', async (status, failureClass) => {
    expect(await failureOf(answering({ status }))).toBe(
      `${failureClass}: image_1 could not be downloaded: its server answered ${status}`,
    );
  });

  it.each<[OutgoingRequestErrorCode, string]>([
    ['forbidden_target', 'user: image_1 could not be downloaded: cdn.example.com: the rule'],
    ['protocol', 'user: image_1 could not be downloaded: cdn.example.com: the rule'],
    ['tls', 'user: image_1 could not be downloaded: cdn.example.com: the rule'],
    ['too_large', 'user: image_1 is larger than 10 MB'],
    ['timeout', 'infrastructure: image_1 could not be downloaded: cdn.example.com: the rule'],
    [
      'connection_failed',
      'infrastructure: image_1 could not be downloaded: cdn.example.com: the rule',
    ],
  ])('that fail by %s say so: %s', async (code, failure) => {
    expect(await failureOf(failing(code))).toBe(failure);
  });

  it('let a fault of our own through unchanged', async () => {
    const bug = new TypeError('not a network matter');

    await expect(
      downloadReferences({ download: () => Promise.reject(bug) }, ['https://a.example/'], running),
    ).rejects.toBe(bug);
  });
});

describe.each([
  ['was uploaded', `ref_${'0'.repeat(42)}`],
  ['was made here', `img_${'0'.repeat(26)}`],
])('a reference that %s', (_origin, id) => {
  const fetched = (uploaded: UploadedReference) =>
    downloadReferences(failing('protocol'), [id], running, uploaded);

  it('comes from the orchestrator, by its place, and never from the network', async () => {
    const asked: number[] = [];
    const images = await fetched(async (index) => {
      asked.push(index);
      return png(4, 3);
    });

    expect(images).toEqual([{ bytes: png(4, 3), mediaType: 'image/png', width: 4, height: 3 }]);
    expect(asked).toEqual([0]);
  });

  it.each([
    ['refused', 'user'],
    ['unavailable', 'infrastructure'],
    ['lease_lost', 'infrastructure'],
  ] as const)('that is %s is the fault of the %s', async (kind, failureClass) => {
    const refused = () => Promise.reject(new OrchestratorError(kind, 'the reason'));

    await expect(fetched(refused)).rejects.toMatchObject({
      failureClass,
      message: 'image_1 could not be fetched: the reason',
    });
  });
});
