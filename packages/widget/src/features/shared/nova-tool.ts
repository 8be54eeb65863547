/** A field of a form; its value is a text. */
export interface NovaField {
  /** The key of its value. */
  name: string;
  label: string;
  /** Default: `text`. */
  type?: 'text' | 'email' | 'tel' | 'number' | 'date' | 'textarea' | 'select';
  /** Of a `select`. */
  options?: readonly string[];
  required?: boolean;
  value?: string;
}

/** A form that a tool shows in the conversation. */
export interface NovaForm {
  title?: string;
  fields: readonly NovaField[];
  /** Label of the button. Default: in the language of the chat. */
  submit?: string;
}

/** A result that is shown as a card: everything in it is plain text. */
export interface NovaCard {
  title?: string;
  text?: string;
  /** Pairs, such as `{ label: 'Price', value: '€ 20' }`. */
  facts?: readonly { label: string; value: string }[];
  /** An `http(s)`, `mailto` or `tel` address; its true host is shown. */
  link?: { label: string; href: string };
  /** Buttons, each of which asks a question. */
  replies?: readonly string[];
}

/** What a tool gets in addition to its arguments. */
export interface NovaToolContext {
  /** Aborts when the visitor stops the answer. */
  readonly signal: AbortSignal;
  /** Shows a form; resolves with its values by name, or undefined when the visitor does not want to fill it in. */
  ask(form: NovaForm): Promise<Record<string, string> | undefined>;
  /** Shows a card below the tool's line, replacing an earlier one. */
  show(card: NovaCard): void;
}

/**
 * A validator of any library that follows Standard Schema (https://standardschema.dev), such as Zod, Valibot and
 * ArkType.
 */
export interface NovaSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => NovaSchemaResult<Output> | Promise<NovaSchemaResult<Output>>;
    /** Gives the JSON Schema, where the library supports it. */
    readonly jsonSchema?: { readonly input: (options: { target: 'draft-07' }) => Record<string, unknown> };
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** The result of a validation. */
export type NovaSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** Something that the page can do for the assistant. `Input` is what its `schema` or `parameters` accept. */
export interface NovaTool<Input = unknown> {
  /** As the model knows it: letters, digits, `_` and `-`. */
  name: string;
  /** As the visitor knows it, such as "Look up the order". Default: the name. */
  label?: string;
  /** When the model should use it. */
  description?: string;
  /**
   * JSON Schema of the arguments, sent to the model. Without a `schema` they are also validated against it. Default:
   * that of `schema`, where its library supports it; otherwise no arguments.
   */
  parameters?: Record<string, unknown>;
  /** Validates the arguments before the visitor is asked and anything runs. It may transform them. */
  schema?: NovaSchema<Input>;
  /** Whether it runs without asking the visitor. Default: it asks each time. */
  auto?: boolean;
  /**
   * Runs the tool. The model gets its result, as JSON if it is not a text; what it throws is sent as an error.
   * `input` is what the model wrote, validated by `schema` or `parameters`; without both, whatever it wrote.
   */
  run(input: Input, context: NovaToolContext): unknown;
}
