import { launcherCss, launcherIconPath } from '../styles/launcher-css.js';
import { createChatEmbed, type EmbedCore } from './create-chat-embed.js';
import { loaderKey } from './loader-key.js';
import { installNovaCommands } from './nova-commands.js';
import { readEmbedSettings } from './read-embed-settings.js';

/** Where the chat's bundle is, seen from this script; the build puts it in. */
declare const NOVA_CORE_FILE: string;

const script = document.currentScript as HTMLScriptElement | null;
const page = window as { [loaderKey]?: object };

if (script && !page[loaderKey]) {
  // The core takes the looks of the bubble from here: see `stand-ins/launcher-css.ts`.
  page[loaderKey] = { launcherCss, launcherIconPath };

  let attempt = '';
  const importCore = (): Promise<EmbedCore> => {
    const { href } = new URL(NOVA_CORE_FILE + attempt, script.src);
    // A browser may remember that a module did not load; another address makes it look again.
    attempt += '?';
    return import(/* @vite-ignore */ href);
  };

  const start = async (): Promise<void> => {
    const { novaConfig } = script.dataset;
    // The chat comes without the file too; what is wrong with it is said in the console.
    const config =
      novaConfig &&
      (await fetch(novaConfig)
        .then((file) => file.json())
        .catch(reportError));
    installNovaCommands(createChatEmbed({ settings: readEmbedSettings(script, config || {}), script, importCore }));
  };

  // A <nova-chat> of the page may stand further down in it.
  if (document.readyState === 'loading') document.addEventListener('readystatechange', start, { once: true });
  else void start();
}
