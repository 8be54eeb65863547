/** Reads an event id of ours, `<stream_id>:<number>`; undefined when it is another server's. */
export function parseEventId(id: string | undefined): { streamId: string; number: number } | undefined {
  const match = id?.match(/^([\w.-]+):(\d+)$/);
  return match ? { streamId: match[1] as string, number: Number(match[2]) } : undefined;
}
