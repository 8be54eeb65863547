/** A variable, or a place of the configuration file, with a bad value; one line for the one who starts the server. */
export class ConfigError extends Error {
  override readonly name: 'ConfigError' = 'ConfigError' as const;
}
