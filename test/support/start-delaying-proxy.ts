import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback that is as slow as it is told to be. */
export interface DelayingProxy extends AsyncDisposable {
  port: number;
  /** How long bytes wait here, each way; those that wait already keep their time. */
  setDelayMs(delayMs: number): void;
}

/** Passes bytes on to a port of this machine, at first without delay. */
export async function startDelayingProxy(port: number): Promise<DelayingProxy> {
  const sockets = new Set<Socket>();
  let delayMs = 0;
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from);
    // Later bytes with a shorter delay must not overtake.
    let lastAt = 0;
    from.on('data', (bytes) => {
      lastAt = Math.max(lastAt, performance.now() + delayMs);
      if (delayMs === 0 && lastAt <= performance.now()) to.write(bytes);
      else setTimeout(() => to.write(bytes), lastAt - performance.now());
    });
    // Whichever end goes, the other one goes with it.
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    pass(near, far);
    pass(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    setDelayMs(ms) {
      delayMs = ms;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
