import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback that loses connections. */
export interface CuttingProxy extends AsyncDisposable {
  url: string;
  /** Connections that it has cut. */
  cuts(): number;
}

/** Passes bytes on to `url`; resets the n-th connection, from 0, after so many bytes of the answer. */
export async function startCuttingProxy(
  url: string,
  cutAfterBytes: (connection: number) => number,
): Promise<CuttingProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let connections = 0;
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let left = cutAfterBytes(connections++);
    for (const socket of [near, far]) {
      sockets.add(socket);
      // A lost connection is what this is for.
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (bytes: Buffer) => {
      const part = bytes.subarray(0, left);
      left -= part.length;
      near.write(part, () => {
        // Later, so that the reset does not overtake the bytes.
        if (left <= 0 && !near.destroyed) setTimeout(() => near.resetAndDestroy(), 10);
      });
      if (left <= 0) {
        cuts += 1;
        far.destroy();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
