/** A speech bubble with a star cut out, on a 24 × 24 grid. The star runs the other way round, which cuts it out. */
export const launcherIconPath: string =
  'M12 3a9.5 8.3 0 1 1-2.6 16.3l-4.5 2.1c-.5.3-1.1-.1-1-.7l.5-3.6a8 8 0 0 1-1.9-5.8A9.5 8.3 0 0 1 12 3Zm0 3.5c-.5 3-1.8 4.3-4.8 4.8 3 .5 4.3 1.8 4.8 4.8.5-3 1.8-4.3 4.8-4.8-3-.5-4.3-1.8-4.8-4.8Z';

/**
 * Styles `<button class="launcher"><svg><path/></svg></button>` in a shadow root: the embed loader shows it before the
 * element has been loaded, the element shows the same one after, so that nothing moves when one takes over.
 *
 * `all: initial` stands on the button and not on the host, where a rule of the page would win over it. The text colour
 * is black or white, whichever has the better contrast with the accent (both reach 4.5:1 at a luminance of 0.18, which
 * is the y of XYZ). Up to Safari 17.6 nothing can be reckoned with the channels of RGB: they are percentages there.
 */
export const launcherCss: string = `
:host{--_accent:var(--nova-accent,#2f5bea);--_on-accent:var(--nova-on-accent,color(from var(--_accent) xyz
clamp(0,(.18 - y)*9999,.9505) clamp(0,(.18 - y)*9999,1) clamp(0,(.18 - y)*9999,1.0891)))}
.launcher{all:initial;box-sizing:border-box;position:fixed;z-index:var(--nova-z-index,2147483000);
inset-block-end:calc(var(--nova-inset,20px) + env(safe-area-inset-bottom));inset-inline-end:var(--nova-inset,20px);
display:grid;place-items:center;inline-size:56px;block-size:56px;border:1px solid transparent;border-radius:50%;
background-color:var(--_accent);color:var(--_on-accent);cursor:pointer;visibility:inherit;
box-shadow:0 1px 2px #0f172a38,0 8px 24px #0f172a38;transition:transform .2s;
svg{inline-size:28px;block-size:28px;fill:currentcolor}
&:hover{transform:translateY(-2px)}
&:active{transform:none}
&:focus-visible{outline:3px solid var(--_accent);outline-offset:3px}
@media (prefers-reduced-motion:reduce){transition:none;&:hover{transform:none}}
@media (forced-colors:active){border-color:ButtonText;&:focus-visible{outline-color:Highlight}}
@media print{display:none}}
:host([position$=start]) :is(.launcher,.panel){inset-inline:var(--nova-inset,20px) auto}
:host([position^=top]) .launcher{inset-block:calc(var(--nova-inset,20px) + env(safe-area-inset-top)) auto}`;
