/** The lines of the icons of the list. */
export const historyIcons = {
  list: 'M4.5 6.5h15M4.5 12h15M4.5 17.5h9',
  add: 'M12 5.5v13M5.5 12h13',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
} as const;
