import { PLAIN_REQUEST } from '@imprest/testkit/conformance';
import { describe, expect, it } from 'vitest';
import { runId } from './run-id.js';
import { filesOf, stateInQueue, stateOfHistory, stateOfJob } from './run-state.js';

describe('the id of a run', () => {
  it('is one and the same UUID in canonical lower case for job, attempt and place', () => {
    const id = runId(PLAIN_REQUEST, 0);

    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(runId({ ...PLAIN_REQUEST, prompt: 'another' }, 0)).toBe(id);
    const others = [
      runId(PLAIN_REQUEST, 1),
      runId({ ...PLAIN_REQUEST, attempt: 2 }, 0),
      runId({ ...PLAIN_REQUEST, jobId: 'job_2' }, 0),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });
});

describe('the state of a run', () => {
  it.each([
    [{ status: 'pending' }, 'waiting'],
    [{ status: 'in_progress' }, 'running'],
    [{ status: 'cancelled' }, 'interrupted'],
    [{ status: 'failed', execution_error: { exception_message: 'x' } }, 'failed'],
    [{ status: 'completed', outputs: {} }, 'finished'],
    [{ status: 'a word of a later release' }, 'running'],
    ['no object', 'running'],
  ])('as a job is read from %o', (job, state) => {
    expect(stateOfJob(job)).toMatchObject({ state });
  });

  it('tells how long the execution took', () => {
    const times = { execution_start_time: 1_000, execution_end_time: 4_500 };
    expect(stateOfJob({ status: 'completed', ...times })).toMatchObject({ executionMs: 3_500 });

    const messages = [
      ['execution_start', { timestamp: 1_000 }],
      ['execution_success', { timestamp: 1_250 }],
    ];
    const entry = { status: { status_str: 'success', messages }, outputs: { '9': {} } };
    expect(stateOfHistory(entry)).toEqual({
      ...{ state: 'finished', outputs: { '9': {} }, executionMs: 250 },
    });
  });

  it('in the history is that of its last message', () => {
    const failed = { status_str: 'error', messages: [['execution_error', { node_id: '3' }]] };
    expect(stateOfHistory({ status: failed })).toMatchObject({ state: 'failed' });

    const stopped = { status_str: 'error', messages: [['execution_interrupted', {}]] };
    expect(stateOfHistory({ status: stopped })).toEqual({ state: 'interrupted' });
  });

  it('in the queue is found by the second element of an item', () => {
    const queue = { queue_running: [[1, 'a', {}]], queue_pending: [[2, 'b', {}], 'odd'] };

    const states = ['a', 'b', 'c'].map((id) => stateInQueue(queue, id).state);
    expect(states).toEqual(['running', 'waiting', 'absent']);
    expect(stateInQueue('odd', 'a')).toEqual({ state: 'absent' });
  });
});

describe('files of a node', () => {
  const file = { filename: 'a.png', subfolder: 'imprest', type: 'output' };

  it.each(['images', 'gifs', 'video', 'videos'])('stand under %s', (key) => {
    expect(filesOf({ '9': { [key]: [file] } }, '9')).toEqual([file]);
  });

  it('are those of the one node, without previews and without what is no file', () => {
    const preview = { ...file, type: 'temp' };
    const outputs = {
      '9': { images: [preview, file, null, { text: 'x' }] },
      '8': { images: [file] },
    };

    expect(filesOf(outputs, '9')).toEqual([file]);
    expect(filesOf({}, '9')).toEqual([]);
  });
});
