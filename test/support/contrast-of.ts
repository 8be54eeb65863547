declare global {
  interface Window {
    /** The contrast of two computed colours, as WCAG 2.2 has it. */
    contrastOf(one: string, two: string): number;
  }
}

/** Runs in a page, before everything else. */
export function installContrastOf(): void {
  const toLuminance = (colour: string): number => {
    const canvas = document.createElement('canvas').getContext('2d');
    if (!canvas) return Number.NaN;
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((channel) => {
      const part = channel / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  window.contrastOf = (one, two) => {
    const [darker = 0, lighter = 0] = [toLuminance(one), toLuminance(two)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  };
}
