import type { NovaMode, NovaPosition, NovaTheme } from '@nova-chat/widget';

/** What one frame of the playground shows. */
export interface FrameSettings {
  scenario: string;
  mode: NovaMode;
  position: NovaPosition;
  theme: NovaTheme;
  direction: 'ltr' | 'rtl';
  /** Name of a preset; empty: the widget's own look. */
  preset: string;
  /** What the page does by itself: nothing, open the panel, or open it and ask. */
  start: 'closed' | 'open' | 'ask';
}

/** A bubble on a quiet page. */
export const defaultSettings: FrameSettings = {
  scenario: 'short',
  mode: 'bubble',
  position: 'bottom-end',
  theme: 'auto',
  direction: 'ltr',
  preset: '',
  start: 'closed',
};

/** Reads settings out of a query; what is missing or unknown is the default. */
export function parseSettings(query: string): FrameSettings {
  const given = Object.fromEntries(new URLSearchParams(query));
  return { ...defaultSettings, ...given };
}

/** Writes settings as a query, defaults left out. */
export function toQuery(settings: Partial<FrameSettings>): string {
  const defaults: Record<string, string> = { ...defaultSettings };
  const changed = Object.entries(settings).filter(([name, value]) => value !== defaults[name]);
  return new URLSearchParams(changed).toString();
}
