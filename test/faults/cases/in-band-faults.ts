import { always, data, errorBody, once } from '../wire.js';
import { brokenOff, type FaultCase, inSpite, part, partial, start } from './fault-case.js';

const inBand = (name: string, event: string): FaultCase => ({
  row: 25,
  name,
  script: always([...partial, { send: event }, 'stall']),
  ...brokenOff,
  code: 'stream_error',
});

/** Errors inside a stream that has begun. */
export const inBandFaults: readonly FaultCase[] = [
  inBand('an error object in a chunk', data(errorBody('overloaded'))),
  inBand('event: error', `event: error\n${data(errorBody('tool_use_failed'))}`),
  inBand(
    'an error event in the form of Anthropic',
    `event: error\n${data({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })}`,
  ),
  inBand(
    'an error with a numeric code and no type',
    data({ error: { code: 502, message: 'Provider returned error' } }),
  ),
  {
    row: 25,
    name: 'response.failed of the Responses API',
    script: always([
      ...partial,
      { send: `event: response.failed\n${data({ type: 'response.failed', response: { error: { code: 'x' } } })}` },
      'end',
    ]),
    outcome: 'truncated',
    text: part,
    code: 'stream_truncated',
    requests: 1,
  },
  {
    row: 22,
    name: 'overloaded in place of the first content, once',
    script: once([...start, { send: data(errorBody('overloaded_error', 'Overloaded', 'overloaded_error')) }, 'end']),
    ...inSpite,
    requests: 2,
  },
];
