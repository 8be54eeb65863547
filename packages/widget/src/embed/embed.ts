import { launcherCss, launcherIconPath } from '../styles/launcher-css.js';
import { createChatEmbed, type EmbedCore } from './create-chat-embed.js';
import { loaderKey } from './loader-key.js';
import { installNovaCommands } from './nova-commands.js';
import { readEmbedSettings } from './read-embed-settings.js';

/** File name of the chat's bundle, beside this script; the build puts it in. */
declare const NOVA_CORE_FILE: string;

const script = document.currentScript as HTMLScriptElement | null;

if (script && !(loaderKey in window)) {
  // The core takes the looks of the bubble from here: see `stand-ins/launcher-css.ts`.
  Object.defineProperty(window, loaderKey, { value: { launcherCss, launcherIconPath } });
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script), { once: true });
}

async function start(tag: HTMLScriptElement): Promise<void> {
  const importCore = (attempt: number): Promise<EmbedCore> => {
    const url = new URL(NOVA_CORE_FILE, tag.src);
    // A browser may remember that a module did not load; another address makes it look again.
    if (attempt > 0) url.searchParams.set('attempt', String(attempt));
    return import(/* @vite-ignore */ url.href);
  };
  const { novaConfig } = tag.dataset;
  const config = novaConfig ? await readConfig(novaConfig) : {};
  installNovaCommands(createChatEmbed({ settings: readEmbedSettings(tag, config), script: tag, importCore }));
}

/** The chat comes without the file too; what is wrong with it is said in the console. */
async function readConfig(url: string): Promise<object> {
  try {
    return await (await fetch(url)).json();
  } catch (error) {
    reportError(error);
    return {};
  }
}
