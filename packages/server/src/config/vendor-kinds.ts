/** Whose APIs the server speaks, each with the address that is asked when none is configured. */
export const vendorUrls = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
  gemini: 'https://generativelanguage.googleapis.com',
  ollama: 'http://127.0.0.1:11434',
} as const;

/** Whose API a provider speaks. */
export type VendorKind = keyof typeof vendorUrls;

export const vendorKinds: readonly VendorKind[] = Object.keys(vendorUrls) as VendorKind[];
