import { expect, test } from 'vitest';
import { clusterName, serverSettings, settingArguments } from './settings.js';

test('a caller may tune and even weaken the server, but only by saying so', () => {
  expect(serverSettings({}, {})).toMatchObject({ fsync: 'on', full_page_writes: 'on', jit: 'off' });
  expect(serverSettings({ fsync: 'off' }, {}).fsync).toBe('off');
});

test.each([
  'listen_addresses',
  'unix_socket_directories',
  'port',
  'cluster_name',
  'data_directory',
])('the setting %s is refused: the launcher depends on it', (name) => {
  expect(() => serverSettings({ [name]: 'x' }, {})).toThrow(name);
});

test.each(['', 'work mem', 'work_mem=1;x', '--fsync'])('%j is no name of a setting', (name) => {
  expect(() => serverSettings({ [name]: 'x' }, {})).toThrow(/not the name of a setting/);
});

test('a value reaches the server as one argument, whatever it contains', () => {
  expect(settingArguments({ search_path: '"a b", c' })).toEqual(['-c', 'search_path="a b", c']);
});

test('servers of different directories have different names, of one directory the same', () => {
  expect(clusterName('/srv/a')).toBe(clusterName('/srv/a'));
  expect(clusterName('/srv/a')).not.toBe(clusterName('/srv/b'));
  expect(clusterName('/srv/a')).toMatch(/^imprest-[0-9a-f]{16}$/);
});
