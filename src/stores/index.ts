/** Where data and records live: the warehouse for analytics, records of what people say and decide, and the register. */
export * from './records/index.ts';
export * from './register/index.ts';
export * from './rows/index.ts';
export * from './warehouse/index.ts';
