import { BlockList, isIP } from 'node:net';
import type { Context } from 'hono';
import { toOwnerKey } from '../chat/resume/index.js';
import type { AppEnv } from '../http/app-env.js';

/** The caller, as far as it can be told without accounts. */
export interface Caller {
  /** A hash of the credentials; the same for all callers without any. */
  owner: string;
  /** Whose quota is used up: the credentials and the address. */
  countAs: string;
}

/** Where a proxy of our own speaks from. */
const nearby = new BlockList();
nearby.addSubnet('127.0.0.0', 8, 'ipv4');
nearby.addSubnet('10.0.0.0', 8, 'ipv4');
nearby.addSubnet('172.16.0.0', 12, 'ipv4');
nearby.addSubnet('192.168.0.0', 16, 'ipv4');
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');

/** Identifies the caller. */
export function toCaller(context: Context<AppEnv>): Caller {
  const owner = toOwnerKey(context.req.header('authorization') ?? '');
  return { owner, countAs: `${owner} ${toAddress(context)}` };
}

/** A proxy in front of us would be one single visitor; what it adds at the end of the header it has seen itself. */
function toAddress(context: Context<AppEnv>): string {
  const address = (context.env?.incoming?.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const version = isIP(address);
  if (version === 0 || !nearby.check(address, version === 4 ? 'ipv4' : 'ipv6')) return address;
  return context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 64) || address;
}
