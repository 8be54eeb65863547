import type { NovaTheme } from '@nova-chat/widget';

/** A look: a few custom properties of the element, to be copied. */
export interface Preset {
  name: string;
  title: string;
  properties: Readonly<Record<string, string>>;
  /** A look that is made for one of them; otherwise it follows the visitor. */
  theme?: Exclude<NovaTheme, 'auto'>;
}

/** Every preset. One accent is enough; the others show what else there is. */
export const presets: readonly Preset[] = [
  { name: 'forest', title: 'Forest', properties: { '--nova-accent': '#0b6e4f' } },
  { name: 'berry', title: 'Berry', properties: { '--nova-accent': '#b3195e', '--nova-radius': '26px' } },
  { name: 'sun', title: 'Sun', properties: { '--nova-accent': '#ffb703' } },
  {
    name: 'paper',
    title: 'Paper',
    theme: 'light',
    properties: {
      '--nova-accent': '#8a4b2a',
      '--nova-surface': '#fbf7ef',
      '--nova-on-surface': '#2b2118',
      '--nova-radius': '6px',
      '--nova-font': 'Georgia, serif',
    },
  },
  {
    name: 'midnight',
    title: 'Midnight',
    theme: 'dark',
    properties: { '--nova-accent': '#7c8cff', '--nova-surface': '#0d1126', '--nova-on-surface': '#e8ebff' },
  },
  {
    name: 'ink',
    title: 'Ink',
    properties: { '--nova-accent': '#111', '--nova-radius': '0px', '--nova-font': 'ui-monospace, monospace' },
  },
  {
    name: 'contrast',
    title: 'High contrast',
    theme: 'dark',
    properties: {
      '--nova-accent': '#ffd60a',
      '--nova-surface': '#000',
      '--nova-on-surface': '#fff',
      '--nova-radius': '10px',
    },
  },
];

/** Gives a preset as a rule for a style sheet, with what it needs beside it. */
export function toCss({ properties, theme }: Preset): string {
  const lines = Object.entries(properties).map(([name, value]) => `  ${name}: ${value};`);
  const needed = theme ? `/* with theme="${theme}" */\n` : '';
  return `${needed}nova-chat {\n${lines.join('\n')}\n}`;
}
