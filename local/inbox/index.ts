export { pointless } from './pointless.ts';
export { readMessage } from './read-message.ts';
export type { Handled } from './run-messages.ts';
export { INBOX_PATH, OUR_GREETING } from './server.ts';
export { type Inbox, type InboxOptions, startInbox } from './start-inbox.ts';
export { type Entry, type MessageState, openStore, type Store, type Times } from './store.ts';
