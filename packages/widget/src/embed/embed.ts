import { launcherCss, launcherIconPath } from '../styles/launcher-css.js';
import { createChatEmbed, type EmbedCore } from './create-chat-embed.js';
import { loaderKey } from './loader-key.js';
import { installNovaCommands } from './nova-commands.js';
import { readEmbedSettings } from './read-embed-settings.js';

/** File name of the chat's bundle, beside this script; the build puts it in. */
declare const NOVA_CORE_FILE: string;

const script = document.currentScript as HTMLScriptElement | null;
const page = window as { [loaderKey]?: object };

if (script && !page[loaderKey]) {
  // The core takes the looks of the bubble from here: see `stand-ins/launcher-css.ts`.
  page[loaderKey] = { launcherCss, launcherIconPath };
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script));
}

async function start(tag: HTMLScriptElement): Promise<void> {
  const importCore = (attempt: number): Promise<EmbedCore> =>
    // A browser may remember that a module did not load; another address makes it look again.
    import(/* @vite-ignore */ new URL(NOVA_CORE_FILE + (attempt > 0 ? `?attempt=${attempt}` : ''), tag.src).href);
  const { novaConfig } = tag.dataset;
  // The chat comes without the file too; what is wrong with it is said in the console.
  const config =
    novaConfig &&
    (await fetch(novaConfig)
      .then((file) => file.json())
      .catch(reportError));
  installNovaCommands(createChatEmbed({ settings: readEmbedSettings(tag, config || {}), script: tag, importCore }));
}
