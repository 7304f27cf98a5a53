/** Where data and records live: the warehouse for analytics. */
export * from './warehouse/index.ts';
