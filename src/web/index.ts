/** The web pages: prepared answers rendered on the server, for readers without script and for machines as JSON and CSV. */
export { type AppOptions, createApp } from './app.ts';
export { type ListenOptions, listen } from './listen.ts';
export type { WorkspacePlace } from './shelf.ts';
