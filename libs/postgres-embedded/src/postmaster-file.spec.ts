import { expect, test } from 'vitest';
import { parsePostmasterFile } from './postmaster-file.js';

const READY = `4242
/srv/data/cluster
1795168815
5432
/tmp/imprest-a1B2c3

 10018966        45
ready   
`;

test('reads the process and the status of a running server', () => {
  expect(parsePostmasterFile(READY)).toEqual({ processId: 4242, status: 'ready' });
});

test('reads a file the server is still writing', () => {
  expect(parsePostmasterFile('4242\n/srv')).toEqual({ processId: 4242, status: '' });
  expect(parsePostmasterFile('')).toBe(undefined);
});

test('a single-user server stands there with a negative process id', () => {
  expect(parsePostmasterFile('-77\n/srv/data\n')?.processId).toBe(77);
});
