import type { NovaTool } from '../features/shared/nova-tool.js';
import { type MountedChat, mountChat } from './mount-chat.js';
import { until } from './until.js';

/** The chat of the test that runs. */
export let mounted: MountedChat;

export const clock: NovaTool = {
  name: 'clock',
  label: 'Look at the clock',
  parameters: { type: 'object', properties: { zone: { type: 'string' } } },
  run: () => ({ time: '12:00' }),
};

export async function mount(...tools: NovaTool[]): Promise<MountedChat> {
  mounted = await mountChat({ open: true, tools });
  mounted.chat.send('What time is it?');
  await until(() => mounted.transport.inputs.length === 1);
  return mounted;
}

/** The model asks for a tool, its arguments in pieces and its id only once. */
export async function call(name: string, json: string, index = 0): Promise<void> {
  const { transport, settle } = mounted;
  transport.write({ type: 'tool-call-delta', index, id: `call-${index}`, name, choice: 0 });
  for (const piece of json.match(/.{1,4}/gs) ?? []) {
    transport.write({ type: 'tool-call-delta', index, arguments: piece, choice: 0 });
  }
  await settle();
}

export async function endCalls(): Promise<void> {
  mounted.transport.write({ type: 'end', outcome: 'complete', finishReason: 'tool_calls' });
  await mounted.settle();
}

export async function answer(text: string): Promise<void> {
  const { transport, settle } = mounted;
  transport.say(text);
  transport.complete();
  await settle();
}

export const asked = (): number => mounted.transport.inputs.length;
export const lines = (): string[] => mounted.findAll('.tool-step > p').map(({ innerText }) => innerText.trim());
