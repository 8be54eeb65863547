/** What the parser gives, for who changes it before it is rendered. */
export type { MarkedToken, Token, Tokens } from 'marked';
