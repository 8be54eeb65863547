/** A variable, or a member of the configuration file, with a bad value; the message is one line for the operator. */
export class ConfigError extends Error {
  override readonly name: 'ConfigError' = 'ConfigError' as const;
}
