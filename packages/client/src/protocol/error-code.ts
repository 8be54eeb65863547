/**
 * Every code that a `NovaError` can carry. Codes of the server's error bodies that are not listed here stay readable
 * in `NovaError.body`.
 */
export type NovaErrorCode =
  // before an answer
  | 'invalid_option'
  | 'already_read'
  | 'offline'
  | 'connection_error'
  | 'network_or_cors'
  | 'redirect_refused'
  | 'queue_timeout'
  | 'headers_timeout'
  // an answer with an error status
  | 'bad_request'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found'
  | 'conflict'
  | 'request_too_large'
  | 'content_filter'
  | 'rate_limited'
  | 'insufficient_quota'
  | 'overloaded'
  | 'server_error'
  | 'http_error'
  // a body that is not what was asked for
  | 'unexpected_content_type'
  | 'invalid_response'
  | 'invalid_stream'
  | 'decode_error'
  | 'event_too_large'
  // in mid-stream
  | 'first_event_timeout'
  | 'idle_timeout'
  | 'total_timeout'
  | 'stream_error'
  | 'stream_interrupted'
  | 'stream_truncated'
  | 'aborted';
