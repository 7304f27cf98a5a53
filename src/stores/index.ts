/** Where data and records live: the warehouse for analytics, and the register that nobody may edit. */
export * from './register/index.ts';
export * from './warehouse/index.ts';
