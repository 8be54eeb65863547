/** Reads an event id of ours, `<stream_id>:<number>`; undefined when it is another server's. */
export function parseEventId(id: string | undefined): { streamId: string; number: number } | undefined {
  const [, streamId, number] = id?.match(/^([\w.-]+):(\d+)$/) ?? [];
  return streamId ? { streamId, number: Number(number) } : undefined;
}
