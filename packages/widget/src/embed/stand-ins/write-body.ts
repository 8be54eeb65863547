// A chat sends texts, which JSON can always hold.
export { writeJson as writeBody } from '@nova-chat/client/protocol';
