import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { type EndableProcess, requestsToEnd } from './requests-to-end.ts';

function started(options: { readonly alone?: boolean; readonly connected?: boolean } = {}) {
  const { alone = false, connected = true } = options;
  const process: EndableProcess = Object.assign(
    new EventEmitter(),
    alone ? {} : { connected, channel: { unref: () => undefined } },
  );
  const endAtOnce = vi.fn();
  const signal = requestsToEnd(process, endAtOnce);
  return { process, endAtOnce, isAborted: () => signal.aborted };
}

describe('a process', () => {
  it.each([
    ['Ctrl+C', ['SIGINT']],
    ['a request to end', ['SIGTERM']],
    ['an interrupt of the program that started it', ['message', { interrupted: 1 }]],
    ['the end of that program', ['disconnect']],
  ] as const)('is asked to end by %s', (_, [event, ...said]) => {
    const { process, endAtOnce, isAborted } = started();
    expect(isAborted()).toBe(false);
    process.emit(event, ...said);
    expect(isAborted()).toBe(true);
    expect(endAtOnce).not.toHaveBeenCalled();
  });

  it('takes one Ctrl+C that reaches it twice for one, and a second one for the end', () => {
    const { process, endAtOnce } = started();
    process.emit('SIGINT');
    process.emit('message', { interrupted: 1 });
    expect(endAtOnce).not.toHaveBeenCalled();
    process.emit('message', { interrupted: 2 });
    process.emit('SIGINT');
    expect(endAtOnce).toHaveBeenCalledTimes(1);
  });

  it('counts its own where nobody passes any on', () => {
    const { process, endAtOnce, isAborted } = started({ alone: true });
    process.emit('disconnect');
    process.emit('message', { interrupted: 1 });
    expect(isAborted()).toBe(false);
    process.emit('SIGINT');
    process.emit('SIGINT');
    expect(isAborted()).toBe(true);
    expect(endAtOnce).toHaveBeenCalledTimes(1);
  });

  it('heeds no other message, and ends where the program that started it had gone before', () => {
    const { process, isAborted } = started();
    for (const said of [null, 'stop', {}, { interrupted: '1' }]) process.emit('message', said);
    expect(isAborted()).toBe(false);
    expect(started({ connected: false }).isAborted()).toBe(true);
  });
});
