#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startControl } from './process/control.js';
import { EventStoreDbServer } from './server.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    data: { type: 'string' },
    sync: { type: 'boolean', default: false },
    'stop-with-input': { type: 'boolean', default: false },
  },
});

const { port, data: dataFile, sync } = values;
const server = await EventStoreDbServer.start({ port: Number(port), dataFile, sync });
const control = await startControl(server, Number(values['control-port']));
console.log(
  JSON.stringify({ connectionString: server.connectionString, controlPort: control.port }),
);

const stop = () => {
  process.stdin.destroy();
  control.stop();
  void server.stop();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
// Whoever started it keeps its standard input open: a server that was left behind ends by itself.
if (values['stop-with-input']) process.stdin.resume().once('end', stop);
