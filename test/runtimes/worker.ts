import { runContract } from './contract.js';

/** The contract in a worker: `GET /?base=http://…` answers with its result. */
const worker = {
  async fetch(request: Request): Promise<Response> {
    const base = new URL(request.url).searchParams.get('base') ?? '';
    return Response.json(await runContract(base));
  },
};
// biome-ignore lint/style/noDefaultExport: the shape of a worker's module
export default worker;
