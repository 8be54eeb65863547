// Lit's own serves browsers without style sheets that can be constructed too; the chat needs newer ones anyway. The
// build fails when Lit asks for more than this.

export class CSSResult {
  readonly cssText: string;
  #styleSheet: CSSStyleSheet | undefined;

  constructor(cssText: string) {
    this.cssText = cssText;
  }

  get styleSheet(): CSSStyleSheet {
    if (!this.#styleSheet) {
      this.#styleSheet = new CSSStyleSheet();
      this.#styleSheet.replaceSync(this.cssText);
    }
    return this.#styleSheet;
  }
}

export const supportsAdoptingStyleSheets: boolean = true;
export const unsafeCSS = (cssText: string): CSSResult => new CSSResult(cssText);
export const css = ([cssText = '']: TemplateStringsArray): CSSResult => new CSSResult(cssText);
export const getCompatibleStyle = (style: CSSResult): CSSResult => style;
export const adoptStyles = (root: ShadowRoot, styles: readonly CSSResult[]): void => {
  root.adoptedStyleSheets = styles.map(({ styleSheet }) => styleSheet);
};
