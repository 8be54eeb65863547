import { loaderKey } from '../loader-key.js';

// The loader has both already.
type Launcher = typeof import('../../styles/launcher-css.js');
const loader: Launcher = (window as unknown as { [loaderKey]: Launcher })[loaderKey];

export const launcherCss: string = loader.launcherCss;
export const launcherIconPath: string = loader.launcherIconPath;
